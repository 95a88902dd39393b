import { and, eq, lt, max } from 'drizzle-orm';
import { auditEntries } from '../../shared/db/schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { lockVersion, writeVersion } from './command-log.ts';

const span = limits.server.versionsPerHistory;
const historyOf = (version: number): number => Math.floor(version / span);

/**
 * Begins a new history of a college whose books were restored: its versions go on far above any that was ever given, so that a cursor
 * from the time that was lost can be told from one of the time that follows. Histories are counted by the second: the same backup
 * restored once more begins another one. @param now ms UTC @returns the version the college has now
 */
export async function beginHistory(db: Db, collegeId: Id, now: number): Promise<number> {
  const next = historyOf(await lockVersion(db, collegeId)) + 1;
  const version = Math.max(next, Math.floor(now / 1_000)) * span;
  await writeVersion(db, collegeId, version);
  return version;
}

/**
 * Whether the cursor points to a version that these books no longer have: it was given after the backup from which they were restored.
 * Every version writes an audit entry, so the last of them in the history of the cursor is where that history was cut off.
 */
export async function isOfLostTime(db: Db, collegeId: Id, cursor: number, current: number): Promise<boolean> {
  if (historyOf(cursor) >= historyOf(current)) return false;
  const { version } = auditEntries;
  const next = (historyOf(cursor) + 1) * span;
  const [row] = await db
    .select({ last: max(version) })
    .from(auditEntries)
    .where(and(eq(auditEntries.collegeId, collegeId), lt(version, next)));
  // A history that began at `next - span` and wrote nothing leaves its first version as a good cursor.
  return cursor > Math.max(row?.last ?? 0, historyOf(cursor) * span);
}
