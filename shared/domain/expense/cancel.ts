import { ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import { moveBudget } from '../budget/move.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import type { Expense } from '../rows.ts';
import { findExpense } from './find.ts';
import { lifeCycle } from './life-cycle.ts';

/** Withdraws an expense that is not posted; it keeps its number. The reason stands in the audit trail with the signed command. */
export const cancelExpense: CommandDefinition<CommandArgs['expense.cancel']> = {
  name: 'expense.cancel',
  schemaVersion: 1,
  roles: lifeCycle.cancel.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const found = await findExpense(args.expenseId, 'cancel', books);
    if (!found.ok) return found;
    const expense = found.value;
    const row: Expense = {
      ...expense,
      status: 'cancelled',
      committedPaise: 0n,
      dueAt: null,
      revision: expense.revision + 1,
    };
    const moved = await moveBudget(expense, { committed: -expense.committedPaise, spent: 0n }, context, books);
    return ok([{ table: 'expenses', row }, ...moved]);
  },
};
