import { sql } from 'drizzle-orm';
import { type Db, isTableName } from '../../../shared/db/tables.ts';
import { type AuditHead, chainStart, verifyChain } from '../../../shared/domain/audit/chain.ts';
import type { AuditEntry, TableName } from '../../../shared/domain/rows.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import type { PullAnswer } from '../../../shared/sync/messages.ts';
import { columnsSql, overwriteSql, tableSql } from './row-json.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { putUnknown } from './unknown-rows.ts';
import { readWireRow, stageRows } from './wire-row.ts';

/** Rows applied by one statement: the process answers the watchdog in between. */
const APPLY_ROWS = 4_000;
const VERIFY_ROWS = 2_000;

/**
 * Keeps one page of a pull aside, checked, so that a pull goes on where it stopped even after a crash. What this version does not know of
 * it, a table or a column, waits in `desk.unknown_rows` for the version that does.
 * @throws MunimError SYNC_ROW_MISFIT for a row that lacks what a table here needs, or that belongs to another college
 */
export async function stagePage(db: Db, page: Pick<PullAnswer, 'collegeId' | 'rows' | 'cursor'>): Promise<void> {
  const { collegeId, cursor } = page;
  const rows = page.rows.map((row) => readWireRow(collegeId, row));
  await inTransaction(db, async (tx) => {
    await putUnknown(tx, collegeId, rows);
    await stageRows(tx, collegeId, rows);
    await tx.execute(sql`INSERT INTO "desk"."sync_cursors" ("college_id", "cursor", "staged_cursor")
      VALUES (${collegeId}, 0, ${cursor})
      ON CONFLICT ("college_id") DO UPDATE SET "staged_cursor" = excluded."staged_cursor"`);
  });
}

/** The server's books are to be read from their beginning again; what is shown stays until they have come, and what waits is kept. */
export async function beginAnew(db: Db, collegeId: Id): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.execute(sql`DELETE FROM "desk"."pull_stage" WHERE "college_id" = ${collegeId}`);
    await tx.execute(sql`DELETE FROM "desk"."unknown_rows" WHERE "college_id" = ${collegeId}`);
    await tx.execute(
      sql`UPDATE "desk"."sync_cursors" SET "cursor" = 0, "staged_cursor" = 0 WHERE "college_id" = ${collegeId}`,
    );
  });
}

export async function stagedTables(db: Db, collegeId: Id): Promise<readonly TableName[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    sql`SELECT DISTINCT "table_name" AS "name" FROM "desk"."pull_stage" WHERE "college_id" = ${collegeId}`,
  );
  return rows.map(({ name }) => name).filter(isTableName);
}

/** Where the confirmed part of the audit chain of a college ends here. */
export async function confirmedHead(db: Db, collegeId: Id): Promise<AuditHead> {
  const [last] = await rowsOf<{ position: bigint; hash: string }>(
    db,
    sql`SELECT "position", "hash" FROM "audit_entries" WHERE "college_id" = ${collegeId} AND "version" > 0 ORDER BY "position" DESC LIMIT 1`,
  );
  return last === undefined ? chainStart : { position: Number(last.position), hash: last.hash };
}

/** What is chained stays as it is. @throws MunimError AUDIT_BROKEN when the stage changes or removes an entry that was confirmed before */
export async function refuseRewrittenChain(tx: Db, collegeId: Id): Promise<void> {
  const [rewritten] = await rowsOf<{ position: bigint }>(
    tx,
    sql`SELECT a."position" FROM "desk"."pull_stage" s JOIN "audit_entries" a ON a."college_id" = s."college_id" AND a."id" = s."row_id"
      WHERE s."college_id" = ${collegeId} AND s."table_name" = 'audit_entries' AND a."version" > 0
        AND (s."row" IS NULL OR s."row"::json ->> 'hash' <> a."hash") ORDER BY a."position" LIMIT 1`,
  );
  if (rewritten !== undefined) throw new MunimError('AUDIT_BROKEN', { position: Number(rewritten.position) });
}

/**
 * The last verified entry before all that the stage changes: what stands up to there stays as it was verified.
 * @param verified up to where the chain was verified as it stands in the books now, without a gap
 */
export async function headBeforeStage(tx: Db, collegeId: Id, verified: AuditHead): Promise<AuditHead> {
  const [first] = await rowsOf<{ position: bigint | null }>(
    tx,
    sql`SELECT min(a."position") AS "position" FROM "desk"."pull_stage" s
      JOIN "audit_entries" a ON a."college_id" = s."college_id" AND a."id" = s."row_id"
      WHERE s."college_id" = ${collegeId} AND s."table_name" = 'audit_entries'`,
  );
  if (first?.position == null || Number(first.position) > verified.position) return verified;
  const position = Number(first.position) - 1;
  const [last] = await rowsOf<{ hash: string }>(
    tx,
    sql`SELECT "hash" FROM "audit_entries" WHERE "college_id" = ${collegeId} AND "position" = ${position}`,
  );
  return last === undefined ? chainStart : { position, hash: last.hash };
}

/** @throws MunimError AUDIT_BROKEN with the position where the entries after `head` do not go on from it */
export async function verifyChainFrom(tx: Db, collegeId: Id, head: AuditHead, digest: Digest): Promise<void> {
  const verdict = await verifyChain(entriesAfter(tx, collegeId, head.position), digest, head);
  if (!verdict.ok) throw new MunimError('AUDIT_BROKEN', { position: verdict.position });
}

async function* entriesAfter(tx: Db, collegeId: Id, position: number): AsyncGenerator<AuditEntry> {
  let after = position;
  for (;;) {
    const rows = await rowsOf<Record<string, unknown>>(
      tx,
      sql`SELECT * FROM "audit_entries" WHERE "college_id" = ${collegeId} AND "position" > ${after} ORDER BY "position" LIMIT ${VERIFY_ROWS}`,
    );
    for (const row of rows) yield entryOf(collegeId, row);
    if (rows.length < VERIFY_ROWS) return;
    after = Number(rows.at(-1)?.position);
  }
}

function entryOf(collegeId: Id, row: Readonly<Record<string, unknown>>): AuditEntry {
  return {
    collegeId,
    id: String(row.id),
    position: Number(row.position),
    previousHash: String(row.previous_hash),
    hash: String(row.hash),
    commandName: String(row.command_name),
    actorId: String(row.actor_id),
    actorName: String(row.actor_name),
    deviceId: String(row.device_id),
    occurredAt: Number(row.occurred_at),
    recordedAt: Number(row.recorded_at),
    command: String(row.command),
    signature: String(row.signature),
    changes: String(row.changes),
    documentId: row.document_id === null ? null : String(row.document_id),
  };
}

/** Puts the staged rows of a college over its books and takes the removed ones out, inside the caller's transaction. */
export async function applyStage(tx: Db, collegeId: Id): Promise<readonly TableName[]> {
  const tables = await stagedTables(tx, collegeId);
  for (const table of tables) {
    await tx.execute(sql`DELETE FROM ${tableSql(table)} AS t USING "desk"."pull_stage" AS s
      WHERE s."college_id" = ${collegeId} AND s."table_name" = ${table} AND s."row" IS NULL
        AND t."college_id" = ${collegeId} AND t."id" = s."row_id"`);
  }
  for (const table of tables) {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const [done] = await rowsOf<{ last: string | null; rows: bigint }>(
        tx,
        sql`WITH part AS (
            SELECT "row_id", "row" FROM "desk"."pull_stage"
            WHERE "college_id" = ${collegeId} AND "table_name" = ${table} AND "row_id" > ${after}::uuid
            ORDER BY "row_id" LIMIT ${APPLY_ROWS}
          ), put AS (
            INSERT INTO ${tableSql(table)} (${columnsSql(table)})
            SELECT ${columnsSql(table)} FROM (
              SELECT r.* FROM part, json_populate_record(NULL::${tableSql(table)}, part."row"::json) AS r WHERE part."row" IS NOT NULL
            ) AS fresh ${overwriteSql(table)}
          )
          SELECT (array_agg("row_id" ORDER BY "row_id" DESC))[1]::text AS "last", count(*) AS "rows" FROM part`,
      );
      if (done?.last == null) break;
      after = done.last;
      if (Number(done.rows) < APPLY_ROWS) break;
      // The transaction stays open; the watchdog and other waiting callers get their turn of the loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await tx.execute(sql`DELETE FROM "desk"."pull_stage" WHERE "college_id" = ${collegeId}`);
  return tables;
}
