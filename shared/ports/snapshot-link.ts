import type { Id } from '../kernel/ids.ts';
import type { SnapshotHead } from '../sync/messages.ts';

/** Where a new desk gets the books of a college in bulk. Errors as those of `SyncLink`. */
export interface SnapshotLink {
  snapshot(collegeId: Id): Promise<SnapshotHead>;
  /** The part of the table behind the row `after`, as zstd, its digest checked. */
  snapshotPart(collegeId: Id, table: string, after: string): Promise<Uint8Array>;
}
