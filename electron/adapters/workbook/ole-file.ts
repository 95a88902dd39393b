import { MunimError } from '../../../shared/kernel/errors.ts';

/** Marks of the allocation table ([MS-CFB] 2.1) from which on a number names no sector. */
const NO_SECTOR = 0xffff_fffa;
const HEADER_BYTES = 512;
const HEADER_TABLES = 109;
const ENTRY_BYTES = 128;
const STREAM = 2;
const ROOT = 5;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/**
 * The streams of an OLE container, the file in a file that Office used before zip. Every chain of sectors is followed at most as far as
 * there are sectors, so damaged tables cannot lead in circles. Errors: IMPORT_CORRUPT
 */
export class OleFile {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sectorBytes: number;
  readonly #table: readonly number[];
  readonly #entries: readonly Entry[];
  readonly #smallMax: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEADER_BYTES) throw corrupt();
    const shift = this.#view.getUint16(0x1e, true);
    if (shift !== 9 && shift !== 12) throw corrupt();
    this.#sectorBytes = 1 << shift;
    this.#smallMax = this.#view.getUint32(0x38, true);
    this.#table = this.#readTable();
    this.#entries = this.#readEntries();
  }

  /** The bytes of the stream of this name; null when there is none. */
  stream(name: string): Uint8Array | null {
    const entry = this.#entries.find((candidate) => candidate.type === STREAM && candidate.name === name);
    if (entry === undefined) return null;
    const whole = entry.size < this.#smallMax ? this.#small(entry) : this.#chain(entry.start);
    if (whole.length < entry.size) throw corrupt();
    return whole.subarray(0, entry.size);
  }

  /** Which sector follows which. The list of the sectors of this table begins in the header and goes on in sectors of its own. */
  #readTable(): readonly number[] {
    const sectors: number[] = [];
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes);
    const take = (at: number): void => {
      const sector = this.#view.getUint32(at, true);
      if (sector < NO_SECTOR) sectors.push(sector);
      if (sectors.length > most) throw corrupt();
    };
    for (let index = 0; index < HEADER_TABLES; index += 1) take(0x4c + index * 4);
    let next = this.#view.getUint32(0x44, true);
    for (let count = 0; next < NO_SECTOR; count += 1) {
      if (count > most) throw corrupt();
      const at = this.#offset(next);
      for (let index = 0; index < this.#sectorBytes / 4 - 1; index += 1) take(at + index * 4);
      next = this.#view.getUint32(at + this.#sectorBytes - 4, true);
    }
    return sectors.flatMap((sector) => this.#numbers(this.#offset(sector), this.#sectorBytes / 4));
  }

  #numbers(at: number, count: number): number[] {
    return Array.from({ length: count }, (_, index) => this.#view.getUint32(at + index * 4, true));
  }

  #offset(sector: number): number {
    const at = (sector + 1) * this.#sectorBytes;
    if (at + this.#sectorBytes > this.#bytes.length) throw corrupt();
    return at;
  }

  /** The sectors of a chain one behind the other. The last sector of a file may be cut short by those who write it. */
  #chain(start: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < NO_SECTOR; sector = this.#table[sector] ?? NO_SECTOR) {
      if (parts.length > this.#table.length) throw corrupt();
      const at = (sector + 1) * this.#sectorBytes;
      if (at >= this.#bytes.length) throw corrupt();
      parts.push(this.#bytes.subarray(at, at + this.#sectorBytes));
    }
    return joined(parts);
  }

  #readEntries(): readonly Entry[] {
    const bytes = this.#chain(this.#view.getUint32(0x30, true));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const utf16 = new TextDecoder('utf-16le');
    return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, index): Entry => {
      const at = index * ENTRY_BYTES;
      const nameBytes = Math.max(0, Math.min(64, view.getUint16(at + 0x40, true)) - 2);
      return {
        name: utf16.decode(bytes.subarray(at, at + nameBytes)),
        type: view.getUint8(at + 0x42),
        start: view.getUint32(at + 0x74, true),
        size: view.getUint32(at + 0x78, true),
      };
    });
  }

  /** Small streams lie together in the stream of the root, in sectors of 64 bytes with a table of their own. */
  #small(entry: Entry): Uint8Array {
    const root = this.#entries.find(({ type }) => type === ROOT);
    if (root === undefined) throw corrupt();
    const home = this.#chain(root.start);
    const tableBytes = this.#chain(this.#view.getUint32(0x3c, true));
    const table = new DataView(tableBytes.buffer, tableBytes.byteOffset, tableBytes.byteLength);
    const parts: Uint8Array[] = [];
    for (let sector = entry.start; sector < NO_SECTOR; ) {
      if (parts.length * 64 > home.length || sector * 64 >= home.length) throw corrupt();
      parts.push(home.subarray(sector * 64, sector * 64 + 64));
      sector = sector * 4 + 4 <= table.byteLength ? table.getUint32(sector * 4, true) : NO_SECTOR;
    }
    return joined(parts);
  }
}

const corrupt = (): MunimError => new MunimError('IMPORT_CORRUPT');

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
