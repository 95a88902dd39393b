import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import type { EntryKind } from '../rows.ts';

type Args = CommandArgs['voucher.post'];

const blank = { vendorId: null, departmentCode: null, fundCode: null };
const dr = (accountCode: string, debitPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...blank,
  ...more,
  accountCode,
  debitPaise,
  creditPaise: 0n,
});
const cr = (accountCode: string, creditPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...blank,
  ...more,
  accountCode,
  debitPaise: 0n,
  creditPaise,
});

const post = (world: CollegeWorld, kind: EntryKind, lines: readonly VoucherLineFields[], more: Partial<Args> = {}) =>
  world.run(
    'voucher.post',
    {
      ...{ voucherId: world.newId(), kind, date: world.today, narration: ' Being  paid ', reference: null },
      ...{ referenceDate: null, lines, ...more },
    },
    world.accountant,
  );
const reverse = (world: CollegeWorld, voucherId: string, date = world.today) =>
  world.run('voucher.reverse', { voucherId, date, reason: 'Entered twice' }, world.accountant);
const last = (world: CollegeWorld) => {
  const found = world.books.rows('vouchers').at(-1);
  if (found === undefined) throw new Error('no voucher');
  return found;
};
const spent = (world: CollegeWorld, category: string) =>
  world.books.rows('budgets').find((budget) => budget.category === category)?.spentPaise;

describe('a voucher of each kind', () => {
  it.each<[EntryKind, (vendorId: string) => readonly VoucherLineFields[], RegExp]>([
    ['payment', () => [dr('2210', 900n), dr('5840', 100n), cr('1200', 1_000n)], /^PAY-2026-27-000001$/],
    ['receipt', () => [dr('1100', 500n), cr('1300', 500n)], /^REC-2026-27-000001$/],
    ['contra', () => [dr('1200', 700n), cr('1100', 700n)], /^CON-2026-27-000001$/],
    ['journal', () => [dr('5950', 300n), cr('1690', 300n)], /^JV-2026-27-000001$/],
    ['purchase', (vendorId) => [dr('1630', 118n), cr('2100', 118n, { vendorId })], /^PUR-2026-27-000001$/],
    ['sales', () => [dr('1300', 200n), cr('4100', 200n)], /^SAL\/26-27\/000001$/],
    ['debit_note', (vendorId) => [dr('2100', 18n, { vendorId }), cr('1630', 18n)], /^DBN\/26-27\/000001$/],
    ['credit_note', (vendorId) => [dr('4500', 50n), cr('1300', 50n, { vendorId })], /^CRN\/26-27\/000001$/],
  ])('%s is posted as it stands, under the number of its series', async (kind, lines, number) => {
    const world = await CollegeWorld.create(1, { miscellaneous: 10_000_00n });
    const given = lines(await world.vendor());
    expectOk(await post(world, kind, given, { reference: ' B/17 ', referenceDate: '2026-11-20' }));
    const voucher = last(world);
    expect(voucher).toMatchObject({
      ...{ kind, narration: 'Being paid', reference: 'B/17', referenceDate: '2026-11-20' },
      ...{ date: world.today, financialYear: '2026-27', expenseId: null, reversesId: null },
    });
    expect(voucher.number).toMatch(number);
    expect(voucher.number?.length).toBeLessThanOrEqual(kind === 'sales' || kind.endsWith('note') ? 16 : 40);
    const posted = await world.books.voucherLines(voucher.id);
    expect(posted.map(({ accountCode, debitPaise, creditPaise }) => [accountCode, debitPaise, creditPaise])).toEqual(
      given.map(({ accountCode, debitPaise, creditPaise }) => [accountCode, debitPaise, creditPaise]),
    );
  });

  it.each<[string, EntryKind, readonly VoucherLineFields[], string, string]>([
    ['a payment that brings money in', 'payment', [dr('1200', 5n), cr('2210', 5n)], 'kind', 'money'],
    ['a payment without bank or cash', 'payment', [dr('2210', 5n), cr('2100', 5n)], 'kind', 'money'],
    ['a payment that is a contra', 'payment', [dr('1100', 5n), cr('1200', 5n), cr('1210', 0n)], 'amount', 'amount'],
    ['money with nothing else', 'receipt', [dr('1100', 5n), cr('1200', 5n)], 'kind', 'money'],
    ['a contra with another account', 'contra', [dr('1100', 5n), cr('1300', 5n)], 'kind', 'money'],
    ['a journal with cash', 'journal', [dr('1300', 5n), cr('1100', 5n)], 'kind', 'money'],
    ['a purchase that owes nobody', 'purchase', [dr('1630', 5n), cr('1310', 5n)], 'kind', 'needs'],
    ['a purchase of nobody', 'purchase', [dr('1630', 5n), cr('2100', 5n)], 'vendorId', 'empty'],
    ['an invoice without income', 'sales', [dr('1300', 5n), cr('2310', 5n)], 'kind', 'needs'],
    ['one line', 'journal', [dr('1300', 5n)], 'lines', 'lines'],
    ['both sides in a line', 'journal', [{ ...dr('1300', 5n), creditPaise: 5n }, cr('1310', 5n)], 'amount', 'amount'],
    ['an amount below zero', 'journal', [dr('1300', -5n), cr('1310', -5n)], 'amount', 'amount'],
    ['no such account', 'journal', [dr('1300', 5n), cr('7777', 5n)], 'accountCode', 'unknown'],
    [
      'no such department',
      'journal',
      [dr('1300', 5n, { departmentCode: 'X' }), cr('1310', 5n)],
      'departmentCode',
      'unknown',
    ],
    ['nobody we know', 'journal', [dr('1300', 5n, { vendorId: 'x' }), cr('1310', 5n)], 'vendorId', 'unknown'],
  ])('%s is refused', async (_, kind, lines, field, reason) => {
    const world = await CollegeWorld.create();
    const refused = expectRefused(await post(world, kind, lines, { reference: 'B/1' }));
    expect(refused).toMatchObject({ code: 'VOUCHER_INVALID', details: { field, reason } });
    expect(world.books.rows('vouchers')).toEqual([]);
  });

  it('names the line that is wrong, and the two sums that differ', async () => {
    const world = await CollegeWorld.create();
    const third = [dr('1300', 5n), cr('1310', 4n), cr('7777', 1n)];
    expect(expectRefused(await post(world, 'journal', third)).details).toMatchObject({ line: 3 });
    const uneven = await post(world, 'journal', [dr('1300', 5n), cr('1310', 4n)]);
    expect(expectRefused(uneven)).toEqual({ code: 'VOUCHER_UNBALANCED', details: { debit: '5', credit: '4' } });
  });

  it('wants the bill of a purchase', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    const refused = await post(world, 'purchase', [dr('1630', 5n), cr('2100', 5n, { vendorId })], { reference: ' ' });
    expect(expectRefused(refused).details).toMatchObject({ field: 'reference', reason: 'empty' });
  });

  it('is dated in an open year and not in the future', async () => {
    const world = await CollegeWorld.create();
    const lines = [dr('1300', 5n), cr('1310', 5n)];
    const on = async (date: string) => expectRefused(await post(world, 'journal', lines, { date })).code;
    expect(await on(addDays(world.today, 1))).toBe('VOUCHER_DATE_INVALID');
    expect(await on('2025-03-31')).toBe('PERIOD_CLOSED');
    expectOk(await post(world, 'journal', lines, { date: '2025-04-01' }));
    expect(last(world)).toMatchObject({ financialYear: '2025-26', number: 'JV-2025-26-000001' });
  });

  it('keeps the cost centres of its lines, each in its place', async () => {
    const world = await CollegeWorld.create();
    const add = (code: string, kind: 'department' | 'grant') => {
      const fields = { code, name: code, kind, agency: null, sanctionNo: null, sanctionedPaise: null };
      const args = { costCentreId: world.newId(), fields: { ...fields, startsOn: null, endsOn: null } };
      return world.run('costCentre.create', args, world.accountant);
    };
    expectOk(await add('MECH', 'department'));
    expectOk(await add('DST', 'grant'));
    const of = (departmentCode: string | null, fundCode: string | null) => [
      dr('1620', 5n, { departmentCode, fundCode }),
      cr('1310', 5n),
    ];
    expectOk(await post(world, 'journal', of('MECH', 'DST')));
    expect((await world.books.voucherLines(last(world).id))[0]).toMatchObject({
      departmentCode: 'MECH',
      fundCode: 'DST',
    });
    const crossed = expectRefused(await post(world, 'journal', of('DST', null)));
    expect(crossed.details).toMatchObject({ field: 'departmentCode', reason: 'kind', line: 1 });
  });
});

describe('a voucher that spends', () => {
  it('uses the budget as far as it goes', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_000_00n });
    const pay = (amount: bigint) => post(world, 'payment', [dr('5200', amount), cr('1110', amount)]);
    expectOk(await pay(600_00n));
    expect(spent(world, 'supplies')).toBe(600_00n);
    expect(expectRefused(await pay(400_01n))).toMatchObject({
      code: 'BUDGET_INSUFFICIENT',
      details: { available: '40000', required: '40001' },
    });
    expectOk(await pay(400_00n));
  });

  it('cannot pass by what a principal decides', async () => {
    const world = await CollegeWorld.create(1, { supplies: 90_000_00n, salaries: 90_000_00n });
    const pay = async (account: string, amount: bigint) =>
      expectRefused(await post(world, 'payment', [dr(account, amount), cr('1200', amount)])).code;
    expect(await pay('5100', 1n)).toBe('VOUCHER_NEEDS_APPROVAL');
    expect(await pay('5200', 50_000_01n)).toBe('VOUCHER_NEEDS_APPROVAL');
    // Nor in slices of one voucher.
    const slices = [dr('5200', 30_000_00n), dr('5200', 30_000_00n), cr('1200', 60_000_00n)];
    expect(expectRefused(await post(world, 'payment', slices)).code).toBe('VOUCHER_NEEDS_APPROVAL');
  });
});

describe('taking a voucher back', () => {
  it('leaves every balance and budget as before it, from its day on, and the voucher where it is', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_000_00n });
    const lines = [dr('5200', 600_00n), dr('1400', 54_00n), cr('1110', 654_00n)];
    expectOk(await post(world, 'payment', lines, { date: '2026-11-03' }));
    const voucher = last(world);
    expectOk(await reverse(world, voucher.id, '2026-11-20'));
    expect([...world.balances().values()].every((balance) => balance === 0n)).toBe(true);
    expect(spent(world, 'supplies')).toBe(0n);
    expect(world.books.rows('vouchers')).toHaveLength(2);
    expect(last(world)).toMatchObject({
      ...{ kind: 'reversal', date: '2026-11-20', reversesId: voucher.id },
      narration: `Reversal of ${voucher.number}: Entered twice`,
    });
    expect(world.books.rows('vouchers')[0]).toEqual(voucher);
  });

  it('gives back to the year that was used', async () => {
    const world = await CollegeWorld.create();
    const args = { financialYear: '2025-26', category: 'supplies', allocated: { from: 0n, to: 100n } };
    expectOk(await world.run('budget.set', args, world.principal));
    expectOk(await post(world, 'payment', [dr('5200', 100n), cr('1110', 100n)], { date: '2026-03-31' }));
    expectOk(await reverse(world, last(world).id));
    const kept = world.books.rows('budgets').map(({ financialYear, spentPaise }) => [financialYear, spentPaise]);
    expect(kept).toEqual([['2025-26', 0n]]);
  });

  it('happens once, not before its day, and not to what is itself a reversal or has a document', async () => {
    const world = await CollegeWorld.create(1, { supplies: 90_000_00n });
    expectOk(await post(world, 'journal', [dr('1300', 5n), cr('1310', 5n)], { date: '2026-11-10' }));
    const { id } = last(world);
    expect(expectRefused(await reverse(world, id, '2026-11-09')).code).toBe('REVERSAL_DATE_INVALID');
    expectOk(await reverse(world, id, '2026-11-12'));
    expect(expectRefused(await reverse(world, id))).toEqual({
      code: 'VOUCHER_REVERSED',
      details: { date: '2026-11-12' },
    });
    expect(expectRefused(await reverse(world, last(world).id)).code).toBe('VOUCHER_IS_REVERSAL');
    const expense = await world.submitted();
    expect(expectRefused(await reverse(world, expense.voucherId ?? '')).code).toBe('VOUCHER_OF_EXPENSE');
    expect(expectRefused(await reverse(world, world.newId())).code).toBe('NOT_FOUND');
  });
});
