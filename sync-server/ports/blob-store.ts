import type { Id } from '../../shared/kernel/ids.ts';

/** The bytes of receipts by college and SHA-256 (hex). What `put` has answered survives a power cut. */
export interface BlobStore {
  put(collegeId: Id, sha256: string, bytes: Uint8Array): Promise<void>;
  get(collegeId: Id, sha256: string): Promise<Uint8Array | null>;
}
