import { MunimError } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { unreadable } from './statement-text.ts';

/** One tag of OFX and the text behind it, as SGML leaves it open (`<NAME>Asha`) or XML closes it. */
export interface OfxTag {
  readonly name: string;
  readonly closes: boolean;
  readonly text: string;
  readonly line: number;
}

const NAME = /^(\/?)([A-Z0-9._]{1,40})\s*(\/?)$/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The five signs of XML and characters by number; nothing can be declared, so nothing can grow. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

/**
 * The tags from `<OFX>` to `</OFX>`, SGML of version 1 and XML of version 2 alike. One walk from sign to sign; there is no document type.
 * @throws MunimError STATEMENT_UNKNOWN, STATEMENT_UNREADABLE, STATEMENT_UNSAFE
 */
export function* ofxTags(text: string): Generator<OfxTag, void> {
  const begin = text.search(/<OFX>/i);
  if (begin === -1) throw new MunimError('STATEMENT_UNKNOWN');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, begin)))
    throw new MunimError('STATEMENT_UNSAFE', { line: 1, detail: 'a document type' });
  const place = new LineCounter(text);
  for (let at = begin; at !== -1; ) {
    const line = place.lineAt(at);
    if (text.startsWith('<!', at)) {
      const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : -1;
      if (end === -1) throw new MunimError('STATEMENT_UNSAFE', { line, detail: 'a declaration' });
      at = text.indexOf('<', end);
      continue;
    }
    const end = text.indexOf('>', at);
    if (end === -1) throw unreadable(line, 'a tag without end');
    const match = NAME.exec(text.slice(at + 1, Math.min(end, at + 60)).toUpperCase());
    if (!match) throw unreadable(line, 'a tag');
    const [, slash, name = '', empty] = match;
    const closes = slash === '/';
    const { value, next } = contentFrom(text, end + 1, line);
    yield { name, closes, text: closes || empty === '/' ? '' : value, line };
    if (closes && name === 'OFX') return;
    at = next;
  }
  throw unreadable(place.lineAt(text.length), 'the end is missing');
}

/** The text from here to the next tag, and where that begins. */
function contentFrom(text: string, from: number, line: number): { readonly value: string; readonly next: number } {
  const charsMax = limits.statement.fieldCharsMax * 4;
  const next = text.indexOf('<', from);
  const plain = text.slice(from, Math.min(next === -1 ? text.length : next, from + charsMax));
  if (next === -1 || !text.startsWith('<![CDATA[', next)) return { value: unescaped(plain).trim(), next };
  const end = text.indexOf(']]>', next);
  if (end === -1) throw unreadable(line, 'a text without end');
  const value = text.slice(next + 9, Math.min(end, next + 9 + charsMax)).trim();
  return { value, next: text.indexOf('<', end) };
}

/** Counts lines as it goes forward; every line break is looked for once. */
class LineCounter {
  readonly #text: string;
  #next: number;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
    this.#next = text.indexOf('\n');
  }

  lineAt(position: number): number {
    while (this.#next !== -1 && this.#next < position) {
      this.#line += 1;
      this.#next = this.#text.indexOf('\n', this.#next + 1);
    }
    return this.#line;
  }
}
