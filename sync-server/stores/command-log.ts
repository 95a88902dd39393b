import { and, asc, eq, getTableColumns, gt, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { among } from '../../shared/db/among.ts';
import { rowSet } from '../../shared/db/row-set.ts';
import { collegeVersions, commandLog } from '../../shared/db/server-schema.ts';
import { columnName, type Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type LoggedCommand = typeof commandLog.$inferSelect;

const logColumns = Object.entries(getTableColumns(commandLog)).map(([key, column]) => ({
  key: key as keyof LoggedCommand,
  name: columnName(key),
  type: column.getSQLType(),
}));
const logNames = sql.raw(logColumns.map(({ name }) => `"${name}"`).join(', '));

/** Statement that writes what became of commands. */
export function logSql(rows: readonly LoggedCommand[]): SQL {
  const set = rowSet(logColumns.map(({ key, name, type }) => ({ name, type, cells: rows.map((row) => row[key]) })));
  return sql`INSERT INTO ${commandLog} (${logNames}) SELECT ${logNames} FROM ${set} AS fresh`;
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
    .where(and(eq(commandLog.collegeId, collegeId), among(commandLog.commandId, ids)))
    .orderBy(asc(commandLog.receivedAt), asc(commandLog.seq));
}

/** Where the parked commands of a college stand in the log: those of one device in their order, the earliest received first. */
export async function parkedIn(db: Db, collegeId: Id): Promise<readonly Pick<LoggedCommand, 'deviceId' | 'seq'>[]> {
  const { deviceId, seq, receivedAt, status } = commandLog;
  return db
    .select({ deviceId, seq })
    .from(commandLog)
    .where(and(eq(commandLog.collegeId, collegeId), eq(status, 'parked')))
    .orderBy(sql`max(${receivedAt}) OVER (PARTITION BY ${deviceId} ORDER BY ${seq})`, deviceId, seq);
}

/** How many commands of these colleges are parked, by desk and reason. `since` in milliseconds. */
export async function parkedBy(db: Db, collegeIds: readonly Id[]) {
  const { deviceId, seq, receivedAt, status, code, collegeId } = commandLog;
  if (collegeIds.length === 0) return [];
  const groups = await db
    .select({
      deviceId,
      code: sql<string>`coalesce(${code}, '')`,
      commands: sql<string>`count(*)`,
      firstSeq: sql<string>`min(${seq})`,
      since: sql<string>`min(${receivedAt})`,
    })
    .from(commandLog)
    .where(and(inArray(collegeId, [...collegeIds]), eq(status, 'parked')))
    .groupBy(deviceId, code)
    .orderBy(deviceId, code);
  return groups.map(({ deviceId, code, commands, firstSeq, since }) => {
    return { deviceId, code, commands: Number(commands), firstSeq: Number(firstSeq), since: Number(since) };
  });
}

/** Writes down what became of a command that was parked. */
export async function settleLogged(db: Db, row: LoggedCommand): Promise<void> {
  const { documentId, status, code, details, version } = row;
  await db
    .update(commandLog)
    .set({ documentId, status, code, details, version })
    .where(and(eq(commandLog.deviceId, row.deviceId), eq(commandLog.seq, row.seq), eq(commandLog.status, 'parked')));
}

/** The last commands of a device on one document that were refused or parked; 0 where there was none. */
export interface HeldBack {
  readonly rejected: number;
  readonly parked: number;
}

/** The documents of these on which commands of the device came to nothing so far, of those before `beforeSeq` where it is given. */
export async function heldBackDocuments(
  db: Db,
  deviceId: Id,
  documentIds: readonly Id[],
  beforeSeq?: number,
): Promise<Map<Id, HeldBack>> {
  if (documentIds.length === 0) return new Map();
  const last = (status: 'rejected' | 'parked') =>
    sql<string>`coalesce(max(${commandLog.seq}) FILTER (WHERE ${commandLog.status} = ${status}), 0)`;
  const rows = await db
    .select({ documentId: commandLog.documentId, rejected: last('rejected'), parked: last('parked') })
    .from(commandLog)
    .where(
      and(
        eq(commandLog.deviceId, deviceId),
        among(commandLog.documentId, documentIds),
        // Said as the index says it, which nearly all commands are left out of.
        sql`${commandLog.status} <> 'applied'`,
        beforeSeq === undefined ? undefined : lt(commandLog.seq, beforeSeq),
      ),
    )
    .groupBy(commandLog.documentId);
  return new Map(
    rows.flatMap(({ documentId, rejected, parked }) =>
      documentId === null ? [] : [[documentId, { rejected: Number(rejected), parked: Number(parked) }]],
    ),
  );
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
