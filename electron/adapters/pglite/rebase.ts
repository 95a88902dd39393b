import { sql } from 'drizzle-orm';
import { BooksUnit } from '../../../shared/db/books.ts';
import { executeCommand } from '../../../shared/db/execute.ts';
import { preload } from '../../../shared/db/preload.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import { type Refusal, refusal, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import { readCommand } from '../../../shared/sync/client/read-command.ts';
import { readFact, writeFact } from './facts.ts';
import type { Loaded } from './load-snapshot.ts';
import { clearBooks, holdOwn, offerReceiptsAgain, readsAnew, sendLostAgain } from './lost-commands.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import {
  applyStage,
  confirmedHead,
  headBeforeStage,
  refuseRewrittenChain,
  stagedTables,
  verifyChainFrom,
} from './stage.ts';
import { type CommandImages, imagesSql, undoAll } from './undo.ts';

export interface Rebased {
  readonly tables: readonly string[];
  readonly confirmed: number;
  /** Commands that no longer fit; they wait for the server's word and show under Needs attention meanwhile. */
  readonly failed: number;
  /** Commands of this desk that the server had taken and, put back from a backup, has no longer; they wait to be sent once more. */
  readonly lost: number;
}

export interface RebaseOptions {
  readonly db: Db;
  readonly collegeId: Id;
  readonly digest: Digest;
  readonly now: number;
  /** Called inside the transaction: rows that somebody remembers are about to change. */
  readonly forget: () => void;
  /** Puts all rows of the college in anew, when they were fetched in bulk. */
  readonly load?: ((tx: Db) => Promise<Loaded>) | undefined;
}

/** The command stands in the server's books: its audit entry is among the server's rows, and that needs no bookkeeping beside it. */
const isConfirmed = `EXISTS (
  SELECT 1 FROM "audit_entries" a WHERE a."college_id" = o."college_id" AND a."id" = o."command_id" AND a."version" > 0)`;
/** Before the waiting commands are signed anew nothing of them has a number under the present name. */
const isDone =
  sql.raw(`(o."status" NOT IN ('pending', 'failed') OR EXISTS (SELECT 1 FROM "desk"."facts" WHERE "name" = 'resign'))
  AND o."settled_at" IS NULL AND ${isConfirmed}`);

/** Whether the books of a college would come out differently: rows wait in the stage, a refused command still shows, or a confirmed one waits. */
export async function needsRebase(db: Db, collegeId: Id): Promise<boolean> {
  if ((await stagedTables(db, collegeId)).length > 0) return true;
  const [shown] = await rowsOf(
    db,
    sql`SELECT 1 FROM "desk"."undo_images" u JOIN "desk"."outbox" o ON o."seq" = u."seq"
      WHERE u."college_id" = ${collegeId} AND o."status" = 'rejected'
      UNION ALL SELECT 1 FROM "desk"."outbox" o WHERE o."college_id" = ${collegeId} AND ${isDone} LIMIT 1`,
  );
  return shown !== undefined;
}

/**
 * Moves the books of a college onto the server's: in one transaction the provisional changes are taken back, the staged rows applied,
 * confirmed commands let go and the others run again. Nobody sees anything in between.
 * @throws MunimError AUDIT_BROKEN, and nothing is changed
 */
export async function rebase(options: RebaseOptions): Promise<Rebased> {
  const { db, collegeId, digest, now } = options;
  return await inTransaction(db, async (tx) => {
    options.forget();
    const undone = await undoAll(tx, collegeId);
    const isAnew = await readsAnew(tx, collegeId);
    if (isAnew) {
      await holdOwn(tx, collegeId);
      await clearBooks(tx, collegeId);
    }
    const loaded = await options.load?.(tx);
    const head = loaded?.verified ?? (await confirmedHead(tx, collegeId));
    await refuseRewrittenChain(tx, collegeId);
    const untouched = await headBeforeStage(tx, collegeId, head);
    const applied = await applyStage(tx, collegeId);
    await verifyChainFrom(tx, collegeId, untouched, digest);
    const confirmed = await dropConfirmed(tx, collegeId);
    const lost = isAnew ? await sendLostAgain(tx, collegeId, now) : 0;
    const rerun = await runAgain(tx, collegeId, digest);
    if (isAnew) await offerReceiptsAgain(tx, collegeId);
    await tx.execute(
      sql`UPDATE "desk"."sync_cursors" SET "cursor" = "staged_cursor", "pulled_at" = ${now} WHERE "college_id" = ${collegeId}`,
    );
    return {
      tables: [...new Set([...undone, ...(loaded?.tables ?? []), ...applied, ...rerun.tables])],
      confirmed,
      failed: rerun.failed,
      lost,
    };
  });
}

/**
 * A command that the server has settled and that stands in its books is done with. One that came there under an earlier name of this desk
 * waits until the server has said so under the present name: it has a number there, and those behind it cannot be sent before it.
 */
async function dropConfirmed(tx: Db, collegeId: Id): Promise<number> {
  const rows = await rowsOf<{ seq: bigint }>(
    tx,
    sql`DELETE FROM "desk"."outbox" o WHERE o."college_id" = ${collegeId} AND ${isDone} RETURNING o."seq"`,
  );
  const top = rows.reduce((highest, { seq }) => Math.max(highest, Number(seq)), 0);
  const floor = (await readFact(tx, 'seqFloor')) ?? 0;
  if (top > floor) await writeFact(tx, 'seqFloor', top);
  return rows.length;
}

interface Waiting {
  readonly seq: bigint;
  readonly command: string;
  readonly signature: string;
  readonly status: 'pending' | 'failed' | 'applied' | 'parked';
}

/** So many commands are run again by one set of statements. */
const CHUNK_COMMANDS = 200;

/** Runs the unconfirmed commands of a college again, in their order, on books that hold nothing of them. */
export async function runAgain(
  tx: Db,
  collegeId: Id,
  digest: Digest,
): Promise<{ readonly tables: ReadonlySet<string>; readonly failed: number }> {
  const waiting = await rowsOf<Waiting>(
    tx,
    sql`SELECT "seq", "command", "signature", "status" FROM "desk"."outbox" o
      WHERE "college_id" = ${collegeId} AND "status" IN ('pending', 'failed', 'applied', 'parked') AND NOT ${sql.raw(isConfirmed)}
      ORDER BY "seq"`,
  );
  const tables = new Set<string>();
  let failed = 0;
  for (let from = 0; from < waiting.length; from += CHUNK_COMMANDS) {
    const chunk = waiting.slice(from, from + CHUNK_COMMANDS);
    for (const [index, outcome] of (await runSome(tx, collegeId, chunk, digest, tables)).entries()) {
      if (outcome !== null) failed++;
      const row = chunk[index];
      if (row) await noteOutcome(tx, row, outcome);
    }
  }
  return { tables, failed };
}

/** @returns for each command why it no longer fits, or null. Nothing of a command that does not fit stays. */
async function runSome(
  tx: Db,
  collegeId: Id,
  rows: readonly Waiting[],
  digest: Digest,
  tables: Set<string>,
): Promise<readonly (Refusal | null)[]> {
  try {
    const { outcomes, done } = await inTransaction(tx, (step) => runTogether(step, collegeId, rows, digest));
    for (const { images } of done) for (const { table } of images) tables.add(table);
    return outcomes;
  } catch (thrown) {
    // A fault of the engine ends the whole rebase. Anything else took only this step back: one bad command never blocks the others.
    const known = toMunimError(thrown);
    if (known.code !== 'INTERNAL') throw known;
    if (rows.length === 1) {
      return [breaksConstraint(thrown) ? refusal('COMMAND_STALE', { what: 'document' }) : refusal('INTERNAL')];
    }
    const outcomes: (Refusal | null)[] = [];
    for (const row of rows) outcomes.push(...(await runSome(tx, collegeId, [row], digest, tables)));
    return outcomes;
  }
}

async function runTogether(
  step: Db,
  collegeId: Id,
  rows: readonly Waiting[],
  digest: Digest,
): Promise<{ readonly outcomes: readonly (Refusal | null)[]; readonly done: readonly CommandImages[] }> {
  const books = new BooksUnit(step, collegeId);
  const commands = rows.map((row) => readCommand(row.command));
  await preload(
    books,
    commands.filter((command) => command !== null),
  );
  const done: CommandImages[] = [];
  const outcomes: (Refusal | null)[] = [];
  for (const [index, { seq, command: text, signature }] of rows.entries()) {
    const command = commands[index] ?? null;
    if (command === null) {
      outcomes.push(refusal('COMMAND_UNKNOWN', { name: '' }));
      continue;
    }
    const executed = await executeCommand({
      books,
      command,
      signed: { text, signature },
      authority: 'desk',
      version: 0,
      recordedAt: command.occurredAt,
      digest,
    });
    outcomes.push(executed.ok ? null : executed.error);
    if (executed.ok) done.push({ seq: Number(seq), images: executed.value.images });
  }
  await books.flush(done.length === 0 ? [] : [imagesSql(collegeId, done)]);
  return { outcomes, done };
}

/** Whether a rule of the database itself refused it (SQLSTATE class 23). */
function breaksConstraint(thrown: unknown): boolean {
  for (let problem = thrown; problem instanceof Error; problem = problem.cause) {
    if ('code' in problem && typeof problem.code === 'string' && problem.code.startsWith('23')) return true;
  }
  return false;
}

/** What the server has already said of a command stands, whatever the desk makes of it meanwhile. */
async function noteOutcome(tx: Db, { seq, status }: Waiting, outcome: Refusal | null): Promise<void> {
  if (status === 'applied' || status === 'parked') return;
  const next = outcome === null ? 'pending' : 'failed';
  if (next === status && outcome === null) return;
  await tx.execute(sql`UPDATE "desk"."outbox" SET "status" = ${next}, "code" = ${outcome?.code ?? null},
    "details" = ${outcome === null ? null : canonicalText(outcome.details)} WHERE "seq" = ${seq}`);
}
