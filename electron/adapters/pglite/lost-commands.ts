import { type SQL, sql } from 'drizzle-orm';
import { type Db, tableNames } from '../../../shared/db/tables.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { readFact, writeFact } from './facts.ts';
import { tableSql } from './row-json.ts';
import { rowsOf } from './rows-of.ts';
import { withoutBalanceOfLines } from './voucher-balance.ts';

/**
 * A server that was put back from a backup has lost what came after it. What this desk had sent it stands, as it was signed, in the audit
 * entries of the books that are about to be replaced; from there it goes back among the waiting commands (docs/adr/0019).
 */

/** Whether the books of a college, which were read before, are about to be put in anew as a whole. */
export async function readsAnew(tx: Db, collegeId: Id): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`SELECT 1 FROM "desk"."sync_cursors"
      WHERE "college_id" = ${collegeId} AND "cursor" = 0 AND "staged_cursor" > 0 AND "pulled_at" IS NOT NULL`,
  );
  return rows.length > 0;
}

/** The names under which the server knows what it has taken of this desk. Before the waiting commands are signed anew, the former ones. */
async function ownNames(tx: Db): Promise<{ readonly names: SQL; readonly isRenamed: boolean }> {
  const device = await readFact(tx, 'device');
  const isRenamed = (await readFact(tx, 'resign')) !== undefined;
  const ids = device === undefined ? [] : isRenamed ? device.formerIds : [device.id];
  return { names: sql`ANY (string_to_array(${ids.join(',')}, ',')::uuid[])`, isRenamed };
}

/** Puts every confirmed command of this desk back into the outbox, as taken by the server. Those that it still has are let go again. */
export async function holdOwn(tx: Db, collegeId: Id): Promise<void> {
  const { names, isRenamed } = await ownNames(tx);
  const own = sql`FROM "audit_entries" a WHERE a."college_id" = ${collegeId} AND a."version" > 0 AND a."device_id" = ${names}
    AND NOT EXISTS (SELECT 1 FROM "desk"."outbox" o WHERE o."command_id" = a."id")`;
  if (isRenamed) {
    // Numbers of former names may be equal. All get new ones when they are signed anew; until then they only have to stand in order,
    // before everything that waits.
    await tx.execute(sql`UPDATE "desk"."outbox" SET "seq" = "seq" + (
        SELECT max("seq") + (SELECT count(*) ${own}) FROM "desk"."outbox"
      ) WHERE "seq" > 0`);
  }
  const seq = isRenamed ? sql`row_number() OVER (ORDER BY a."position")` : sql`(a."command"::json ->> 'seq')::int8`;
  await tx.execute(sql`INSERT INTO "desk"."outbox" ("seq", "command_id", "college_id", "name", "document_id", "command", "signature",
      "actor_name", "occurred_at", "status")
    SELECT ${seq}, a."id", a."college_id", a."command_name", coalesce(a."document_id", a."id"), a."command", a."signature",
      a."actor_name", a."occurred_at", 'applied' ${own}`);
}

/** Takes the books of a college out. */
export async function clearBooks(tx: Db, collegeId: Id): Promise<void> {
  await withoutBalanceOfLines(tx, async () => {
    for (const table of tableNames) {
      await tx.execute(sql`DELETE FROM ${tableSql(table)} WHERE "college_id" = ${collegeId}`);
    }
  });
}

/**
 * Once the new books are in and what they confirm has left the outbox: what the server had taken and does not show now is sent again.
 * @returns how many
 */
export async function sendLostAgain(tx: Db, collegeId: Id, now: number): Promise<number> {
  const lost = await rowsOf(
    tx,
    sql`UPDATE "desk"."outbox" SET "status" = 'pending' WHERE "college_id" = ${collegeId} AND "seq" > 0 AND "status" = 'applied' RETURNING 1`,
  );
  if (lost.length === 0) return 0;
  const others = ((await readFact(tx, 'sentAgain')) ?? []).filter((one) => one.collegeId !== collegeId);
  await writeFact(tx, 'sentAgain', [...others, { collegeId, at: now, commands: lost.length }]);
  return lost.length;
}

/** The bytes of a receipt may be lost where its row is not. The server is asked before one is sent (ReceiptService). */
export async function offerReceiptsAgain(tx: Db, collegeId: Id): Promise<void> {
  const { names } = await ownNames(tx);
  await tx.execute(sql`INSERT INTO "desk"."blob_uploads" ("sha256", "college_id", "size_bytes")
    SELECT DISTINCT ON (r."sha256") r."sha256", r."college_id", r."size_bytes" FROM "audit_entries" a
    JOIN "receipts" r ON r."college_id" = a."college_id" AND r."id" = (a."command"::json -> 'args' ->> 'receiptId')::uuid
    WHERE a."college_id" = ${collegeId} AND a."command_name" = 'receipt.attach' AND a."device_id" = ${names}
    ON CONFLICT DO NOTHING`);
}

/** The server has heard of this desk up to here. Whatever it had taken or kept beyond, it no longer has. */
export async function heardUpTo(db: Db, lastSeq: number): Promise<void> {
  if ((await readFact(db, 'resign')) !== undefined) return;
  await db.execute(sql`UPDATE "desk"."outbox" SET "status" = 'pending', "code" = NULL, "details" = NULL
    WHERE "seq" > ${lastSeq} AND "status" IN ('applied', 'parked')`);
}
