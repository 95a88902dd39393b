import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import type { Change, Expense, PaymentLease } from '../rows.ts';

/**
 * The lease of a payment that this very desk holds. A desk that was enrolled anew holds nothing of what it held before: a person has to
 * say that no money had left. Refusal: PAYMENT_HELD_ELSEWHERE with the person who holds it.
 */
export async function heldLease(
  expense: Pick<Expense, 'id'>,
  context: Pick<CommandContext, 'deviceId'>,
  books: BooksReader,
): Promise<Result<PaymentLease, Refusal>> {
  const lease = await books.get('payment_leases', expense.id);
  if (lease?.isHeld && lease.deviceId === context.deviceId) return ok(lease);
  return err(refusal('PAYMENT_HELD_ELSEWHERE', { person: lease?.holderName ?? '' }));
}

/** The lease ends without a payment, and the expense is what it was before. */
export function endLease(expense: Expense, lease: PaymentLease): readonly Change[] {
  return [
    { table: 'expenses', row: { ...expense, status: lease.statusBefore, revision: expense.revision + 1 } },
    { table: 'payment_leases', row: { ...lease, isHeld: false } },
  ];
}
