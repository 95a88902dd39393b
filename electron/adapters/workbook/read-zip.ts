import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { WorkbookLimits } from './workbook-limits.ts';

/** Below this a high ratio is harmless: a small sheet of equal rows shrinks a thousandfold. */
const RATIO_COUNTS_FROM_BYTES = 32 * 1024 * 1024;

/** The parts of an Office file, judged before any of them is unpacked. */
export class ZipParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /**
   * Adds up what the directory says the parts unpack to. The directory may lie, so every part is also counted while it is read: one that
   * grows past its entry is a bomb too. Refusals: IMPORT_ZIP_BOMB, IMPORT_ENCRYPTED, IMPORT_CORRUPT.
   */
  static async open(path: string, limits: WorkbookLimits): Promise<ZipParts> {
    const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
    try {
      if (zip.entryCount > limits.entriesMax) throw new MunimError('IMPORT_ZIP_BOMB');
      const entries = new Map<string, Entry>();
      let inflated = 0;
      for await (const entry of zip.eachEntry()) {
        inflated += entry.uncompressedSize;
        if (inflated > limits.inflatedBytesMax) throw new MunimError('IMPORT_ZIP_BOMB');
        if (entry.isEncrypted()) throw new MunimError('IMPORT_ENCRYPTED');
        entries.set(entry.fileName.toLowerCase(), entry);
      }
      if (inflated > RATIO_COUNTS_FROM_BYTES && inflated > zip.fileSize * limits.inflateRatioMax) {
        throw new MunimError('IMPORT_ZIP_BOMB');
      }
      return new ZipParts(zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Unpacked size by the directory. */
  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** The part's bytes. Throws IMPORT_CORRUPT when the file has no such part. */
  async read(name: string): Promise<Readable> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw new MunimError('IMPORT_CORRUPT');
    return this.#zip.openReadStreamPromise(entry);
  }

  /** The first bytes of a part, without unpacking the rest. */
  async head(name: string, bytesMax: number): Promise<Buffer> {
    const stream = await this.read(name);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bytesMax) break;
    }
    return Buffer.concat(chunks).subarray(0, bytesMax);
  }

  close(): void {
    this.#zip.close();
  }
}

/** Unpacking stopped because a part is longer than its entry says. */
export const isLyingEntry = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('too many bytes in the stream');
