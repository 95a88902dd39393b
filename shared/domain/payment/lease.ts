import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { freeExpense } from '../payment-order/settle-expense.ts';
import type { Change, Expense, PaymentLease } from '../rows.ts';

/**
 * The lease of a payment that this very desk holds. A desk that was enrolled anew holds nothing of what it held before: a person has to
 * say that no money had left. Refusals: PAYMENT_HELD_ELSEWHERE with the person who holds it; PAYMENT_UNDER_ORDER where it is paid by an order.
 */
export async function heldLease(
  expense: Pick<Expense, 'id'>,
  context: Pick<CommandContext, 'deviceId'>,
  books: BooksReader,
): Promise<Result<PaymentLease, Refusal>> {
  const lease = await books.get('payment_leases', expense.id);
  if (lease?.isHeld !== true) return err(refusal('PAYMENT_UNDER_ORDER'));
  if (lease.deviceId === context.deviceId) return ok(lease);
  return err(refusal('PAYMENT_HELD_ELSEWHERE', { person: lease.holderName }));
}

/** The lease ends without a payment, and the expense is what it was before, or paid where a bank had paid it all the same. */
export async function endLease(expense: Expense, lease: PaymentLease, books: BooksReader): Promise<readonly Change[]> {
  const collected = new CollectedBooks(books);
  await freeExpense(expense, lease.statusBefore, collected);
  return [...collected.changes(), { table: 'payment_leases', row: { ...lease, isHeld: false } }];
}
