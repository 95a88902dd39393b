import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { collegeVersions, commandLog } from '../../shared/db/schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type LoggedCommand = typeof commandLog.$inferSelect;

export async function logCommands(db: Db, rows: readonly LoggedCommand[]): Promise<void> {
  if (rows.length > 0) await db.insert(commandLog).values([...rows]);
}

/** What came before from this device under these sequences. */
export async function loggedAt(db: Db, deviceId: Id, seqs: readonly number[]): Promise<readonly LoggedCommand[]> {
  if (seqs.length === 0) return [];
  return db
    .select()
    .from(commandLog)
    .where(and(eq(commandLog.deviceId, deviceId), inArray(commandLog.seq, [...seqs])));
}

/** What came before in the college under these command ids, from whichever device. */
export async function loggedAs(db: Db, collegeId: Id, ids: readonly Id[]): Promise<readonly LoggedCommand[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(commandLog)
    .where(and(eq(commandLog.collegeId, collegeId), inArray(commandLog.commandId, [...ids])))
    .orderBy(asc(commandLog.receivedAt), asc(commandLog.seq));
}

/**
 * The documents on which a command of this device was parked, or refused without the device having said that it knows. What it sends
 * for them was meant on top of something the books do not have.
 */
export async function heldBackDocuments(
  db: Db,
  deviceId: Id,
  ackedSeq: number,
  documentIds: readonly Id[],
): Promise<Set<Id>> {
  if (documentIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ documentId: commandLog.documentId })
    .from(commandLog)
    .where(
      and(
        eq(commandLog.deviceId, deviceId),
        inArray(commandLog.documentId, [...documentIds]),
        sql`(${commandLog.status} = 'parked' OR (${commandLog.status} = 'rejected' AND ${commandLog.seq} > ${ackedSeq}))`,
      ),
    );
  return new Set(rows.flatMap((row) => (row.documentId === null ? [] : [row.documentId])));
}

/** What became of the commands after `afterSeq` up to `toSeq`, in order. */
export async function settledBetween(
  db: Db,
  deviceId: Id,
  afterSeq: number,
  toSeq: number,
): Promise<readonly LoggedCommand[]> {
  if (toSeq <= afterSeq) return [];
  return db
    .select()
    .from(commandLog)
    .where(and(eq(commandLog.deviceId, deviceId), gt(commandLog.seq, afterSeq), lte(commandLog.seq, toSeq)))
    .orderBy(asc(commandLog.seq));
}

/** The first command of the device whose rows in the college came after the version, or null. */
export async function firstSeqAfterVersion(
  db: Db,
  deviceId: Id,
  collegeId: Id,
  version: number,
): Promise<number | null> {
  const [row] = await db
    .select({ seq: sql<string | null>`min(${commandLog.seq})` })
    .from(commandLog)
    .where(
      and(eq(commandLog.deviceId, deviceId), eq(commandLog.collegeId, collegeId), gt(commandLog.version, version)),
    );
  return row?.seq == null ? null : Number(row.seq);
}

/**
 * Holds the version of the college until the transaction ends: writers of one college go one after the other, and no commit can
 * appear behind a version that was read before it.
 */
export async function lockVersion(db: Db, collegeId: Id): Promise<number> {
  const read = () =>
    db
      .select({ version: collegeVersions.version })
      .from(collegeVersions)
      .where(eq(collegeVersions.collegeId, collegeId))
      .for('update');
  const [found] = await read();
  if (found) return found.version;
  await db.insert(collegeVersions).values({ collegeId, version: 0 }).onConflictDoNothing();
  const [made] = await read();
  if (!made) throw new Error('the version of the college could not be made');
  return made.version;
}

export async function readVersion(db: Db, collegeId: Id): Promise<number> {
  const [found] = await db
    .select({ version: collegeVersions.version })
    .from(collegeVersions)
    .where(eq(collegeVersions.collegeId, collegeId));
  return found?.version ?? 0;
}

export async function writeVersion(db: Db, collegeId: Id, version: number): Promise<void> {
  await db.update(collegeVersions).set({ version }).where(eq(collegeVersions.collegeId, collegeId));
}
