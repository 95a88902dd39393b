import { MunimError } from '../../../kernel/errors.ts';
import { isXmlChar } from './xml-text.ts';

/** A reference to a character that is not in the text yet to its end. */
const OPEN_REFERENCE = /&(?:#(?:[xX]?[0-9a-fA-F]{0,8})?)?$/;
const REFERENCE = /&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));/g;
/** Characters that Tally lets through as they are and no XML reader takes. */
const CONTROLS = /[^\t\n\r\u0020-\ufffd]/g;

/**
 * Bytes from Tally as text that an XML reader takes: UTF-16 or UTF-8 by their mark or their first signs, without the control characters
 * and the references to them (`&#4;`) that Tally writes. Chunks may end anywhere.
 */
export class XmlDecoder {
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #head = new Uint8Array(0);
  #kept = '';

  /** @throws MunimError TALLY_XML_BROKEN */
  write(chunk: Uint8Array): string {
    if (this.#decoder !== null) return this.#clean(this.#decode(chunk, false));
    this.#head = joined(this.#head, chunk);
    if (this.#head.length < 4) return '';
    return this.#begin(false);
  }

  /** @throws MunimError TALLY_XML_BROKEN */
  end(): string {
    const rest = this.#decoder === null ? this.#begin(true) : this.#clean(this.#decode(new Uint8Array(0), true));
    return rest + this.#kept;
  }

  #begin(isEnd: boolean): string {
    this.#decoder = new TextDecoder(encodingOf(this.#head), { fatal: true });
    return this.#clean(this.#decode(this.#head, isEnd));
  }

  #decode(chunk: Uint8Array, isEnd: boolean): string {
    try {
      return this.#decoder?.decode(chunk, { stream: !isEnd }) ?? '';
    } catch (cause) {
      throw new MunimError('TALLY_XML_BROKEN', { line: 1, detail: 'not in UTF-8 or UTF-16' }, { cause });
    }
  }

  #clean(text: string): string {
    const whole = this.#kept + text;
    const open = OPEN_REFERENCE.exec(whole);
    this.#kept = open?.[0] ?? '';
    return whole
      .slice(0, whole.length - this.#kept.length)
      .replace(CONTROLS, '')
      .replace(REFERENCE, (reference, hex: string | undefined, decimal: string | undefined) =>
        isXmlChar(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ? reference : '',
      );
  }
}

/** By the mark at the beginning, else by the zero that UTF-16 has beside the first `<`. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return 'utf-8';
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
