import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectRefused } from '../../testing/college-world.ts';
import type { ExpenseStatus } from '../rows.ts';
import { allowedActions, type ExpenseAction, lifeCycle, stateRefusal } from './life-cycle.ts';

const makers: Readonly<Record<ExpenseStatus, readonly ExpenseAction[]>> = {
  draft: ['edit', 'submit', 'cancel', 'attach_receipt', 'remove_receipt'],
  submitted: ['cancel', 'attach_receipt'],
  returned: ['edit', 'submit', 'cancel', 'attach_receipt', 'remove_receipt'],
  approved: ['pay', 'take_payment', 'reverse'],
  payable: ['pay', 'take_payment', 'reverse'],
  paying: ['pay', 'give_back_payment'],
  paid: ['reverse'],
  reconciled: ['reverse'],
  rejected: [],
  cancelled: [],
  reversed: [],
};
const statuses = Object.keys(makers) as ExpenseStatus[];

describe('the life of an expense', () => {
  it.each(statuses)('gives people their actions while it is %s', async (status) => {
    const world = await CollegeWorld.create();
    const { college, collegeId } = world;
    const expense = { collegeId, status, makerId: world.accountant.id };
    expect(allowedActions(expense, world.accountant, college)).toEqual(makers[status]);
    const deciding =
      status === 'submitted' ? ['approve', 'return', 'reject'] : status === 'paying' ? ['take_away_payment'] : [];
    expect(allowedActions(expense, world.principal, college)).toEqual(deciding);
    const reversing = makers[status].includes('reverse') ? ['reverse'] : [];
    expect(allowedActions(expense, world.superAccountant, college)).toEqual([...deciding, ...reversing]);
    expect(allowedActions(expense, world.auditor, college)).toEqual([]);
    expect(allowedActions(expense, world.itAdmin, college)).toEqual([]);
  });

  it('gives nothing to the maker as a decider, to people out of service, and in a college out of use', async () => {
    const world = await CollegeWorld.create();
    const { college, collegeId, principal } = world;
    const expense = { collegeId, status: 'submitted', makerId: principal.id } as const;
    expect(allowedActions(expense, principal, college)).toEqual([]);
    expect(allowedActions(expense, world.secondPrincipal, college)).toHaveLength(3);
    expect(allowedActions(expense, { ...world.secondPrincipal, isActive: false }, college)).toEqual([]);
    expect(allowedActions(expense, world.secondPrincipal, { ...college, isActive: false })).toEqual([]);
    expect(allowedActions(expense, { ...world.secondPrincipal, collegeId: world.newId() }, college)).toEqual([]);
  });

  it('never leaves an end, and reaches every state of this version', () => {
    const reached = new Set(Object.values(lifeCycle).flatMap((step) => step.to));
    expect([...reached].sort()).toEqual([
      'approved',
      'cancelled',
      'paid',
      'payable',
      'paying',
      'rejected',
      'returned',
      'reversed',
      'submitted',
    ]);
    for (const end of ['rejected', 'cancelled', 'reversed'] as const) {
      for (const action of Object.keys(lifeCycle) as ExpenseAction[]) {
        expect(stateRefusal({ status: end }, action)).toEqual({
          code: 'EXPENSE_WRONG_STATE',
          details: { status: end, action },
        });
      }
    }
  });
});

describe('a command', () => {
  it('is refused to a role that may not, to a person out of service and from another college', async () => {
    const world = await CollegeWorld.create();
    const expense = await world.draft();
    const args = { expenseId: expense.id, reason: 'no need' };
    const strangers = [
      world.auditor,
      world.principal,
      { ...world.accountant, isActive: false },
      { ...world.accountant, collegeId: world.newId() },
    ];
    for (const actor of strangers) {
      expect(expectRefused(await world.run('expense.cancel', args, actor))).toEqual({
        code: 'AUTH_FORBIDDEN',
        details: { role: actor.role },
      });
    }
    expect(world.expense(expense.id).status).toBe('draft');
  });

  it('is refused in a college out of use, but for taking it into use again', async () => {
    const world = await CollegeWorld.create();
    const draft = await world.draft();
    const configure = (isActive: boolean) =>
      world.run(
        'college.configure',
        { college: { ...world.college, isActive }, people: [], groups: [], accounts: [], categories: [] },
        world.superAccountant,
      );
    expect((await configure(false)).ok).toBe(true);
    const args = { expenseId: draft.id, reason: 'no need' };
    expect(expectRefused(await world.run('expense.cancel', args, world.accountant)).code).toBe('COLLEGE_INACTIVE');
    expect((await configure(true)).ok).toBe(true);
    expect((await world.run('expense.cancel', args, world.accountant)).ok).toBe(true);
  });
});
