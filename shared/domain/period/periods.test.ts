import { describe, expect, it } from 'vitest';
import { parseCanonical } from '../../kernel/canonical.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { EntryKind, Person } from '../rows.ts';

/** The world's day is 21 November 2026. */
const close = (world: CollegeWorld, month: string, by: Person = world.accountant) =>
  world.run('period.close', { month }, by);
const open = (world: CollegeWorld, month: string, by: Person = world.principal) =>
  world.run('period.reopen', { month, reason: 'A late bill' }, by);
const closeYear = (world: CollegeWorld, financialYear = '2025-26', by: Person = world.principal) =>
  world.run('year.close', { financialYear }, by);
const ask = (world: CollegeWorld, by: Person, financialYear = '2025-26') =>
  world.run('year.askReopen', { financialYear, reason: 'The auditor found a bill' }, by);
const reopen = (world: CollegeWorld, by: Person, financialYear = '2025-26') =>
  world.run('year.reopen', { financialYear }, by);

const line = (accountCode: string, debitPaise: bigint, creditPaise: bigint) => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null, debitPaise, creditPaise },
});
const journal = (world: CollegeWorld, date: string) => entry(world, 'journal', date, '1310', '1300', 500n);
const fee = (world: CollegeWorld, date: string, amount: bigint) =>
  entry(world, 'receipt', date, '4100', '1200', amount);
const entry = (world: CollegeWorld, kind: EntryKind, date: string, from: string, to: string, amount: bigint) => {
  const lines = [line(to, amount, 0n), line(from, 0n, amount)];
  const paper = { narration: '', reference: null, referenceDate: null };
  const args = { voucherId: world.newId(), kind, date, ...paper, lines };
  return world.run('voucher.post', args, world.accountant);
};
const reasonOf = (refused: { readonly details: object }) => (refused.details as { reason?: string }).reason;

describe('a month', () => {
  it('that is closed takes no postings and no reversals until it is opened again', async () => {
    const world = await CollegeWorld.create();
    expectOk(await journal(world, '2026-10-05'));
    const voucherId = world.books.rows('vouchers')[0]?.id ?? '';
    expectOk(await close(world, '2026-10'));
    const closed = { code: 'PERIOD_CLOSED', details: { date: '2026-10-31' } };
    expect(expectRefused(await journal(world, '2026-10-31'))).toEqual(closed);
    const args = { voucherId, date: '2026-10-31', reason: 'Entered twice' };
    expect(expectRefused(await world.run('voucher.reverse', args, world.accountant))).toEqual(closed);
    expectOk(await journal(world, '2026-11-01'));
    expectOk(await journal(world, '2026-09-30'));
    expectOk(await open(world, '2026-10'));
    expectOk(await journal(world, '2026-10-31'));
    expect(world.books.rows('periods')).toMatchObject([
      { name: '2026-10', isClosed: false, closedByName: 'Asha Kulkarni', askedByName: 'Dr. Meera Iyer', revision: 2 },
    ]);
  });

  it('can only be closed when it is over, once, and opened by who may', async () => {
    const world = await CollegeWorld.create();
    expect(reasonOf(expectRefused(await close(world, '2026-11')))).toBe('not_over');
    expectOk(await close(world, '2026-10'));
    expect(reasonOf(expectRefused(await close(world, '2026-10')))).toBe('closed');
    expect(expectRefused(await open(world, '2026-10', world.accountant)).code).toBe('AUTH_FORBIDDEN');
    expect(reasonOf(expectRefused(await open(world, '2026-09')))).toBe('open');
    expectOk(await open(world, '2026-10'));
    expectOk(await close(world, '2026-10'));
    expect(world.books.rows('periods')[0]).toMatchObject({ isClosed: true, askedBy: null, reason: null, revision: 3 });
  });

  it('that is closed sends late bills to the first open day after it, with their own date as reference', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    expectOk(await close(world, '2026-09'));
    expectOk(await close(world, '2026-10'));
    const expense = await world.submitted({ billDate: '2026-09-12', billNo: 'B-1' });
    const voucher = world.books.rows('vouchers')[0];
    expect(voucher).toMatchObject({ date: '2026-11-01', reference: 'B-1', referenceDate: '2026-09-12' });
    expect(voucher?.narration).toContain('of 12-09-2026');
    expect(expense.billDate).toBe('2026-09-12');
    expect(world.books.rows('bill_allocations')[0]).toMatchObject({ date: '2026-11-01', billDate: '2026-09-12' });
  });

  it('that is closed takes no payment either: the payment is dated in an open one', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const expense = await world.submitted({ billDate: '2026-10-12' });
    expectOk(await close(world, '2026-10'));
    const pay = (paidOn: string) =>
      world.run(
        'expense.pay',
        { expenseId: expense.id, paidOn, reference: 'CHQ 4', accountCode: '1200' },
        world.accountant,
      );
    expect(expectRefused(await pay('2026-10-20')).code).toBe('PERIOD_CLOSED');
    expectOk(await pay('2026-11-02'));
  });
});

describe('a financial year', () => {
  it('is closed with the balances it ended with, and takes nothing any more', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    expectOk(await fee(world, '2025-06-10', 700n));
    expectOk(await journal(world, '2026-02-10'));
    expectOk(await fee(world, '2026-04-01', 9n));
    expectOk(await closeYear(world));
    const figures = parseCanonical(world.books.rows('periods')[0]?.figures ?? '');
    expect(figures).toEqual({
      balances: { 1200: 700n, 1300: 500n, 1310: -500n, 4100: -700n },
      surplusPaise: 700n,
    });
    expect(expectRefused(await journal(world, '2025-12-31')).code).toBe('PERIOD_CLOSED');
    expectOk(await journal(world, '2026-04-01'));
  });

  it('sends its late bills into the next one, and to that budget', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    expectOk(await closeYear(world));
    const expense = await world.submitted({ billDate: '2026-03-20', billNo: 'B-7' });
    expect(expense.financialYear).toBe('2026-27');
    expect(world.books.rows('vouchers')[0]).toMatchObject({ date: '2026-04-01', financialYear: '2026-27' });
    expect(world.books.rows('budgets')).toMatchObject([{ financialYear: '2026-27', spentPaise: 1_000_00n }]);
    const again = await world.draft({ vendorId: expense.vendorId, billNo: expense.billNo, billDate: '2026-03-20' });
    await world.attach(again.id);
    expect(expectRefused(await world.submit(again.id)).code).toBe('EXPENSE_DUPLICATE_BILL');
  });

  it('is closed when it is over, after the one before it, and not while its bills wait', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_00_000_00n });
    expect(reasonOf(expectRefused(await closeYear(world, '2026-27')))).toBe('not_over');
    expect(expectRefused(await closeYear(world, '2025-26', world.accountant)).code).toBe('AUTH_FORBIDDEN');
    const args = { financialYear: '2025-26', category: 'supplies', allocated: { from: 0n, to: 1_00_000_00n } };
    expectOk(await world.run('budget.set', args, world.principal));
    const expense = await world.submitted({ billDate: '2026-03-20', taxablePaise: 60_000_00n });
    expect(reasonOf(expectRefused(await closeYear(world)))).toBe('waiting');
    expectOk(await world.approve(expense));
    world.now += 365 * 86_400_000;
    expect(reasonOf(expectRefused(await closeYear(world, '2026-27')))).toBe('year_before');
    expectOk(await closeYear(world));
    expectOk(await closeYear(world, '2026-27'));
    expect(reasonOf(expectRefused(await open(world, '2026-05')))).toBe('open');
  });

  it('is opened by two people', async () => {
    const world = await CollegeWorld.create();
    expectOk(await closeYear(world));
    expect(reasonOf(expectRefused(await reopen(world, world.principal)))).toBe('not_asked');
    expectOk(await ask(world, world.principal));
    expect(reasonOf(expectRefused(await ask(world, world.accountant)))).toBe('asked');
    expect(reasonOf(expectRefused(await reopen(world, world.principal)))).toBe('same_person');
    expect(expectRefused(await reopen(world, world.accountant)).code).toBe('AUTH_FORBIDDEN');
    expectOk(await reopen(world, world.secondPrincipal));
    expectOk(await journal(world, '2026-02-10'));
    expect(reasonOf(expectRefused(await reopen(world, world.secondPrincipal)))).toBe('open');
    expectOk(await closeYear(world));
    expect(world.books.rows('periods')[0]).toMatchObject({ isClosed: true, askedBy: null, revision: 4 });
  });

  it('is not opened under a closed one after it, nor a month of it', async () => {
    const world = await CollegeWorld.create();
    expectOk(await close(world, '2026-02'));
    expectOk(await closeYear(world));
    expect(reasonOf(expectRefused(await open(world, '2026-02')))).toBe('year_closed');
    world.now += 365 * 86_400_000;
    expectOk(await closeYear(world, '2026-27'));
    expectOk(await ask(world, world.accountant));
    expect(reasonOf(expectRefused(await reopen(world, world.principal)))).toBe('year_closed');
  });
});
