import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { Category, Expense } from '../rows.ts';

const HOUR = 3_600_000;
const crore = 1_00_00_000_00n;
const budgets = { supplies: crore, salaries: crore };

const budgetOf = (world: CollegeWorld, category: string) =>
  world.books.rows('budgets').find((budget) => budget.category === category);

/** Account code, debit, credit of the expense's voucher. */
const linesOf = (world: CollegeWorld, voucherId: Expense['voucherId']) =>
  world.books
    .rows('voucher_lines')
    .filter((line) => line.voucherId === voucherId)
    .map((line) => [line.accountCode, line.debitPaise, line.creditPaise]);

describe('submitting a small bill', () => {
  it('approves and posts it at once by policy', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const expense = await world.submitted({ billNo: 'INV/7', billDate: '2026-10-31' });
    expect(expense).toMatchObject({
      status: 'approved',
      number: 'EXP-2026-27-000001',
      submittedAt: world.now,
      decidedAt: world.now,
      decidedBy: null,
      decidedByName: null,
      dueAt: null,
      committedPaise: 0n,
      overBudget: false,
    });
    expect(linesOf(world, expense.voucherId)).toEqual([
      ['5200', 1_000_00n, 0n],
      ['2100', 0n, 1_000_00n],
    ]);
    expect(world.books.rows('vouchers')[0]).toMatchObject({
      number: 'JV-2026-27-000001',
      kind: 'journal',
      date: '2026-10-31',
      expenseId: expense.id,
      postedBy: world.accountant.id,
    });
    expect(budgetOf(world, 'supplies')).toMatchObject({ committedPaise: 0n, spentPaise: 1_000_00n });
  });

  it('waits for a principal from the first paisa above the limit', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const at = await world.submitted({ taxablePaise: 50_000_00n });
    const above = await world.submitted({ taxablePaise: 50_000_01n });
    expect([at.status, above.status]).toEqual(['approved', 'submitted']);
    expect(above).toMatchObject({
      number: 'EXP-2026-27-000002',
      committedPaise: 50_000_01n,
      dueAt: world.now + 48 * HOUR,
      voucherId: null,
      decidedAt: null,
    });
    expect(budgetOf(world, 'supplies')).toMatchObject({ committedPaise: 50_000_01n, spentPaise: 50_000_00n });
  });

  it('counts the gross bill against the limit, but only the net against the budget when the GST comes back', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const gst = { cgstPaise: 4_050_00n, sgstPaise: 4_050_00n, itcEligible: true };
    const expense = await world.submitted({ taxablePaise: 45_000_00n, ...gst });
    expect(expense).toMatchObject({ status: 'submitted', totalPaise: 53_100_00n, committedPaise: 45_000_00n });
  });

  it('waits whatever the amount where the category says so', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const expense = await world.submitted({ category: 'salaries', accountCode: '5100', taxablePaise: 1n });
    expect(expense.status).toBe('submitted');
  });
});

describe('submitting is refused', () => {
  it('without a receipt, from the threshold of the category upwards', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const below = await world.draft({ taxablePaise: 4_999_99n });
    const at = await world.draft({ taxablePaise: 5_000_00n });
    const always = await world.draft({ category: 'salaries', accountCode: '5100', taxablePaise: 1n });
    expectOk(await world.submit(below.id));
    const refused = expectRefused(await world.submit(at.id));
    expect(refused).toEqual({ code: 'EXPENSE_RECEIPT_REQUIRED', details: { threshold: '500000' } });
    expect(expectRefused(await world.submit(always.id)).details).toEqual({ threshold: '0' });
  });

  it('beyond the budget without a reason, to the paisa', async () => {
    const world = await CollegeWorld.create(1, { supplies: 3_000_00n });
    await world.submitted({ taxablePaise: 1_000_00n });
    const tooMuch = await world.draft({ taxablePaise: 2_000_01n });
    const fits = await world.draft({ taxablePaise: 2_000_00n });
    const named = { category: 'Office Supplies', categoryHi: 'कार्यालय सामग्री' };
    const details = { ...named, available: '200000', required: '200001' };
    expect(expectRefused(await world.submit(tooMuch.id))).toEqual({ code: 'BUDGET_INSUFFICIENT', details });
    expect(expectRefused(await world.submit(tooMuch.id, '  ')).code).toBe('BUDGET_INSUFFICIENT');
    expectOk(await world.submit(fits.id));
  });

  it('where nothing was allocated', async () => {
    const world = await CollegeWorld.create();
    const draft = await world.draft();
    expect(expectRefused(await world.submit(draft.id)).details).toMatchObject({ available: '0' });
  });

  it('for a bill of the vendor that was submitted before in the year, in small or capital letters', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const vendorId = await world.vendor();
    const first = await world.submitted({ vendorId, billNo: 'INV/7' });
    const again = await world.draft({ vendorId, billNo: 'inv/7' });
    const refused = expectRefused(await world.submit(again.id));
    expect(refused.code).toBe('EXPENSE_DUPLICATE_BILL');
    expect(refused.details).toMatchObject({ billNo: 'inv/7', reference: 'EXP-2026-27-000001', expenseId: first.id });
    const others = [
      await world.draft({ vendorId, billNo: 'INV/8' }),
      await world.draft({ vendorId, billNo: null }),
      await world.draft({ billNo: 'INV/7' }),
    ];
    for (const other of others) expectOk(await world.submit(other.id));
    expectOk(
      await world.run('expense.reverse', { expenseId: first.id, date: world.today, reason: 'wrong' }, world.accountant),
    );
    expectOk(await world.submit(again.id));
  });

  it('for one of two drafts of a bill, after the other went', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const vendorId = await world.vendor();
    const [a, b] = [await world.draft({ vendorId, billNo: '1' }), await world.draft({ vendorId, billNo: '1' })];
    expectOk(await world.submit(b.id));
    expect(expectRefused(await world.submit(a.id)).code).toBe('EXPENSE_DUPLICATE_BILL');
  });

  it('for a draft that became too old or lost its category', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const draft = await world.draft();
    const category = world.books.rows('categories').find((row): row is Category => row.code === 'supplies');
    if (category === undefined) throw new Error('no category');
    world.books.apply([{ table: 'categories', row: { ...category, isActive: false } }]);
    expect(expectRefused(await world.submit(draft.id)).code).toBe('CATEGORY_UNKNOWN');
    world.books.apply([{ table: 'categories', row: category }]);
    world.now = Date.UTC(2028, 3, 1);
    expect(expectRefused(await world.submit(draft.id)).code).toBe('EXPENSE_DATE_INVALID');
  });

  it('while it waits already, and for what is not there', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const expense = await world.submitted({ taxablePaise: 60_000_00n });
    expect(expectRefused(await world.submit(expense.id)).code).toBe('EXPENSE_WRONG_STATE');
    expect(expectRefused(await world.submit(world.newId())).code).toBe('NOT_FOUND');
  });
});

describe('a request over the budget', () => {
  it('waits with its reason and takes no room from what fits', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const over = await world.submitted({ taxablePaise: 10_000_01n }, 'Inspection on Monday');
    expect(over).toMatchObject({
      status: 'submitted',
      overBudget: true,
      overBudgetReason: 'Inspection on Monday',
      committedPaise: 0n,
    });
    const fits = await world.submitted({ taxablePaise: 10_000_00n }, 'not needed');
    expect(fits).toMatchObject({ status: 'approved', overBudget: false, overBudgetReason: null });
  });
});

describe('numbers', () => {
  it('are given once, at the first submission, and begin anew each year', async () => {
    const world = await CollegeWorld.create(1, budgets);
    const expense = await world.submitted({ taxablePaise: 60_000_00n });
    const back = { expenseId: expense.id, revision: expense.revision, reason: 'wrong vendor' };
    expectOk(await world.run('expense.return', back, world.principal));
    expectOk(await world.submit(expense.id));
    expect(world.expense(expense.id).number).toBe('EXP-2026-27-000001');
    expect((await world.submitted()).number).toBe('EXP-2026-27-000002');
    world.now = Date.UTC(2027, 3, 1);
    await world.setBudget('supplies', crore);
    const next = await world.submitted();
    expect(next.number).toBe('EXP-2027-28-000001');
    expect(world.books.rows('vouchers').at(-1)?.number).toBe('JV-2027-28-000001');
  });

  it('are left open by a desk', async () => {
    const world = await CollegeWorld.create(1, budgets);
    world.authority = 'desk';
    const expense = await world.submitted();
    expect(expense).toMatchObject({ status: 'approved', number: null });
    expect(world.books.rows('vouchers')[0]?.number).toBeNull();
    expect(world.books.rows('number_series')).toEqual([]);
  });
});
