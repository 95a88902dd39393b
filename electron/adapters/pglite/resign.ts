import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import { readFact, writeFact } from './facts.ts';
import { runAgain } from './rebase.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { undoAll } from './undo.ts';

/** Commands that the server under this enrolment has still to hear: those without its last word, and those whose effect never came back. */
const unheard = sql.raw(`"seq" > 0 AND "status" IN ('pending', 'failed', 'applied', 'parked')`);

export interface Unheard {
  readonly commandId: Id;
  readonly text: string;
}

export interface Resigned {
  readonly commandId: Id;
  readonly seq: number;
  readonly text: string;
  readonly signature: string;
}

export async function unheardCommands(db: Db): Promise<readonly Unheard[]> {
  const rows = await rowsOf<{ command_id: string; command: string }>(
    db,
    sql`SELECT "command_id", "command" FROM "desk"."outbox" WHERE ${unheard} ORDER BY "seq"`,
  );
  return rows.map(({ command_id, command }) => ({ commandId: command_id, text: command }));
}

/**
 * Puts the newly signed commands in the place of the old ones, in one transaction with the books they predict. What the server has
 * decided, and what this version cannot read, moves below zero, out of the way of the new numbers.
 * @param forget called inside the transaction: rows that somebody remembers are about to change
 */
export async function replaceSigned(
  db: Db,
  resigned: readonly Resigned[],
  digest: Digest,
  forget: () => void,
): Promise<void> {
  const nextSeq = (await readFact(db, 'resign'))?.nextSeq ?? 1;
  await inTransaction(db, async (tx) => {
    forget();
    const colleges = await rowsOf<{ id: Id }>(tx, sql`SELECT DISTINCT "college_id" AS "id" FROM "desk"."outbox"`);
    for (const { id } of colleges) await undoAll(tx, id);
    await tx.execute(sql`UPDATE "desk"."outbox" SET "seq" = "seq" - (
        SELECT coalesce(max("seq"), 0) + 1 - least(coalesce(min("seq"), 0), 0) FROM "desk"."outbox"
      ) WHERE "seq" > 0`);
    await tx.execute(sql`UPDATE "desk"."outbox" AS o
      SET "seq" = r."seq", "command" = r."text", "signature" = r."signature", "status" = 'pending', "code" = NULL, "details" = NULL
      FROM json_to_recordset(${JSON.stringify(resigned)}::json) AS r("commandId" uuid, "seq" int8, "text" text, "signature" text)
      WHERE o."command_id" = r."commandId"`);
    for (const { id } of colleges) await runAgain(tx, id, digest);
    await writeFact(tx, 'seqFloor', nextSeq - 1);
    await writeFact(tx, 'resign', undefined);
  });
}
