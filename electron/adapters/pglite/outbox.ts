import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import { canonicalText, parseCanonical } from '../../../shared/kernel/canonical.ts';
import type { ErrorDetails } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { UnsentCommand } from '../../../shared/sync/client/sync-store.ts';
import { type CommandResult, zDetails } from '../../../shared/sync/messages.ts';
import { rowsOf } from './rows-of.ts';

/**
 * The life of an outbox row: `pending` when it is saved; `failed` when it no longer fits the rows that came from the server, yet waits
 * for the server's word all the same; `applied`, `rejected` or `parked` as the server said. Once the pulled books contain an applied
 * command its row goes: the audit entry holds the whole of it. Rejected ones stay for ever.
 */
export type OutboxStatus = 'pending' | 'failed' | 'applied' | 'rejected' | 'parked';

/** `pending` and `failed` have no word of the server yet. */
const undecided = sql.raw(`("status" IN ('pending', 'failed'))`);

/** Commands to send, in sequence: from the first undecided one, or from where the server says it misses one. */
export async function toSend(db: Db, fromSeq: number | null, max: number): Promise<readonly UnsentCommand[]> {
  const start =
    fromSeq === null
      ? sql`(SELECT min("seq") FROM "desk"."outbox" WHERE ${undecided} AND "seq" > 0)`
      : sql`${fromSeq}::int8`;
  const rows = await rowsOf<{ seq: bigint; command: string; signature: string; status: OutboxStatus }>(
    db,
    sql`SELECT "seq", "command", "signature", "status" FROM "desk"."outbox" WHERE "seq" > 0 AND "seq" >= ${start} ORDER BY "seq" LIMIT ${max}`,
  );
  return rows.map(({ seq, command, signature, status }) => ({
    seq: Number(seq),
    text: command,
    signature,
    withdrawn: status === 'rejected',
  }));
}

/** The highest sequence that is taken. */
const topSeq = sql.raw(`greatest(
  (SELECT max("seq") FROM "desk"."outbox" WHERE "seq" > 0),
  (SELECT ("value")::int8 FROM "desk"."facts" WHERE "name" = 'seqFloor'),
  0
)`);
const firstOf = (condition: string) =>
  sql.raw(`(SELECT min("seq") FROM "desk"."outbox" o WHERE "seq" > 0 AND ${condition})`);

export async function lastSeq(db: Db): Promise<number> {
  const [row] = await rowsOf<{ top: bigint }>(db, sql`SELECT ${topSeq}::int8 AS "top"`);
  return Number(row?.top ?? 0n);
}

/** The last command up to which the server has spoken of every one; `parked` is a word too, though not its last. */
export async function ackedSeq(db: Db): Promise<number> {
  const undecidedFrom = firstOf(`"status" IN ('pending', 'failed')`);
  const [row] = await rowsOf<{ acked: bigint }>(
    db,
    sql`SELECT coalesce(${undecidedFrom} - 1, ${topSeq})::int8 AS "acked"`,
  );
  return Number(row?.acked ?? 0n);
}

/** Commands that the server keeps until it knows them: their last word is still to come. The first of them. */
export async function parkedSeqs(db: Db, max: number): Promise<readonly number[]> {
  const rows = await rowsOf<{ seq: bigint }>(
    db,
    sql`SELECT "seq" FROM "desk"."outbox" WHERE "seq" > 0 AND "status" = 'parked' ORDER BY "seq" LIMIT ${max}`,
  );
  return rows.map(({ seq }) => Number(seq));
}

/**
 * The number the next command gets, above everything that waits and everything that was ever confirmed; and the last command up to which
 * these books show nothing that may come to nothing: no prediction, and no refused command that a rebase has still to take back.
 */
export async function nextPlace(db: Db): Promise<{ readonly seq: number; readonly knows: number }> {
  const open = firstOf(`"status" IN ('pending', 'failed', 'parked')`);
  const shown = firstOf(
    `"status" = 'rejected' AND EXISTS (SELECT 1 FROM "desk"."undo_images" u WHERE u."seq" = o."seq")`,
  );
  const [row] = await rowsOf<{ top: bigint; knows: bigint }>(
    db,
    sql`SELECT ${topSeq}::int8 AS "top", coalesce(least(${open}, ${shown}) - 1, ${topSeq})::int8 AS "knows"`,
  );
  return { seq: Number(row?.top ?? 0n) + 1, knows: Number(row?.knows ?? 0n) };
}

/** Writes down what the server said. @returns how many rows changed their state */
export async function recordResults(db: Db, results: readonly CommandResult[]): Promise<number> {
  if (results.length === 0) return 0;
  const told = JSON.stringify(
    results.map(({ id, status, code, details }) => ({
      id,
      status,
      code,
      details: code === null ? null : canonicalText(details),
    })),
  );
  const rows = await rowsOf(
    db,
    sql`UPDATE "desk"."outbox" AS o SET "status" = r."status", "code" = r."code", "details" = r."details"
      FROM json_to_recordset(${told}::json) AS r("id" uuid, "status" text, "code" text, "details" text)
      WHERE o."command_id" = r."id" AND o."status" <> 'rejected' AND o."status" <> r."status" RETURNING o."seq"`,
  );
  return rows.length;
}

export interface OutboxCounts {
  readonly pending: number;
  readonly attention: number;
  readonly parked: number;
}

export async function outboxCounts(db: Db): Promise<OutboxCounts> {
  const [row] = await rowsOf<{ pending: bigint; attention: bigint; parked: bigint }>(
    db,
    sql`SELECT count(*) FILTER (WHERE "status" IN ('pending', 'applied')) AS "pending",
        count(*) FILTER (WHERE "status" IN ('failed', 'rejected') AND "settled_at" IS NULL) AS "attention",
        count(*) FILTER (WHERE "status" = 'parked') AS "parked" FROM "desk"."outbox"`,
  );
  return {
    pending: Number(row?.pending ?? 0n),
    attention: Number(row?.attention ?? 0n),
    parked: Number(row?.parked ?? 0n),
  };
}

export interface OutboxRow {
  readonly seq: number;
  readonly commandId: Id;
  readonly collegeId: Id;
  readonly name: string;
  readonly documentId: Id;
  readonly reference: string | null;
  readonly actorName: string;
  readonly occurredAt: number;
  readonly status: OutboxStatus;
  readonly code: string | null;
  readonly details: ErrorDetails;
  readonly command: string;
}

const LIST_MAX = 500;

/** Rows that wait, or those that need a person; the document's reference as the books have it now. */
export async function outboxRows(
  db: Db,
  which: 'waiting' | 'attention',
  collegeIds: readonly Id[],
): Promise<readonly OutboxRow[]> {
  const condition =
    which === 'waiting'
      ? sql.raw(`o."status" IN ('pending', 'applied', 'parked')`)
      : sql.raw(`o."status" IN ('failed', 'rejected') AND o."settled_at" IS NULL`);
  return await select(
    db,
    sql`${condition} AND o."college_id" = ANY (string_to_array(${collegeIds.join(',')}, ',')::uuid[])`,
  );
}

export async function outboxRow(db: Db, seq: number): Promise<OutboxRow | undefined> {
  return (await select(db, sql`o."seq" = ${seq}`))[0];
}

async function select(db: Db, condition: ReturnType<typeof sql>): Promise<readonly OutboxRow[]> {
  const rows = await rowsOf<{
    seq: bigint;
    command_id: string;
    college_id: string;
    name: string;
    document_id: string;
    reference: string | null;
    actor_name: string;
    occurred_at: bigint;
    status: OutboxStatus;
    code: string | null;
    details: string | null;
    command: string;
  }>(
    db,
    sql`SELECT o."seq", o."command_id", o."college_id", o."name", o."document_id", o."actor_name", o."occurred_at", o."status", o."code",
        o."details", o."command",
        coalesce((SELECT coalesce(e."number", e."provisional_ref") FROM "expenses" e WHERE e."college_id" = o."college_id" AND e."id" = o."document_id"),
          (SELECT v."name" FROM "vendors" v WHERE v."college_id" = o."college_id" AND v."id" = o."document_id")) AS "reference"
      FROM "desk"."outbox" o WHERE ${condition} ORDER BY o."occurred_at", o."seq" LIMIT ${LIST_MAX}`,
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    commandId: row.command_id,
    collegeId: row.college_id,
    name: row.name,
    documentId: row.document_id,
    reference: row.reference,
    actorName: row.actor_name,
    occurredAt: Number(row.occurred_at),
    status: row.status,
    code: row.code,
    details: row.details === null ? {} : zDetails.parse(parseCanonical(row.details)),
    command: row.command,
  }));
}
