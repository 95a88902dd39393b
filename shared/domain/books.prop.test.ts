import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertReaching } from '../testing/assert-reaching.ts';
import { faultsOf } from '../testing/books-invariants.ts';
import { CollegeWorld, expectOk } from '../testing/college-world.ts';
import { randomStep, takeStep } from '../testing/random-steps.ts';
import { bankMoves, type ExpenseAction, lifeCycle } from './expense/life-cycle.ts';
import { expenseMoves } from './payment-order/status.ts';
import type { Expense, TableName } from './rows.ts';

/** Which action of the life cycle a command name stands for. */
const actionOf: Readonly<Record<string, ExpenseAction>> = {
  'expense.edit': 'edit',
  'expense.submit': 'submit',
  'expense.approve': 'approve',
  'expense.return': 'return',
  'expense.reject': 'reject',
  'expense.cancel': 'cancel',
  'expense.pay': 'pay',
  'payment.take': 'take_payment',
  'payment.giveBack': 'give_back_payment',
  'payment.takeAway': 'take_away_payment',
  'expense.reverse': 'reverse',
  'receipt.attach': 'attach_receipt',
  'receipt.remove': 'remove_receipt',
};

describe('any sequence of commands by anybody', () => {
  it('keeps the ledger balanced, budgets, totals and numbers true, and the life of expenses on its table', async () => {
    const reached = new Map<string, number>();
    await assertReaching(
      fc.asyncProperty(fc.array(randomStep, { minLength: 30, maxLength: 120, size: 'max' }), async (steps) => {
        const world = await CollegeWorld.create(7, {
          supplies: 90_00_000_00n,
          salaries: 9_00_000_00n,
          library: 1_000_00n,
        });
        await world.vendor({ name: 'First Vendor' });
        await startLives(world);
        for (const one of steps) {
          const before = new Map(world.books.rows('expenses').map((expense) => [expense.id, expense]));
          const rows = allRows(world);
          const outcome = await takeStep(one, world);
          if (outcome?.ok === false) expect(allRows(world)).toBe(rows);
          for (const after of world.books.rows('expenses')) {
            const fault = movedFault(world, before.get(after.id), after);
            if (fault !== undefined) expect.fail(fault);
            if (before.get(after.id)?.status === after.status) continue;
            reached.set(after.status, (reached.get(after.status) ?? 0) + 1);
          }
          expect(await faultsOf(world.books)).toEqual([]);
        }
      }),
      80,
      ['submitted', 'approved', 'returned', 'rejected', 'cancelled', 'paying', 'paid', 'reconciled', 'reversed'],
      (status) => reached.get(status) ?? 0,
    );
  });
});

/** A submitted, an approved and a paid expense: from drafts alone few come to the end of their life in so many steps. */
async function startLives(world: CollegeWorld): Promise<void> {
  await world.submitted();
  await world.approve(await world.submitted());
  const { id: expenseId } = await world.submitted();
  await world.approve(world.expense(expenseId));
  const paid = { expenseId, paidOn: world.today, reference: 'CHQ 9', accountCode: '1200' };
  expectOk(await world.run('expense.pay', paid, world.accountant));
}

const tables: readonly TableName[] = [
  'expenses',
  'vendors',
  'budgets',
  'vouchers',
  'voucher_lines',
  'audit_entries',
  'receipts',
  'payment_leases',
  'bank_accounts',
  'beneficiaries',
  'payment_orders',
];
const allRows = (world: CollegeWorld): number => tables.reduce((sum, table) => sum + world.books.rows(table).length, 0);

/** A change of state must stand in the table for the command that was just run. */
function movedFault(world: CollegeWorld, before: Expense | undefined, after: Expense): string | undefined {
  if (before === undefined) return after.status === 'draft' ? undefined : `an expense began as ${after.status}`;
  if (before === after) return undefined;
  if (after.revision !== before.revision + 1) return `revision went from ${before.revision} to ${after.revision}`;
  const entries = world.books.rows('audit_entries');
  const name = entries[entries.length - 1]?.commandName ?? '';
  const byBank = { 'reconciliation.match': bankMoves.reconcile, 'reconciliation.undo': bankMoves.reopen }[name];
  if (byBank !== undefined) {
    const fits = before.status === byBank.from && after.status === byBank.to;
    return fits ? undefined : `${name} moved ${before.status} to ${after.status}`;
  }
  const ordered = expenseMoves[name];
  if (ordered !== undefined) {
    const moves = ordered.from.includes(before.status) && ordered.to.includes(after.status);
    return moves ? undefined : `${name} moved ${before.status} to ${after.status}`;
  }
  const action = actionOf[name];
  if (action === undefined) return 'an expense was changed by another command';
  const { from, to } = lifeCycle[action];
  const stays = to.length === 0 && before.status === after.status;
  const moves = from.includes(before.status) && (stays || to.includes(after.status));
  return moves ? undefined : `${action} moved ${before.status} to ${after.status}`;
}
