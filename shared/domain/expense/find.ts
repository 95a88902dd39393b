import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader } from '../command/command.ts';
import type { Expense } from '../rows.ts';
import { type ExpenseAction, stateRefusal } from './life-cycle.ts';

/** The expense, in a state that lets the action happen. Refusals: NOT_FOUND, EXPENSE_WRONG_STATE. */
export async function findExpense(
  id: Id,
  action: ExpenseAction,
  books: BooksReader,
): Promise<Result<Expense, Refusal>> {
  const expense = await books.get('expenses', id);
  if (expense === undefined) return err(refusal('NOT_FOUND', { what: 'expense' }));
  const wrong = stateRefusal(expense, action);
  return wrong === undefined ? ok(expense) : err(wrong);
}
