import type { Id } from '../kernel/ids.ts';

/** Files the desk holds for a while: uploads, exports, opened receipts. All of them are gone at the next start. */
export interface TempFiles {
  /** Where the file lies, for the programs that read and write whole workbooks. */
  pathOf(id: Id): string;
  create(id: Id): Promise<void>;
  /** Bytes at an offset. @throws MunimError ENGINE_DISK_FULL */
  write(id: Id, offset: number, bytes: Uint8Array): Promise<void>;
  /** At most `length` bytes from `offset`; fewer at the end. */
  read(id: Id, offset: number, length: number): Promise<Uint8Array>;
  size(id: Id): Promise<number>;
  remove(id: Id): Promise<void>;
}

/** The receipts' bytes on this desk, named by their SHA-256 in hex. What stands there is whole and on the disk. */
export interface BlobStore {
  has(sha256: string): boolean;
  /** Durable when it resolves; the same bytes again change nothing. @throws MunimError ENGINE_DISK_FULL */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or null when they are not here or were damaged (they then have to be fetched again). */
  get(sha256: string): Promise<Uint8Array | null>;
}
