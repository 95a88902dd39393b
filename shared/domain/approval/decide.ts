import { formatDate, istDate, istTime } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { type ExpenseAction, stateRefusal } from '../expense/life-cycle.ts';
import type { Expense } from '../rows.ts';

/**
 * The expense that a decision is about, when this person may decide on it and it still is what he saw.
 * Refusals: NOT_FOUND, APPROVAL_DECIDED, EXPENSE_WRONG_STATE, COMMAND_STALE, APPROVAL_OWN.
 */
export async function awaitingDecision(
  args: { readonly expenseId: Id; readonly revision: number },
  action: ExpenseAction,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<Expense, Refusal>> {
  const expense = await books.get('expenses', args.expenseId);
  if (expense === undefined) return err(refusal('NOT_FOUND', { what: 'expense' }));
  const wrong = decidedRefusal(expense) ?? stateRefusal(expense, action);
  if (wrong !== undefined) return err(wrong);
  if (expense.makerId === context.actor.id) return err(refusal('APPROVAL_OWN'));
  if (expense.revision !== args.revision) return err(refusal('COMMAND_STALE', { what: 'expense' }));
  return ok(expense);
}

/** The first decision stands; whoever comes second is told who decided what and when. */
function decidedRefusal(expense: Expense): Refusal | undefined {
  const { status, decidedAt, decidedByName } = expense;
  if (decidedAt === null || decidedByName === null) return undefined;
  if (status === 'submitted' || status === 'draft' || status === 'cancelled') return undefined;
  const decision = status === 'returned' || status === 'rejected' ? status : 'approved';
  const at = `${formatDate(istDate(decidedAt))} ${istTime(decidedAt)}`;
  return refusal('APPROVAL_DECIDED', { name: decidedByName, at, decision });
}

/** The fields of an expense that a decision writes. */
export const decision = (context: CommandContext, comment: string | null) => ({
  decidedBy: context.actor.id,
  decidedByName: context.actor.name,
  decidedAt: context.occurredAt,
  decisionComment: comment,
  dueAt: null,
});

/** A reason with something in it. Refusal: APPROVAL_REASON_REQUIRED. */
export function neededReason(text: string): Result<string, Refusal> {
  const reason = text.trim();
  return reason === '' ? err(refusal('APPROVAL_REASON_REQUIRED')) : ok(reason);
}
