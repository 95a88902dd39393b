import { sql } from 'drizzle-orm';
import { executeCommand } from '../../../shared/db/execute.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import { MunimError, type Refusal, refusal } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import { readCommand } from '../../../shared/sync/client/read-command.ts';
import { readFact, writeFact } from './facts.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { applyStage, confirmedHead, refuseRewrittenChain, stagedTables, verifyChainFrom } from './stage.ts';
import { imagesSql, undoAll } from './undo.ts';

export interface Rebased {
  readonly tables: readonly string[];
  readonly confirmed: number;
  /** Commands that no longer fit; they wait for the server's word and show under Needs attention meanwhile. */
  readonly failed: number;
}

export interface RebaseOptions {
  readonly db: Db;
  readonly collegeId: Id;
  readonly digest: Digest;
  readonly now: number;
  /** Called inside the transaction: rows that somebody remembers are about to change. */
  readonly forget: () => void;
}

/** Whether the books of a college would come out differently: rows wait in the stage, or a refused command still shows. */
export async function needsRebase(db: Db, collegeId: Id): Promise<boolean> {
  if ((await stagedTables(db, collegeId)).length > 0) return true;
  const [shown] = await rowsOf(
    db,
    sql`SELECT 1 FROM "desk"."undo_images" u JOIN "desk"."outbox" o ON o."seq" = u."seq"
      WHERE u."college_id" = ${collegeId} AND o."status" = 'rejected' LIMIT 1`,
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
    const head = await confirmedHead(tx, collegeId);
    await refuseRewrittenChain(tx, collegeId);
    const applied = await applyStage(tx, collegeId);
    await verifyChainFrom(tx, collegeId, head, digest);
    const confirmed = await dropConfirmed(tx, collegeId);
    const rerun = await runAgain(tx, collegeId, digest);
    await tx.execute(
      sql`UPDATE "desk"."sync_cursors" SET "cursor" = "staged_cursor", "pulled_at" = ${now} WHERE "college_id" = ${collegeId}`,
    );
    return { tables: [...new Set([...undone, ...applied, ...rerun.tables])], confirmed, failed: rerun.failed };
  });
}

/** An applied command has its audit entry among the server's rows; that is the proof that needs no bookkeeping beside it. */
async function dropConfirmed(tx: Db, collegeId: Id): Promise<number> {
  const rows = await rowsOf<{ seq: bigint }>(
    tx,
    sql`DELETE FROM "desk"."outbox" o USING "audit_entries" a
      WHERE o."college_id" = ${collegeId} AND a."college_id" = ${collegeId} AND a."id" = o."command_id" AND a."version" > 0
        AND o."settled_at" IS NULL RETURNING o."seq"`,
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

/** Runs the unconfirmed commands of a college again, in their order, on books that hold nothing of them. */
export async function runAgain(
  tx: Db,
  collegeId: Id,
  digest: Digest,
): Promise<{ readonly tables: ReadonlySet<string>; readonly failed: number }> {
  const waiting = await rowsOf<Waiting>(
    tx,
    sql`SELECT "seq", "command", "signature", "status" FROM "desk"."outbox"
      WHERE "college_id" = ${collegeId} AND "status" IN ('pending', 'failed', 'applied', 'parked') ORDER BY "seq"`,
  );
  const tables = new Set<string>();
  let failed = 0;
  for (const row of waiting) {
    const outcome = await runOneAgain(tx, row, digest, tables);
    if (outcome !== null) failed++;
    await noteOutcome(tx, row, outcome);
  }
  return { tables, failed };
}

/** @returns why it no longer fits, or null. Nothing of a command that does not fit stays. */
async function runOneAgain(tx: Db, row: Waiting, digest: Digest, tables: Set<string>): Promise<Refusal | null> {
  const command = readCommand(row.command);
  if (command === null) return refusal('COMMAND_UNKNOWN', { name: '' });
  try {
    return await inTransaction(tx, async (step) => {
      const executed = await executeCommand({
        db: step,
        command,
        signed: { text: row.command, signature: row.signature },
        authority: 'desk',
        version: 0,
        recordedAt: command.occurredAt,
        digest,
      });
      if (!executed.ok) return executed.error;
      const { images } = executed.value;
      await step.execute(imagesSql(Number(row.seq), command.collegeId, images));
      for (const { table } of images) tables.add(table);
      return null;
    });
  } catch (thrown) {
    // A fault of the engine ends the whole rebase. Anything else took only its own step back: one bad command never blocks the others.
    if (thrown instanceof MunimError) throw thrown;
    return breaksConstraint(thrown) ? refusal('COMMAND_STALE', { what: 'document' }) : refusal('INTERNAL');
  }
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
