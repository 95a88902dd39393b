import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { BlobStore, TempFiles } from '../../shared/ports/files.ts';
import type { FileService, HeldFile } from './files.ts';

export interface ReceiptRow {
  readonly collegeId: Id;
  readonly sha256: string;
  readonly fileName: string;
  readonly mime: string;
}

/** What a receipt belongs to. */
export interface ReceiptOwner {
  readonly kind: 'expense' | 'voucher';
  readonly id: Id;
}

export interface AttachOrder {
  readonly receiptId: Id;
  readonly sha256: string;
  readonly fileName: string;
  readonly mime: string;
  readonly sizeBytes: number;
}

export interface ReceiptsOptions {
  readonly files: FileService;
  readonly temp: TempFiles;
  readonly blobs: BlobStore;
  readonly digest: Digest;
  /** The books' side of it. */
  readonly books: {
    /** Runs `receipt.attach` or `voucher.attach`; durable when it resolves. @returns the id of the command */
    attach(collegeId: Id, owner: ReceiptOwner, order: AttachOrder): Promise<Id>;
    /** Remembers that the server has to be given these bytes. */
    queueUpload(blob: { readonly sha256: string; readonly collegeId: Id; readonly sizeBytes: number }): Promise<void>;
    /** Within the scope of the person. */
    receipt(id: Id): Promise<ReceiptRow | null>;
    waitingUploads(): Promise<readonly { readonly sha256: string; readonly collegeId: Id }[]>;
    uploaded(sha256: string): Promise<void>;
  };
  /** @throws MunimError SYNC_OFFLINE and others of the link */
  readonly link: {
    missingBlobs(collegeId: Id, sha256s: readonly string[]): Promise<readonly string[]>;
    putBlob(collegeId: Id, sha256: string, bytes: Uint8Array): Promise<void>;
    getBlob(collegeId: Id, sha256: string): Promise<Uint8Array>;
  };
  readonly log: (message: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;
}

/** Photos and PDFs of bills: kept by their hash, on the disk before the books speak of them, sent to the server when it can be reached. */
export class ReceiptService {
  readonly #options: ReceiptsOptions;
  #uploading: Promise<number> | null = null;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /**
   * Attaches an uploaded file. The bytes are durable and queued for the server before the command runs, so no receipt in the books is
   * ever without its picture; a refused command leaves only bytes nobody names.
   * @throws MunimError RECEIPT_TYPE, RECEIPT_TOO_LARGE, NOT_FOUND, and the refusals of the command
   */
  async attach(
    personId: Id,
    order: { readonly collegeId: Id; readonly owner: ReceiptOwner; readonly fileId: Id },
  ): Promise<{ readonly commandId: Id; readonly receiptId: Id }> {
    const { files, temp, blobs, digest, books } = this.#options;
    const file = files.whole(personId, order.fileId, 'receipt');
    const bytes = await temp.read(file.id, 0, limits.file.receiptBytesMax);
    const mime = receiptType(bytes);
    if (mime === null) throw new MunimError('RECEIPT_TYPE');
    const sha256 = toHex(digest.sha256(bytes));
    await blobs.put(sha256, bytes);
    await books.queueUpload({ sha256, collegeId: order.collegeId, sizeBytes: bytes.length });
    const receiptId = files.newId();
    const commandId = await books.attach(order.collegeId, order.owner, {
      receiptId,
      sha256,
      fileName: file.fileName,
      mime,
      sizeBytes: bytes.length,
    });
    await files.discard(personId, file.id);
    return { commandId, receiptId };
  }

  /** The receipt as a file to read; fetched from the server and kept when it is not here. @throws MunimError NOT_FOUND, SYNC_… */
  async open(personId: Id, receiptId: Id): Promise<HeldFile> {
    const { files, blobs, books, link, digest } = this.#options;
    const receipt = await books.receipt(receiptId);
    if (receipt === null) throw new MunimError('NOT_FOUND', { what: 'receipt' });
    let bytes = await blobs.get(receipt.sha256);
    if (bytes === null) {
      bytes = await link.getBlob(receipt.collegeId, receipt.sha256);
      if (toHex(digest.sha256(bytes)) !== receipt.sha256) {
        throw new MunimError('SYNC_BAD_ANSWER', { detail: 'the receipt is not the one that was attached' });
      }
      await blobs.put(receipt.sha256, bytes);
    }
    return files.offerBytes(personId, bytes, receipt.fileName, receipt.mime);
  }

  /** Sends what waits. @throws MunimError when the server is away; the rest goes on waiting. @returns how many were sent */
  upload(): Promise<number> {
    this.#uploading ??= this.#uploadAll().finally(() => {
      this.#uploading = null;
    });
    return this.#uploading;
  }

  async #uploadAll(): Promise<number> {
    const { blobs, books, log } = this.#options;
    let sent = 0;
    const waiting = await books.waitingUploads();
    const missing = await this.#missing(waiting);
    for (const { sha256, collegeId } of waiting) {
      if (!missing.has(sha256)) {
        await books.uploaded(sha256);
        continue;
      }
      const bytes = await blobs.get(sha256);
      if (bytes === null) {
        log('a receipt that waits for the server is missing or damaged on this desk', { sha256 });
        continue;
      }
      if (!(await this.#send(collegeId, sha256, bytes))) continue;
      await books.uploaded(sha256);
      sent += 1;
    }
    return sent;
  }

  /** Those of the receipts that the server has not: it was asked, because an answer may have been lost on the way. */
  async #missing(
    waiting: readonly { readonly sha256: string; readonly collegeId: Id }[],
  ): Promise<ReadonlySet<string>> {
    const missing = new Set<string>();
    for (const collegeId of new Set(waiting.map((one) => one.collegeId))) {
      const own = waiting.filter((one) => one.collegeId === collegeId).map(({ sha256 }) => sha256);
      for (let from = 0; from < own.length; from += limits.sync.blobsAskedMax) {
        const asked = own.slice(from, from + limits.sync.blobsAskedMax);
        for (const sha256 of await this.#options.link.missingBlobs(collegeId, asked)) missing.add(sha256);
      }
    }
    return missing;
  }

  /** @returns false when the server does not take this one, which then waits and does not hold back the others */
  async #send(collegeId: Id, sha256: string, bytes: Uint8Array): Promise<boolean> {
    try {
      await this.#options.link.putBlob(collegeId, sha256, bytes);
      return true;
    } catch (thrown) {
      const { code } = toMunimError(thrown);
      if (awayCodes.has(code)) throw thrown;
      this.#options.log('a receipt waits for the server', { sha256, code });
      return false;
    }
  }
}

/** The server or the way to it is gone, for this receipt and all others. */
const awayCodes: ReadonlySet<string> = new Set([
  'SYNC_OFFLINE',
  'SYNC_BAD_ANSWER',
  'SYNC_BAD_CERTIFICATE',
  'SERVER_UNAVAILABLE',
]);

/** The type of a receipt by its first bytes, whatever it is called; null for anything else. */
export function receiptType(bytes: Uint8Array): string | null {
  const begins = (...wanted: number[]): boolean => wanted.every((byte, index) => bytes[index] === byte);
  const ascii = (from: number, text: string): boolean =>
    [...text].every((letter, index) => bytes[from + index] === letter.charCodeAt(0));
  if (ascii(0, '%PDF-')) return 'application/pdf';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(0, 'RIFF') && ascii(8, 'WEBP')) return 'image/webp';
  return null;
}
