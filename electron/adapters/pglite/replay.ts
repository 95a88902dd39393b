import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import type { CommandDefinition } from '../../../shared/domain/command/command.ts';
import { collegeIds } from '../../../shared/domain/command/context.ts';
import { commands } from '../../../shared/domain/command/registry.ts';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import type { JournalContents, JournaledCommand } from '../../../shared/sync/client/journal.ts';
import { readCommand } from '../../../shared/sync/client/read-command.ts';
import { readFact, writeFact } from './facts.ts';
import { topSeqOf } from './journal-source.ts';
import { runAgain } from './rebase.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { undoAll } from './undo.ts';

/** The highest sequence of the present desk that the journal tells of. */
function journaledTop({ desk, commands: kept }: JournalContents): number {
  const own = [...kept.values()].filter(({ command }) => command.deviceId === desk?.device.id);
  return own.reduce((top, { command }) => Math.max(top, command.seq), desk?.floor ?? 0);
}

/** Whether the journal tells of commands, or of an enrolment, that these books never saw: they are new, or came from a backup. */
export async function isJournalAhead(db: Db, contents: JournalContents): Promise<boolean> {
  const told = contents.desk?.device;
  if (told === undefined) return false;
  const device = await readFact(db, 'device');
  if (device === undefined) return true;
  if (device.id !== told.id) return device.enrolledAt < told.enrolledAt;
  return (await topSeqOf(db)) < journaledTop(contents);
}

export interface Replayed {
  /** Commands that were put back. */
  readonly commands: number;
  /** Of those, and of the others that wait, how many do not fit the books as they are now; the next pull may change that. */
  readonly failed: number;
}

const CHUNK_COMMANDS = 500;

/**
 * Puts back what the journal knows and these books do not, in one transaction: who the desk is, the commands that wait for the server
 * under the numbers and signatures they had, and what became of those it refused. What the server has taken meanwhile is known by its
 * id and leaves the outbox with the next pull. Doing it again changes nothing.
 */
export function replayJournal(db: Db, contents: JournalContents, digest: Digest): Promise<Replayed> {
  return inTransaction(db, async (tx) => {
    const { desk } = contents;
    if (desk === null) return { commands: 0, failed: 0 };
    const before = await readFact(tx, 'device');
    const floor = before?.id === desk.device.id ? await topSeqOf(tx) : 0;
    for (const id of await collegesOf(tx)) await undoAll(tx, id);
    await moveAside(tx, desk.device.id);
    const rows = (await unconfirmed(tx, contents)).map((kept, index) => outboxRow(kept, index, contents, digest));
    for (let from = 0; from < rows.length; from += CHUNK_COMMANDS)
      await put(tx, rows.slice(from, from + CHUNK_COMMANDS));
    await writeFact(tx, 'device', desk.device);
    await writeFact(tx, 'resign', desk.resign ?? undefined);
    await writeFact(tx, 'seqFloor', Math.max(floor, desk.resign === null ? journaledTop(contents) : desk.floor));
    let failed = 0;
    for (const id of await collegesOf(tx)) failed += (await runAgain(tx, id, digest)).failed;
    return { commands: rows.length, failed };
  });
}

async function collegesOf(tx: Db): Promise<readonly Id[]> {
  const rows = await rowsOf<{ id: Id }>(tx, sql`SELECT DISTINCT "college_id" AS "id" FROM "desk"."outbox"`);
  return rows.map(({ id }) => id);
}

/** Commands of an earlier enrolment go below zero, out of the way of the numbers that follow; the server has heard of all of them. */
async function moveAside(tx: Db, deviceId: Id): Promise<void> {
  await tx.execute(sql`UPDATE "desk"."outbox" SET
      "seq" = "seq" - (SELECT coalesce(max("seq"), 0) + 1 - least(coalesce(min("seq"), 0), 0) FROM "desk"."outbox"),
      "status" = CASE WHEN "status" = 'rejected' THEN "status" ELSE 'parked' END
    WHERE "seq" > 0 AND "command"::json ->> 'deviceId' <> ${deviceId}`);
}

/** The journaled commands that the books do not hold as the server's own rows. */
async function unconfirmed(tx: Db, { commands: kept }: JournalContents): Promise<readonly JournaledCommand[]> {
  const ids = JSON.stringify([...kept.keys()]);
  const rows = await rowsOf<{ id: Id }>(
    tx,
    sql`SELECT a."id" FROM "audit_entries" a JOIN json_array_elements_text(${ids}::json) AS j("id") ON a."id" = j."id"::uuid WHERE a."version" > 0`,
  );
  const confirmed = new Set(rows.map(({ id }) => id));
  return [...kept].filter(([id]) => !confirmed.has(id)).map(([, command]) => command);
}

function outboxRow(kept: JournaledCommand, index: number, { desk, refused, settled }: JournalContents, digest: Digest) {
  const { command, text, signature, actorName } = kept;
  const verdict = refused.get(command.id);
  const end = settled.get(command.id);
  // While the desk has not signed anew what waited at its last enrolment, all of it still goes by the earlier name.
  const isOwn = command.deviceId === desk?.device.id || desk?.resign != null;
  return {
    seq: isOwn ? command.seq : -1 - index,
    command_id: command.id,
    college_id: command.collegeId,
    name: command.name,
    document_id: documentOf(text, command.id, digest),
    command: text,
    signature,
    actor_name: actorName,
    occurred_at: command.occurredAt,
    status: verdict !== undefined || end !== undefined ? 'rejected' : isOwn ? 'pending' : 'parked',
    code: verdict?.code ?? null,
    details: verdict === undefined ? null : canonicalText(verdict.details),
    settled_at: end?.at ?? null,
    settled_how: end?.how ?? null,
  };
}

function documentOf(text: string, commandId: Id, digest: Digest): Id {
  const command = readCommand(text);
  if (command === null) return commandId;
  const definition = commands[command.name] as CommandDefinition<unknown>;
  const { collegeId } = command;
  return definition.documentId(command.args, { collegeId, namedId: collegeIds(collegeId, digest) });
}

/** A number below zero only says "not to be sent"; it must not meet one that is there. */
const put = (tx: Db, rows: readonly ReturnType<typeof outboxRow>[]) =>
  tx.execute(sql`INSERT INTO "desk"."outbox" AS o ("seq", "command_id", "college_id", "name", "document_id", "command", "signature",
      "actor_name", "occurred_at", "status", "code", "details", "settled_at", "settled_how")
    SELECT CASE WHEN r."seq" > 0 THEN r."seq" ELSE r."seq" + (SELECT least(coalesce(min("seq"), 0), 0) FROM "desk"."outbox") END,
      r."command_id", r."college_id", r."name", r."document_id", r."command", r."signature",
      r."actor_name", r."occurred_at", r."status", r."code", r."details", r."settled_at", r."settled_how"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r("seq" int8, "command_id" uuid, "college_id" uuid, "name" text,
      "document_id" uuid, "command" text, "signature" text, "actor_name" text, "occurred_at" int8, "status" text, "code" text,
      "details" text, "settled_at" int8, "settled_how" text)
    ON CONFLICT ("command_id") DO UPDATE SET
      "seq" = CASE WHEN excluded."seq" > 0 THEN excluded."seq" ELSE o."seq" END,
      "command" = excluded."command", "signature" = excluded."signature",
      "status" = CASE WHEN o."command" = excluded."command" AND o."status" IN ('applied', 'rejected', 'parked')
        THEN o."status" ELSE excluded."status" END,
      "code" = coalesce(o."code", excluded."code"), "details" = coalesce(o."details", excluded."details"),
      "settled_at" = coalesce(o."settled_at", excluded."settled_at"), "settled_how" = coalesce(o."settled_how", excluded."settled_how")`);
