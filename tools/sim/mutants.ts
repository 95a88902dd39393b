import type { Edit } from './edit.ts';

/** A fault planted into the product, by one replacement in one file. */
export interface Mutant extends Edit {
  readonly name: string;
  /** The invariants by which it may show, whichever is met first. */
  readonly shows: readonly string[];
  /** The seed that is tried first, because it found this fault when it was planted; the others follow. */
  readonly seed: number;
  /** Shows only where the version before is in use somewhere. */
  readonly former?: true;
}

/** What a moment's inattention could make of this code. Each has to be found, or the simulator proves nothing. */
export const mutants: readonly Mutant[] = [
  {
    name: 'a command that comes again under another enrolment is taken for a new one',
    file: 'sync-server/services/settle.ts',
    find: "if (before && before.status !== 'rejected') return sameAgain(one, before);",
    replace: 'void sameAgain;',
    shows: ['S1', 'S10', 'fault'],
    seed: 22,
  },
  {
    name: 'the cursor is committed before the rows it stands for',
    file: 'electron/adapters/pglite/stage.ts',
    find: '  await inTransaction(db, async (tx) => {\n    await putUnknown(tx, collegeId, rows);',
    replace: `  await db.execute(sql\`INSERT INTO "desk"."sync_cursors" ("college_id", "cursor", "staged_cursor") VALUES (\${collegeId}, 0, \${cursor})
      ON CONFLICT ("college_id") DO UPDATE SET "staged_cursor" = excluded."staged_cursor"\`);
  await inTransaction(db, async (tx) => {
    await putUnknown(tx, collegeId, rows);`,
    shows: ['S2', 'S7', 'oracle'],
    seed: 1,
  },
  {
    name: 'the first undo image of every command is lost',
    file: 'electron/adapters/pglite/undo.ts',
    find: 'images.map((image, ordinal) => ({',
    replace: 'images.slice(1).map((image, ordinal) => ({',
    // A row that was not taken back may also meet the server's own in a unique index of the desk, or be a lease that nobody gave.
    shows: ['S2', 'S3', 'S4', 'S5', 'fault'],
    seed: 2,
  },
  {
    name: 'changes are taken back in the order in which they were made',
    file: 'electron/adapters/pglite/undo.ts',
    find: 'ORDER BY "row_id", "seq", "ordinal"`',
    replace: 'ORDER BY "row_id", "seq" DESC, "ordinal" DESC`',
    shows: ['S2', 'S4', 'S5'],
    seed: 1,
  },
  {
    name: 'a number is used again once its command is confirmed',
    file: 'electron/adapters/pglite/outbox.ts',
    find: `  (SELECT ("value")::int8 FROM "desk"."facts" WHERE "name" = 'seqFloor'),\n  0\n)\`);`,
    replace: '  0\n)`);',
    shows: ['S1', 'S2'],
    seed: 1,
  },
  {
    name: 'a desk that asks for another college is answered',
    file: 'sync-server/services/pull.ts',
    find: "if (!device.collegeIds.includes(collegeId)) return err(refusal('NOT_FOUND', { what: 'college' }));",
    replace: '',
    shows: ['S8'],
    seed: 1,
  },
  {
    name: 'rows that were applied stay in the stage',
    file: 'electron/adapters/pglite/stage.ts',
    find: '    }\n  }\n  await tx.execute(sql`DELETE FROM "desk"."pull_stage"',
    replace: '    }\n  }\n  await tx.execute(sql`SELECT 1 FROM "desk"."pull_stage"',
    shows: ['S2'],
    seed: 1,
  },
  {
    name: 'a refused command is answered as applied',
    file: 'sync-server/services/settle.ts',
    find: '  if (!done.ok) return rejected(done.error);\n  bench.version',
    replace:
      "  if (!done.ok) return { status: 'applied', version: null, refused: null, duplicate: false };\n  bench.version",
    shows: ['S1', 'S2'],
    seed: 1,
  },
  {
    name: 'what was meant on top of a refused command is taken',
    file: 'sync-server/services/settle.ts',
    find: "if (held && held.rejected > command.knows) return rejected(refusal('COMMAND_DEPENDS'));",
    replace: '',
    shows: ['dependants'],
    seed: 12,
  },
  {
    name: 'the numbers of a series have gaps',
    file: 'shared/domain/ledger/number-series.ts',
    find: 'next: next + 1 };',
    replace: 'next: next + 2 };',
    shows: ['S6'],
    seed: 1,
  },
  {
    name: 'a budget is not looked at when a bill is submitted',
    file: 'shared/domain/expense/submit.ts',
    find: 'if (expense.budgetPaise <= available) return',
    replace: 'if (expense.budgetPaise <= available || true) return',
    shows: ['S5'],
    seed: 1,
  },
  {
    name: 'a payment is taken from a desk whose lease has passed to another',
    file: 'shared/domain/payment/lease.ts',
    find: 'if (lease.deviceId === context.deviceId) return ok(lease);',
    replace: 'if (lease.isHeld) return ok(lease);',
    shows: ['S4'],
    seed: 3,
  },
  {
    name: 'a desk takes the chain as it comes',
    file: 'electron/adapters/pglite/rebase.ts',
    find: 'await verifyChainFrom(tx, collegeId, untouched, digest);',
    replace: 'void verifyChainFrom;\n    void untouched;',
    shows: ['S7'],
    seed: 1,
  },
  {
    name: 'the outbox is emptied before its commands are confirmed',
    file: 'electron/adapters/pglite/rebase.ts',
    find: 'AND a."id" = o."command_id" AND a."version" > 0',
    replace: 'AND a."version" > 0',
    shows: ['S1', 'S2'],
    seed: 1,
  },
  {
    name: 'a command that arrived under an earlier name of the desk is let go before it is settled under the present one',
    file: 'electron/adapters/pglite/rebase.ts',
    find: "sql.raw(`(o.\"status\" NOT IN ('pending', 'failed') OR EXISTS",
    replace: 'sql.raw(`(true OR EXISTS',
    shows: ['S2'],
    seed: 22,
  },
  {
    name: 'rows are remembered over a rebase',
    file: 'electron/adapters/pglite/rebase.ts',
    find: '    options.forget();\n',
    replace: '',
    shows: ['S2', 'S3', 'S5', 'S7', 'fault'],
    seed: 1,
  },
  {
    name: 'a person is told before the command is saved',
    file: 'electron/services/commands.ts',
    find: 'const saved = await keeper.save({ command, signed, actorName: actor.name, settles });',
    replace: `const saving = keeper.save({ command, signed, actorName: actor.name, settles });
      saving.catch(() => {});
      const saved = await Promise.race([saving, Promise.resolve({ ok: true as const, value: { tables: [], reference: null, documentId: '' } })]);
      if (!saved.ok) throw new MunimError('INTERNAL');`,
    shows: ['S1'],
    seed: 1,
  },
  {
    name: 'what a server of the version before has parked is not tried again',
    file: 'sync-server/services/replay-parked.ts',
    find: '      yield place;',
    replace: '      void place;',
    shows: ['S2'],
    seed: 3,
    former: true,
  },
  {
    name: 'what a desk of the version before did not know is not taken in at its update',
    file: 'electron/composition/ledger-core.ts',
    find: '  await stageKnownAtLast(db);',
    replace: '',
    shows: ['S2'],
    seed: 1,
    former: true,
  },
];
