import { ok } from '../../kernel/result.ts';
import { awaitingDecision, decision, neededReason } from '../approval/decide.ts';
import { moveBudget } from '../budget/move.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import type { Expense } from '../rows.ts';
import { lifeCycle } from './life-cycle.ts';

/** Sends the expense back to be corrected and submitted again. */
export const returnExpense: CommandDefinition<CommandArgs['expense.return']> = {
  name: 'expense.return',
  schemaVersion: 1,
  roles: lifeCycle.return.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  decide: (args, context, books) => turnDown('return', 'returned', args, context, books),
};

/** Refuses the expense for good. */
export const rejectExpense: CommandDefinition<CommandArgs['expense.reject']> = {
  name: 'expense.reject',
  schemaVersion: 1,
  roles: lifeCycle.reject.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  decide: (args, context, books) => turnDown('reject', 'rejected', args, context, books),
};

type Decide = CommandDefinition<CommandArgs['expense.return']>['decide'];

async function turnDown(
  action: 'return' | 'reject',
  status: 'returned' | 'rejected',
  ...[args, context, books]: Parameters<Decide>
): ReturnType<Decide> {
  const reason = neededReason(args.reason);
  if (!reason.ok) return reason;
  const found = await awaitingDecision(args, action, context, books);
  if (!found.ok) return found;
  const expense = found.value;
  const row: Expense = {
    ...expense,
    ...decision(context, reason.value),
    status,
    committedPaise: 0n,
    revision: expense.revision + 1,
  };
  const moved = await moveBudget(expense, { committed: -expense.committedPaise, spent: 0n }, context, books);
  return ok([{ table: 'expenses', row }, ...moved]);
}
