import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vendorFields } from '../../shared/testing/entries.ts';
import { push } from '../services/push.ts';
import { isSound, verifyCollege } from '../services/verify.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { pulledAll, pushed } from './world.ts';

/** Pushes so long that their beginning is written while the rest is still decided. */
export function longPushSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let college: TestCollege;
  let desk: TestDesk;
  let vendorId: string;
  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    college = await makeCollege(server, 'ABC');
    desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    vendorId = desk.newId();
    await desk.signIn(college.principal);
    const allocated = { from: 0n, to: 10n ** 10n };
    const budget = { financialYear: '2026-27', category: 'supplies', allocated };
    await pushed(server, desk, [
      say('vendor.create', { vendorId, fields: vendorFields('Vendor') }),
      desk.command(college.id, college.principalId, 'budget.set', budget),
    ]);
  });
  afterAll(() => server.close());

  const say = (name: string, args: object) => desk.command(college.id, college.accountantId, name, args);
  const enter = (expenseId: string, more: object = {}) =>
    say('expense.create', { expenseId, fields: billFields(vendorId, more) });
  const ids = (count: number) => Array.from({ length: count }, () => desk.newId());
  const expensesPulled = async () =>
    (await pulledAll(server, desk, college.id)).rows.filter(({ table }) => table === 'expenses').map(({ row }) => row);

  test('a later command stands on what an earlier one did, and a refused one leaves nothing', async () => {
    const bills = ids(180);
    const again = desk.newId();
    const submit = (expenseId: string) => say('expense.submit', { expenseId, overBudgetReason: null });
    const commands = [
      ...bills.map((id, at) => enter(id, { billNo: `L/${at}` })),
      enter(desk.newId(), { category: 'nothing of the kind' }),
      ...bills.map(submit),
      // The bill of the first one, which was written long before this one is looked at.
      enter(again, { billNo: 'l/0' }),
      submit(again),
    ];
    const { results } = await pushed(server, desk, commands);
    expect(results.map(({ status }) => status)).toEqual(
      commands.map((_, at) => (at === bills.length || at === commands.length - 1 ? 'rejected' : 'applied')),
    );
    const found = (await expensesPulled()).filter((row) => String(row?.billNo).startsWith('L/'));
    const numbers = found.map((row) => Number(/\d+$/.exec(String(row?.number))?.[0]));
    expect(numbers.sort((a, b) => a - b)).toEqual(bills.map((_, at) => at + 1));
    expect(isSound(await verifyCollege(server.context, college.id))).toBe(true);
  });

  test('a rule of the database broken at its beginning costs that command alone, and nothing is there twice', async () => {
    const { db } = server.context.database;
    await db.execute(sql`CREATE FUNCTION "no_such_bill"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'no such bill' USING ERRCODE = '23514'; END $$`);
    await db.execute(sql`CREATE TRIGGER "no_such_bill" BEFORE INSERT ON "expenses" FOR EACH ROW
      WHEN (NEW."bill_no" = 'BAD') EXECUTE FUNCTION "no_such_bill"()`);
    const bills = ids(300);
    const commands = bills.map((id, at) => enter(id, { billNo: at === 20 ? 'BAD' : `M/${at}` }));
    const { results } = await pushed(server, desk, commands);
    expect(results.flatMap(({ status }, at) => (status === 'applied' ? [] : [at]))).toEqual([20]);
    const found = (await expensesPulled()).map((row) => String(row?.billNo)).filter((bill) => bill.startsWith('M/'));
    expect(found.sort()).toEqual(bills.flatMap((_, at) => (at === 20 ? [] : [`M/${at}`])).sort());
    expect(isSound(await verifyCollege(server.context, college.id))).toBe(true);
  });

  test.each([0, 1, 140])('nothing of command %i is taken that is not signed, and all before it', async (bad) => {
    const before = (await expensesPulled()).length;
    const first = desk.seq + 1;
    const commands = ids(150).map((id, at) => enter(id, { billNo: `U${bad}/${at}` }));
    const signature = commands.at(-1)?.signature ?? '';
    const forged = commands.map((one, at) => (at === bad ? { ...one, signature } : one));
    const answer = await push(server.context, await desk.device(), forged);
    if (bad === 0) expect(answer).toMatchObject({ ok: false, error: { code: 'AUTH_BAD_SIGNATURE' } });
    else expect(answer).toMatchObject({ ok: true, value: { lastSeq: first + bad - 1 } });
    expect(await expensesPulled()).toHaveLength(before + bad);
    const { results } = await pushed(server, desk, commands);
    expect(results.map(({ duplicate }) => duplicate)).toEqual(commands.map((_, at) => at < bad));
    expect(await expensesPulled()).toHaveLength(before + commands.length);
  });

  test('a command that is not signed is no fault of the database, whatever rule it would break', async () => {
    const faults = server.faults.length;
    const good = enter(desk.newId());
    const bad = { ...enter(desk.newId(), { billNo: 'BAD' }), signature: good.signature };
    expect((await pushed(server, desk, [good, bad])).results).toHaveLength(1);
    expect(server.faults).toHaveLength(faults);
    desk.seq -= 1;
  });
}
