import { MunimError } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { unreadable } from './statement-text.ts';

/** A field of a SWIFT message: `:61:` and the lines up to the next. */
export interface SwiftField {
  readonly tag: string;
  readonly lines: readonly string[];
  readonly line: number;
}

/** A statement takes a handful of lines per field; a field of more is none. */
const FIELD_LINES_MAX = 100;
const TAG = /^:(\d{2}[A-Z]?):/;

/** The fields in their order. What stands around the messages (blocks, dashes) is passed over. @throws MunimError STATEMENT_… */
export function swiftFields(text: string): readonly SwiftField[] {
  const fields: { readonly tag: string; readonly lines: string[]; readonly line: number }[] = [];
  let open: (typeof fields)[number] | null = null;
  let number = 0;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    number += 1;
    // The message may begin on the line of its envelope: {1:…}{2:…}{4:
    const line = raw.startsWith('{') ? behindEnvelope(raw) : raw;
    const tag = TAG.exec(line)?.[1];
    if (tag !== undefined) {
      open = { tag, lines: [line.slice(tag.length + 2)], line: number };
      fields.push(open);
      if (fields.length > limits.statement.linesMax * 4)
        throw new MunimError('STATEMENT_TOO_MANY_LINES', { limit: limits.statement.linesMax });
    } else if (/^-\}?/.test(line) && /^-\}?\s*(?:\{.*)?$/.test(line)) open = null;
    else if (open !== null) {
      open.lines.push(line);
      if (open.lines.length > FIELD_LINES_MAX) throw unreadable(number, `field ${open.tag} does not end`);
    }
  }
  return fields;
}

function behindEnvelope(line: string): string {
  const at = line.lastIndexOf('{4:');
  return at === -1 ? '' : line.slice(at + 3);
}

/** How many signs a line of free text has before SWIFT breaks it. */
const LINE_CHARS = 65;
const SUBFIELD_CHARS = 27;

/** What field 86 says, structured (`166?00…?20…`) or free. */
export function narrationOf(lines: readonly string[]): string {
  const whole = unwrapped(lines, LINE_CHARS);
  const mark = /^\d{3}([?+|>~^#*])(?=\d{2})/.exec(whole)?.[1];
  if (mark === undefined) return whole;
  // A structured text is one text however it was cut into lines.
  const parts = lines
    .join('')
    // More of it would be cut off afterwards anyhow.
    .slice(3, limits.statement.fieldCharsMax * 4)
    .split(mark)
    .flatMap((part) => {
      const code = /^\d{2}/.exec(part)?.[0];
      return code === undefined ? [] : [{ code: Number(code), text: part.slice(2) }];
    });
  const chosen = (has: (code: number) => boolean): string[] =>
    parts.filter(({ code }) => has(code)).map(({ text }) => text);
  const purpose = unwrapped(
    chosen((code) => (code >= 20 && code <= 29) || (code >= 60 && code <= 63)),
    SUBFIELD_CHARS,
  );
  const name = unwrapped(
    chosen((code) => code === 32 || code === 33),
    SUBFIELD_CHARS,
  );
  return [chosen((code) => code === 0).join(' '), purpose, name].filter((text) => text.trim() !== '').join(' ');
}

/** Joins what was broken: a full line goes on in the next without a space, a shorter one ended with its word. */
function unwrapped(lines: readonly string[], width: number): string {
  let text = '';
  let full = true;
  for (const line of lines) {
    text += full ? line : ` ${line}`;
    full = line.length >= width;
  }
  return text;
}
