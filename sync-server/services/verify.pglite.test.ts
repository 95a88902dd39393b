import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { openTestServer, password, type TestServer, testChart } from '../testing/test-server.ts';
import { runAdminCommand } from './admin-commands.ts';
import { addPerson, allColleges, collegesByCode, setUpCollege } from './set-up-college.ts';
import { isSound, verifyCollege } from './verify.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer(null);
});
afterEach(() => server.close());

test('the demonstration verifies, and every kind of damage to it is found', async () => {
  const { context } = server;
  const { colleges, people, commands } = await seedDemo(context, testChart, { expenses: 25 });
  expect([colleges.length, people.length, commands > 200]).toEqual([3, 9, true]);
  const [first] = colleges;
  if (!first) throw new Error('no college');
  const verdict = await verifyCollege(context, first.id);
  expect(isSound(verdict)).toBe(true);
  expect(verdict.auditEntries).toBeGreaterThan(60);
  const { db } = context.database;
  // The owner of the database can do what the application cannot.
  const harm = async (...statements: string[]) => {
    const found: unknown[] = [];
    await db
      .transaction(async (tx) => {
        for (const statement of statements) await tx.execute(sql.raw(statement));
        const inside = { ...context, database: { ...context.database, db: tx as unknown as typeof db } };
        found.push(await verifyCollege(inside, first.id));
        throw new Error('taken back');
      })
      .catch((thrown: Error) => {
        if (thrown.message !== 'taken back') throw thrown;
      });
    return found[0];
  };
  const here = `"college_id" = '${first.id}'`;
  const entry = `UPDATE "audit_entries" SET`;
  expect(await harm(`${entry} "changes" = '[]' WHERE ${here} AND "position" = 9`)).toMatchObject({ brokenAt: 9 });
  expect(await harm(`${entry} "signature" = "signature" || 'A' WHERE ${here} AND "position" = 5`)).toMatchObject({
    brokenAt: 5,
  });
  expect(await harm(`DELETE FROM "audit_entries" WHERE ${here} AND "position" = 7`)).toMatchObject({ brokenAt: 7 });
  expect(
    await harm(
      `UPDATE "consolidation_totals" SET "debit_paise" = "debit_paise" + 1 WHERE "id" = (SELECT "id" FROM "consolidation_totals" WHERE ${here} LIMIT 1)`,
    ),
  ).toMatchObject({ wrongTotals: 1 });
  expect(
    await harm(
      `DELETE FROM "consolidation_totals" WHERE "id" = (SELECT "id" FROM "consolidation_totals" WHERE ${here} LIMIT 1)`,
    ),
  ).toMatchObject({ wrongTotals: 1 });
  expect(
    await harm(
      `UPDATE "voucher_lines" SET "debit_paise" = "debit_paise" + 1 WHERE "id" = (SELECT "id" FROM "voucher_lines" WHERE ${here} AND "debit_paise" > 0 LIMIT 1)`,
    ),
  ).toMatchObject({ outOfBalancePaise: '1', wrongTotals: 1 });
});

test('colleges and people are set up by commands that can be repeated', async () => {
  const { context } = server;
  const file = { code: 'ABC', name: 'ABC College', stateCode: '27' };
  const made = await setUpCollege(context, file, testChart);
  const again = await setUpCollege(
    context,
    { ...file, name: 'ABC College of Arts', approvalAbove: '75,000' },
    testChart,
  );
  expect(again.id).toBe(made.id);
  expect((await allColleges(context)).map(({ name, approvalAbovePaise }) => [name, approvalAbovePaise])).toEqual([
    ['ABC College of Arts', 7_500_000n],
  ]);
  const person = { name: 'A', email: 'A@abc.example', role: 'auditor' as const, password };
  const id = await addPerson(context, person, [made.id]);
  expect(await addPerson(context, { ...person, email: 'a@ABC.example' }, [made.id])).toBe(id);
  expect(await runAdminCommand(context, 'verify', {})).toMatchObject({ sound: true, colleges: [{ auditEntries: 4 }] });
});

test('what an operator gets wrong is refused with a reason and leaves nothing', async () => {
  const { context } = server;
  const code = async (work: Promise<unknown>) => {
    const thrown = await work.then(
      () => null,
      (problem: unknown) => problem,
    );
    return thrown instanceof MunimError ? thrown.code : thrown;
  };
  const file = { code: 'ABC', name: 'ABC College', stateCode: '27' };
  expect(await code(setUpCollege(context, { ...file, gstin: '27AAAAA0000A1Z5' }, testChart))).toBe('INPUT_INVALID');
  expect(await code(setUpCollege(context, { ...file, approvalAbove: 'much' }, testChart))).toBe('INPUT_INVALID');
  expect(await code(setUpCollege(context, { ...file, extra: 1 }, testChart))).toBe('INPUT_INVALID');
  expect(await allColleges(context)).toEqual([]);
  expect(await code(collegesByCode(context, ['ABC']))).toBe('NOT_FOUND');
  expect(await code(runAdminCommand(context, 'enrol-code', { colleges: [] }))).toBe('INPUT_INVALID');
  expect(await code(runAdminCommand(context, 'constructor', {}))).toBe('INPUT_INVALID');
  const short = { name: 'A', email: 'a@abc.example', role: 'auditor', password: 'short', colleges: ['ABC'] };
  expect(await code(runAdminCommand(context, 'add-person', short))).toBe('INPUT_INVALID');
  expect(await code(runAdminCommand(context, 'revoke-device', { id: context.keys.deviceId }))).toBe('NOT_FOUND');
});
