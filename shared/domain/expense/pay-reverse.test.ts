import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodBill } from '../../testing/arbitraries.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { CommandArgs } from '../command/args.ts';

const crore = 1_00_00_000_00n;
const world1 = () => CollegeWorld.create(1, { supplies: crore });

const pay = (world: CollegeWorld, args: Partial<CommandArgs['expense.pay']> & { expenseId: string }) =>
  world.run('expense.pay', { paidOn: world.today, reference: 'UTR 1', accountCode: '1200', ...args }, world.accountant);

const reverse = (world: CollegeWorld, expenseId: string, date = world.today, reason = 'Wrong vendor') =>
  world.run('expense.reverse', { expenseId, date, reason }, world.accountant);

describe('recording a payment', () => {
  it('clears the vendor against the bank, less the TDS', async () => {
    const world = await world1();
    const expense = await world.submitted({ taxablePaise: 10_000_00n, tdsPaise: 200_00n });
    world.now += 86_400_000;
    expectOk(await pay(world, { expenseId: expense.id, reference: ' HDFCN12345 ' }));
    expect(Object.fromEntries(world.balances())).toEqual({
      '5200': 10_000_00n,
      '2200': -200_00n,
      '2100': 0n,
      '1200': -9_800_00n,
    });
    expect(world.expense(expense.id)).toMatchObject({
      status: 'paid',
      paidOn: '2026-11-22',
      paymentReference: 'HDFCN12345',
    });
    const voucher = world.books.rows('vouchers').at(-1);
    expect(voucher).toMatchObject({ kind: 'payment', number: 'PAY-2026-27-000001', date: '2026-11-22' });
    expect(world.expense(expense.id).paymentVoucherId).toBe(voucher?.id);
    expect(expectRefused(await pay(world, { expenseId: expense.id })).code).toBe('EXPENSE_WRONG_STATE');
  });

  it.each<[Partial<CommandArgs['expense.pay']>, string]>([
    [{ accountCode: '5200' }, 'PAYMENT_ACCOUNT_INVALID'],
    [{ accountCode: '2100' }, 'PAYMENT_ACCOUNT_INVALID'],
    [{ accountCode: '7777' }, 'PAYMENT_ACCOUNT_INVALID'],
    [{ reference: '  ' }, 'EXPENSE_FIELD_REQUIRED'],
    [{ paidOn: '2026-11-22' }, 'PAYMENT_DATE_INVALID'],
    [{ paidOn: '2025-03-31' }, 'PERIOD_CLOSED'],
    [{ paidOn: '2027-04-01' }, 'PERIOD_CLOSED'],
  ])('with %j is refused', async (args, code) => {
    const world = await world1();
    const { id: expenseId } = await world.submitted();
    expect(expectRefused(await pay(world, { expenseId, ...args })).code).toBe(code);
    expect(world.expense(expenseId).status).toBe('approved');
  });

  it('is not for a bill that the TDS used up', async () => {
    const world = await world1();
    const { id: expenseId } = await world.submitted({ tdsPaise: 1_000_00n });
    expect(Object.fromEntries(world.balances())).toEqual({ '5200': 1_000_00n, '2200': -1_000_00n });
    expect(expectRefused(await pay(world, { expenseId })).code).toBe('EXPENSE_AMOUNT_INVALID');
  });

  it('is only for what is approved', async () => {
    const world = await world1();
    const { id: expenseId } = await world.submitted({ taxablePaise: 60_000_00n });
    expect(expectRefused(await pay(world, { expenseId })).details).toEqual({ status: 'submitted', action: 'pay' });
  });
});

describe('taking an expense back', () => {
  it('leaves every account and the budget as if it had not been', async () => {
    await fc.assert(
      fc.asyncProperty(goodBill, fc.nat(200), async (bill, daysLater) => {
        const world = await CollegeWorld.create(1, {
          supplies: crore,
          salaries: crore,
          utilities: crore,
          library: crore,
        });
        const before = world.books
          .rows('budgets')
          .map(({ committedPaise, spentPaise }) => [committedPaise, spentPaise]);
        const expense = await world.submitted(bill);
        if (expense.status === 'submitted') expectOk(await world.approve(expense));
        expect([...world.balances().values()].some((balance) => balance !== 0n)).toBe(true);
        world.now += daysLater * 86_400_000;
        expectOk(await reverse(world, expense.id));
        expect([...world.balances().values()].every((balance) => balance === 0n)).toBe(true);
        expect(world.books.rows('budgets').map((b) => [b.committedPaise, b.spentPaise])).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('is a dated entry that names what it reverses', async () => {
    const world = await world1();
    const expense = await world.submitted({ billDate: '2026-11-01' });
    expectOk(await reverse(world, expense.id, '2026-11-20'));
    expect(world.books.rows('vouchers').at(-1)).toMatchObject({
      kind: 'reversal',
      number: 'JV-2026-27-000002',
      date: '2026-11-20',
      reversesId: expense.voucherId,
      narration: 'Reversal of EXP-2026-27-000001: Wrong vendor',
    });
    expect(world.expense(expense.id)).toMatchObject({ status: 'reversed', voucherId: expense.voucherId });
    expect(expectRefused(await reverse(world, expense.id)).code).toBe('EXPENSE_WRONG_STATE');
  });

  it('after payment leaves the vendor owing what he got', async () => {
    const world = await world1();
    const { id: expenseId } = await world.submitted({ taxablePaise: 2_000_00n });
    expectOk(await pay(world, { expenseId }));
    expectOk(await reverse(world, expenseId));
    expect(Object.fromEntries(world.balances())).toEqual({ '5200': 0n, '2100': 2_000_00n, '1200': -2_000_00n });
  });

  it.each([
    ['2026-11-22', 'Wrong', 'REVERSAL_DATE_INVALID'],
    ['2026-11-14', 'Wrong', 'REVERSAL_DATE_INVALID'],
    ['2025-03-31', 'Wrong', 'PERIOD_CLOSED'],
    ['2026-11-21', ' ', 'APPROVAL_REASON_REQUIRED'],
  ])('on %s because of %j is refused', async (date, reason, code) => {
    const world = await world1();
    const { id } = await world.submitted({ billDate: '2026-11-15' });
    expect(expectRefused(await reverse(world, id, date, reason)).code).toBe(code);
    expect(world.books.rows('vouchers')).toHaveLength(1);
  });

  it('is not for what is not posted', async () => {
    const world = await world1();
    const { id } = await world.draft();
    expect(expectRefused(await reverse(world, id)).details).toEqual({ status: 'draft', action: 'reverse' });
  });
});
