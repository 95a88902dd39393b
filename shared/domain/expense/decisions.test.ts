import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';

const crore = 1_00_00_000_00n;
const big = { taxablePaise: 60_000_00n };
const world1 = () => CollegeWorld.create(1, { supplies: crore });
const budget = (world: CollegeWorld) => world.books.rows('budgets')[0];

describe('approving', () => {
  it('posts expense and eligible GST to debit, vendor and TDS to credit, and moves the budget', async () => {
    const world = await world1();
    const gst = { cgstPaise: 5_400_00n, sgstPaise: 5_400_00n, itcEligible: true, tdsPaise: 600_00n };
    const expense = await world.submitted({ ...big, ...gst });
    expect(budget(world)).toMatchObject({ committedPaise: 60_000_00n, spentPaise: 0n });
    expectOk(await world.approve(expense));
    const lines = world.books
      .rows('voucher_lines')
      .map((l) => [l.accountCode, l.debitPaise, l.creditPaise, l.category]);
    expect(lines).toEqual([
      ['5200', 60_000_00n, 0n, 'supplies'],
      ['1400', 5_400_00n, 0n, null],
      ['1410', 5_400_00n, 0n, null],
      ['2100', 0n, 70_200_00n, null],
      ['2200', 0n, 600_00n, null],
    ]);
    expect(world.expense(expense.id)).toMatchObject({
      status: 'approved',
      decidedBy: world.principal.id,
      decidedByName: 'Dr. Meera Iyer',
      decidedAt: world.now,
      dueAt: null,
      committedPaise: 0n,
      revision: expense.revision + 1,
    });
    expect(budget(world)).toMatchObject({ committedPaise: 0n, spentPaise: 60_000_00n });
  });

  it('makes GST that does not come back a part of the expense', async () => {
    const world = await world1();
    const expense = await world.submitted({ ...big, igstPaise: 10_800_00n });
    expectOk(await world.approve(expense));
    expect(Object.fromEntries(world.balances())).toEqual({ '5200': 70_800_00n, '2100': -70_800_00n });
    expect(budget(world)?.spentPaise).toBe(70_800_00n);
  });

  it('is refused when an account it posts to is not in use', async () => {
    const world = await world1();
    const expense = await world.submitted({ ...big, tdsPaise: 1n });
    const payable = world.books.rows('accounts').find((account) => account.role === 'tds_payable');
    if (payable === undefined) throw new Error('no account');
    world.books.apply([{ table: 'accounts', row: { ...payable, isActive: false } }]);
    const refused = expectRefused(await world.approve(expense));
    expect(refused).toEqual({ code: 'GL_CODE_UNKNOWN', details: { glCode: 'tds_payable' } });
    expect(world.expense(expense.id).status).toBe('submitted');
  });

  it('is about what was seen', async () => {
    const world = await world1();
    const seen = await world.submitted(big);
    await world.attach(seen.id);
    expect(expectRefused(await world.approve(seen))).toEqual({ code: 'COMMAND_STALE', details: { what: 'expense' } });
    expectOk(await world.approve(world.expense(seen.id)));
  });

  it('is for another than the maker, whatever his role is by now', async () => {
    const world = await world1();
    const expense = await world.submitted(big);
    const promoted = { ...world.accountant, role: 'principal' } as const;
    const attempt = await world.approve(expense, null, promoted);
    expect(expectRefused(attempt).code).toBe('APPROVAL_OWN');
  });

  it('happens once: the second person is told who decided, what and when', async () => {
    const world = await world1();
    const expense = await world.submitted(big);
    expectOk(await world.approve(expense));
    const details = { name: 'Dr. Meera Iyer', at: '21-11-2026 10:00', decision: 'approved' };
    const late = { expenseId: expense.id, revision: expense.revision, reason: 'too dear' };
    for (const name of ['expense.return', 'expense.reject'] as const) {
      expect(expectRefused(await world.run(name, late, world.secondPrincipal))).toEqual({
        code: 'APPROVAL_DECIDED',
        details,
      });
    }
    expect(expectRefused(await world.approve(expense, null, world.secondPrincipal)).details).toEqual(details);
  });

  it('is not for what nobody submitted, or what the policy approved', async () => {
    const world = await world1();
    const draft = await world.draft(big);
    const refused = expectRefused(await world.approve(draft));
    expect(refused).toEqual({ code: 'EXPENSE_WRONG_STATE', details: { status: 'draft', action: 'approve' } });
    const byPolicy = await world.submitted();
    expect(expectRefused(await world.approve(byPolicy)).code).toBe('EXPENSE_WRONG_STATE');
  });

  it('is refused when the year of the bill is closed by then', async () => {
    const world = await CollegeWorld.create(1);
    const old = { ...big, billDate: '2025-04-01' };
    const expense = await world.submitted(old, 'Arrears of last year');
    world.now = Date.UTC(2027, 3, 1);
    const refused = expectRefused(await world.approve(expense, 'Arrears'));
    expect(refused).toEqual({ code: 'PERIOD_CLOSED', details: { date: '2025-04-01' } });
  });
});

describe('the budget at the decision', () => {
  it('counts what the expense itself holds as its own', async () => {
    const world = await CollegeWorld.create(1, { supplies: 60_000_00n });
    expectOk(await world.approve(await world.submitted(big)));
    expect(budget(world)).toMatchObject({ committedPaise: 0n, spentPaise: 60_000_00n });
  });

  it('is exceeded only with a reason of the decider, which is recorded', async () => {
    const world = await CollegeWorld.create(1, { supplies: 59_999_99n });
    const expense = await world.submitted(big, 'asked');
    const refused = expectRefused(await world.approve(expense, ' '));
    expect(refused).toEqual({
      code: 'BUDGET_INSUFFICIENT',
      details: {
        category: 'Office Supplies',
        categoryHi: 'कार्यालय सामग्री',
        available: '5999999',
        required: '6000000',
      },
    });
    expectOk(await world.approve(expense, 'University inspection'));
    expect(world.expense(expense.id)).toMatchObject({ overBudget: true, overBudgetReason: 'University inspection' });
    expect(budget(world)?.spentPaise).toBe(60_000_00n);
  });

  it('needs no reason any more when it was raised meanwhile', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1n });
    const expense = await world.submitted(big, 'asked');
    await world.setBudget('supplies', crore);
    expectOk(await world.approve(expense, 'in case'));
    expect(world.expense(expense.id)).toMatchObject({ overBudget: false, overBudgetReason: null });
  });

  it('is looked at again when another one was approved over it', async () => {
    const world = await CollegeWorld.create(1, { supplies: 60_000_00n });
    const first = await world.submitted(big);
    const over = await world.submitted(big, 'asked');
    expectOk(await world.approve(over, 'urgent'));
    expect(expectRefused(await world.approve(first)).code).toBe('BUDGET_INSUFFICIENT');
    expectOk(await world.approve(first, 'promised before'));
  });
});

describe('returning and rejecting', () => {
  it.each([
    ['expense.return', 'returned'],
    ['expense.reject', 'rejected'],
  ] as const)('%s needs a reason, frees the budget and posts nothing', async (name, status) => {
    const world = await world1();
    const { id: expenseId, revision } = await world.submitted(big);
    const decide = (reason: string) => world.run(name, { expenseId, revision, reason }, world.superAccountant);
    expect(expectRefused(await decide('  ')).code).toBe('APPROVAL_REASON_REQUIRED');
    expectOk(await decide(' Wrong vendor '));
    expect(world.expense(expenseId)).toMatchObject({
      status,
      decisionComment: 'Wrong vendor',
      decidedByName: 'Rohan Deshpande',
      committedPaise: 0n,
      dueAt: null,
      voucherId: null,
    });
    expect(budget(world)).toMatchObject({ committedPaise: 0n, spentPaise: 0n });
    expect(world.books.rows('vouchers')).toEqual([]);
    const late = { expenseId, revision, comment: null, overBudgetReason: null };
    expect(expectRefused(await world.run('expense.approve', late, world.principal)).details.decision).toBe(status);
  });

  it('lets a returned expense be mended and decided anew', async () => {
    const world = await world1();
    const { id: expenseId, revision } = await world.submitted(big);
    expectOk(await world.run('expense.return', { expenseId, revision, reason: 'wrong amount' }, world.principal));
    const edits = { taxablePaise: { from: 60_000_00n, to: 70_000_00n } };
    expectOk(await world.run('expense.edit', { expenseId, edits }, world.accountant));
    expectOk(await world.submit(expenseId));
    expect(world.expense(expenseId)).toMatchObject({
      status: 'submitted',
      decidedBy: null,
      committedPaise: 70_000_00n,
    });
    const stale = { expenseId, revision, comment: null, overBudgetReason: null };
    expect(expectRefused(await world.run('expense.approve', stale, world.secondPrincipal)).code).toBe('COMMAND_STALE');
    expectOk(await world.approve(world.expense(expenseId)));
    expect(budget(world)).toMatchObject({ committedPaise: 0n, spentPaise: 70_000_00n });
  });
});

describe('cancelling', () => {
  it('frees the budget, keeps the number and ends there', async () => {
    const world = await world1();
    const { id: expenseId } = await world.submitted(big);
    const cancel = (reason: string) => world.run('expense.cancel', { expenseId, reason }, world.accountant);
    expect(expectRefused(await cancel(' ')).code).toBe('APPROVAL_REASON_REQUIRED');
    expectOk(await cancel('entered twice'));
    expect(world.expense(expenseId)).toMatchObject({ status: 'cancelled', number: 'EXP-2026-27-000001', dueAt: null });
    expect(budget(world)).toMatchObject({ committedPaise: 0n, spentPaise: 0n });
    expect(expectRefused(await cancel('again')).code).toBe('EXPENSE_WRONG_STATE');
  });

  it('is not for what is posted', async () => {
    const world = await world1();
    const { id: expenseId } = await world.submitted();
    const cancel = await world.run('expense.cancel', { expenseId, reason: 'no' }, world.accountant);
    expect(expectRefused(cancel).details).toEqual({ status: 'approved', action: 'cancel' });
  });
});
