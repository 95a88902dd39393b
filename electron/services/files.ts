import { type ErrorCode, MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { TempFiles } from '../../shared/ports/files.ts';
import type { Random } from '../../shared/ports/random.ts';

export type FilePurpose = UploadPurpose | 'download';
export type UploadPurpose = 'import' | 'receipt' | 'restore';

/** A file of a person: being handed over by the screen, or ready to be read by it. */
export interface HeldFile {
  readonly id: Id;
  readonly personId: Id;
  readonly purpose: FilePurpose;
  readonly fileName: string;
  readonly mime: string;
  /** What it will have when it is whole. */
  readonly sizeBytes: number;
}

const MiB = 1024 * 1024;
const uploadLimits: Readonly<Record<UploadPurpose, { readonly max: number; readonly code: ErrorCode }>> = {
  import: { max: limits.file.importBytesMax, code: 'IMPORT_FILE_TOO_LARGE' },
  receipt: { max: limits.file.receiptBytesMax, code: 'RECEIPT_TOO_LARGE' },
  restore: { max: limits.backup.fileBytesMax, code: 'BACKUP_TOO_LARGE' },
};

/**
 * The files that cross between screen and desk, in pieces and in order. Each belongs to the person who brought it; nobody else at the
 * same desk reads it.
 */
export class FileService {
  readonly #temp: TempFiles;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #held = new Map<Id, { readonly file: HeldFile; received: number }>();

  constructor(options: { readonly temp: TempFiles; readonly clock: Clock; readonly random: Random }) {
    this.#temp = options.temp;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** Room for an upload. @throws MunimError IMPORT_FILE_TOO_LARGE, RECEIPT_TOO_LARGE, BACKUP_TOO_LARGE before a byte is sent */
  async begin(
    personId: Id,
    upload: { readonly fileName: string; readonly sizeBytes: number; readonly purpose: UploadPurpose },
  ): Promise<Id> {
    const { max, code } = uploadLimits[upload.purpose];
    if (upload.sizeBytes > max) {
      throw new MunimError(code, { sizeMiB: Math.ceil(upload.sizeBytes / MiB), limitMiB: max / MiB });
    }
    const file = await this.#hold({ ...upload, personId, mime: 'application/octet-stream' });
    await this.#temp.create(file.id);
    return file.id;
  }

  /** The next piece. A piece that came before is taken again without harm. @throws MunimError NOT_FOUND, INPUT_INVALID */
  async write(personId: Id, fileId: Id, offset: number, bytes: Uint8Array): Promise<void> {
    const held = this.#of(personId, fileId);
    const end = offset + bytes.length;
    if (held.file.purpose === 'download' || offset > held.received || end > held.file.sizeBytes) {
      throw new MunimError('INPUT_INVALID', { where: 'offset' });
    }
    await this.#temp.write(fileId, offset, bytes);
    held.received = Math.max(held.received, end);
  }

  /** A piece of at most `limits.file.uploadChunkBytes`; empty at the end. @throws MunimError NOT_FOUND */
  async read(
    personId: Id,
    fileId: Id,
    offset: number,
  ): Promise<{ readonly file: HeldFile; readonly bytes: Uint8Array }> {
    const { file } = this.#of(personId, fileId);
    return { file, bytes: await this.#temp.read(fileId, offset, limits.file.uploadChunkBytes) };
  }

  async discard(personId: Id, fileId: Id): Promise<void> {
    this.#of(personId, fileId);
    this.#held.delete(fileId);
    await this.#temp.remove(fileId);
  }

  /** An upload of which every byte has come. @throws MunimError NOT_FOUND, INPUT_INVALID */
  whole(personId: Id, fileId: Id, purpose: UploadPurpose): HeldFile {
    const { file, received } = this.#of(personId, fileId);
    if (file.purpose !== purpose || received !== file.sizeBytes)
      throw new MunimError('INPUT_INVALID', { where: 'fileId' });
    return file;
  }

  pathOf(fileId: Id): string {
    return this.#temp.pathOf(fileId);
  }

  newId(): Id {
    return uuidv7(this.#clock.now(), this.#random.bytes(10));
  }

  /** Removes a file that was written under `pathOf(id)` and offered to nobody. */
  drop(id: Id): Promise<void> {
    return this.#temp.remove(id);
  }

  /** Makes a file that stands under `pathOf(id)` readable for the person. */
  async offer(personId: Id, id: Id, fileName: string, mime: string): Promise<HeldFile> {
    const sizeBytes = await this.#temp.size(id);
    return this.#hold({ personId, purpose: 'download', fileName, mime, sizeBytes }, id);
  }

  /** Makes bytes readable for the person. */
  async offerBytes(personId: Id, bytes: Uint8Array, fileName: string, mime: string): Promise<HeldFile> {
    const id = this.newId();
    await this.#temp.create(id);
    await this.#temp.write(id, 0, bytes);
    return this.offer(personId, id, fileName, mime);
  }

  async #hold(file: Omit<HeldFile, 'id'>, id: Id = this.newId()): Promise<HeldFile> {
    await this.#makeRoom();
    const held = { ...file, id };
    this.#held.set(id, { file: held, received: 0 });
    return held;
  }

  /** Screens forget files now and then; the oldest goes when there are too many. */
  async #makeRoom(): Promise<void> {
    while (this.#held.size >= limits.file.heldMax) {
      const [oldest] = this.#held.keys();
      if (oldest === undefined) return;
      this.#held.delete(oldest);
      await this.#temp.remove(oldest);
    }
  }

  #of(personId: Id, fileId: Id): { readonly file: HeldFile; received: number } {
    const held = this.#held.get(fileId);
    if (held?.file.personId !== personId) throw new MunimError('NOT_FOUND', { what: 'file' });
    return held;
  }
}
