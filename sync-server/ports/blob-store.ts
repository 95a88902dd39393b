import { type Id, isId } from '../../shared/kernel/ids.ts';

/** The bytes of receipts by college and SHA-256 (hex). What `put` has answered survives a power cut. */
export interface BlobStore {
  put(collegeId: Id, sha256: string, bytes: Uint8Array): Promise<void>;
  get(collegeId: Id, sha256: string): Promise<Uint8Array | null>;
  has(collegeId: Id, sha256: string): Promise<boolean>;
}

/** Where a server keeps its receipts, as whoever runs it sees the place. */
export interface ReceiptPlace extends BlobStore {
  /** For words: `the folder …`, `the bucket …`. */
  readonly where: string;
  /** The mark by which processes know that they look at the same place, or null when it bears none. */
  readMark(): Promise<string | null>;
  writeMark(mark: string): Promise<void>;
  /** The names of all receipts of a college that are there, in no order. */
  names(collegeId: Id): AsyncIterable<string>;
  close(): void;
}

/** Below the folder or the prefix: `<college>/<first two digits>/<sha256>`, so that one can be copied to the other as it is. */
export function receiptPath(collegeId: string, sha256: string): string {
  // Both become part of a path, so their form is checked here once more, whatever the caller did.
  if (!isId(collegeId) || !isReceiptName(sha256)) throw new Error('not the name of a receipt');
  return `${collegeId}/${sha256.slice(0, 2)}/${sha256}`;
}

export const isReceiptName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** The mark's own name, beside the colleges. */
export const markName = 'munim-receipts';
