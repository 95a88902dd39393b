import { err, ok } from '../../kernel/result.ts';
import { awaitingDecision, decision } from '../approval/decide.ts';
import { findBudget, moveBudget, overBudgetRefusal } from '../budget/move.ts';
import { availableOf } from '../budget/use.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import type { Expense } from '../rows.ts';
import { lifeCycle } from './life-cycle.ts';
import { postApproval } from './post.ts';

/**
 * Approves and posts. The budget is looked at again as it is now, with what this expense holds counted as its own; beyond it the decider
 * gives his own reason, which is recorded.
 */
export const approveExpense: CommandDefinition<CommandArgs['expense.approve']> = {
  name: 'expense.approve',
  schemaVersion: 1,
  roles: lifeCycle.approve.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await awaitingDecision(args, 'approve', context, books);
    if (!found.ok) return found;
    const expense = found.value;
    const budget = await findBudget(context, books, expense.financialYear, expense.category);
    const available = availableOf(budget) + expense.committedPaise;
    const overBudget = expense.budgetPaise > available;
    const reason = args.overBudgetReason?.trim() || null;
    if (overBudget && reason === null) return err(await overBudgetRefusal(expense, available, books));
    const posted = await postApproval(expense, context, books);
    if (!posted.ok) return posted;
    const row: Expense = {
      ...expense,
      ...decision(context, args.comment?.trim() || null),
      status: 'approved',
      committedPaise: 0n,
      overBudget,
      overBudgetReason: overBudget ? reason : null,
      voucherId: posted.value.voucherId,
      revision: expense.revision + 1,
    };
    const delta = { committed: -expense.committedPaise, spent: expense.budgetPaise };
    const moved = await moveBudget(expense, delta, context, books);
    return ok([{ table: 'expenses', row }, ...posted.value.changes, ...moved]);
  },
};
