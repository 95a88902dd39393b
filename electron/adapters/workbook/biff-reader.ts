import { MunimError } from '../../../shared/kernel/errors.ts';

export const CONTINUE = 0x003c;

/** A record of a BIFF8 stream ([MS-XLS] 2.1.4). */
export interface BiffRecord {
  readonly type: number;
  /** What is in it, without its head of four bytes. */
  readonly from: number;
  readonly to: number;
}

/** The record at a place of a stream; null at its end. Errors: IMPORT_CORRUPT for one that reaches beyond it */
export function recordAt(view: DataView, at: number): BiffRecord | null {
  if (at + 4 > view.byteLength) return null;
  const to = at + 4 + view.getUint16(at + 2, true);
  if (to > view.byteLength) throw new MunimError('IMPORT_CORRUPT');
  return { type: view.getUint16(at, true), from: at + 4, to };
}

/** Reads forward through a record and those that continue it. Errors: IMPORT_CORRUPT behind the end */
export class BiffCursor {
  readonly #view: DataView;
  #at: number;
  #to: number;

  constructor(view: DataView, { from, to }: BiffRecord) {
    this.#view = view;
    this.#at = from;
    this.#to = to;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  short(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  long(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Number of signs, flags, what the flags promise, the signs themselves, and the formatting behind them. */
  string(length: number): string {
    const flags = this.byte();
    const runs = (flags & 0x08) === 0 ? 0 : this.short();
    const phonetic = (flags & 0x04) === 0 ? 0 : this.long();
    const text = this.#signs(length, (flags & 0x01) !== 0);
    this.#skip(runs * 4 + phonetic);
    return text;
  }

  /** Signs that reach into the next record get a flag of their own there. */
  #signs(length: number, isWideFirst: boolean): string {
    let text = '';
    let isWide = isWideFirst;
    for (let left = length; left > 0; ) {
      if (this.#at === this.#to) {
        this.#next();
        isWide = (this.byte() & 0x01) !== 0;
        continue;
      }
      const width = isWide ? 2 : 1;
      const count = Math.min(left, Math.floor((this.#to - this.#at) / width));
      if (count === 0) throw new MunimError('IMPORT_CORRUPT');
      const from = this.#take(count * width);
      const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + from, count * width);
      text += new TextDecoder(isWide ? 'utf-16le' : 'latin1', { ignoreBOM: true }).decode(bytes);
      left -= count;
    }
    return text;
  }

  #skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      if (this.#at === this.#to) this.#next();
      const step = Math.min(left, this.#to - this.#at);
      this.#at += step;
      left -= step;
    }
  }

  #take(bytes: number): number {
    if (this.#at === this.#to) this.#next();
    if (this.#at + bytes > this.#to) throw new MunimError('IMPORT_CORRUPT');
    const at = this.#at;
    this.#at += bytes;
    return at;
  }

  /** Goes on in the record that continues this one. An empty one would be no way forward. */
  #next(): void {
    const next = recordAt(this.#view, this.#to);
    if (next === null || next.type !== CONTINUE || next.from === next.to) throw new MunimError('IMPORT_CORRUPT');
    this.#at = next.from;
    this.#to = next.to;
  }
}
