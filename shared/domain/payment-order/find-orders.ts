import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { BooksReader } from '../command/command.ts';
import { type OrderAction, orderActions } from './status.ts';

/** The order of this batch. Refusal: NOT_FOUND. */
export async function findOrder(
  batchId: Id,
  orderId: Id,
  books: Pick<BooksReader, 'get'>,
): Promise<Result<PaymentOrder, Refusal>> {
  const order = await books.get('payment_orders', orderId);
  return order?.batchId === batchId ? ok(order) : err(refusal('NOT_FOUND', { what: 'payment_order' }));
}

/** The order in a state that lets it happen. Refusals: NOT_FOUND, ORDER_WRONG_STATE. */
export async function orderFor(
  action: OrderAction,
  batchId: Id,
  orderId: Id,
  books: Pick<BooksReader, 'get'>,
): Promise<Result<PaymentOrder, Refusal>> {
  const found = await findOrder(batchId, orderId, books);
  if (!found.ok) return found;
  const { status, number } = found.value;
  if (orderActions[action].includes(status)) return found;
  return err(refusal('ORDER_WRONG_STATE', { number: number ?? '', orderStatus: status }));
}
