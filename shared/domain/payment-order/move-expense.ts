import type { PaymentOrder } from '../bank-rows.ts';
import type { CollectedBooks } from '../command/collected-books.ts';
import type { CommandContext } from '../command/command.ts';
import type { NewsFacts } from './after-news.ts';
import { wireReference } from './reference.ts';
import { claimExpense, freeExpense, type Paid, putPaid, putPaying } from './settle-expense.ts';
import { holdsExpense } from './status.ts';
import { paymentVoucherId } from './vouchers.ts';

/**
 * What the news do to the bill of the order: it is paid, waits again, or is under the order once more.
 * @returns false where money left for a bill that is or may be settled otherwise
 */
export async function moveExpense(
  order: PaymentOrder,
  next: PaymentOrder,
  facts: NewsFacts,
  context: CommandContext,
  books: CollectedBooks,
): Promise<boolean> {
  const expense = await books.get('expenses', order.expenseId);
  if (expense === undefined) return true;
  const [first] = facts.standing;
  const held = holdsExpense(order);
  const isPaid = expense.status === 'paid' || expense.status === 'reconciled';
  if (first !== undefined) {
    const paid = paidWith(next, facts, first, context);
    if (held) putPaid(expense, paid, books);
    else if (facts.before.length === 0) return await claimExpense(order, paid, books);
    else if (isPaid && isReversed(expense.paymentVoucherId, order, facts, context)) putPaid(expense, paid, books);
    return true;
  }
  if (held) {
    if (!holdsExpense(next)) await freeExpense(expense, order.statusBefore, books);
    return true;
  }
  if (!isPaid || !isReversed(expense.paymentVoucherId, order, facts, context)) return true;
  if (holdsExpense(next)) putPaying(expense, books);
  else await freeExpense(expense, order.statusBefore, books);
  return true;
}

const paidWith = (next: PaymentOrder, facts: NewsFacts, fence: number, context: CommandContext): Paid => ({
  voucherId: paymentVoucherId(next.id, fence, context),
  on: next.paidOn ?? facts.posted.on,
  reference: next.utr ?? wireReference(next.reference, fence),
});

/** Whether the bill was paid by the very sending that came back. */
const isReversed = (
  voucherId: string | null,
  order: PaymentOrder,
  { posted, outcome }: NewsFacts,
  context: CommandContext,
): boolean => posted.returned && voucherId === paymentVoucherId(order.id, outcome.fence, context);
