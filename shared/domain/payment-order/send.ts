import { type Refusal, refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import { changedSince } from '../beneficiary/details.ts';
import type { CommandArgs } from '../command/args.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { CommandContext, CommandDefinition } from '../command/command.ts';
import { orderFor } from './find-orders.ts';

/**
 * A desk takes the right to send orders upon itself. The server's order decides between desks, and only its row may make money move: what a
 * desk predicts of it is only that it has asked. Of the orders named those are taken that can be; refused where there is none.
 */
export const takeOrders: CommandDefinition<CommandArgs['order.take']> = {
  name: 'order.take',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, context, books) {
    const collected = new CollectedBooks(books);
    let refused: Refusal | undefined;
    for (const orderId of args.orderIds) {
      const order = await sendable('take', args.batchId, orderId, context, collected);
      if (order.ok) collected.put([{ table: 'payment_orders', row: sentBy(order.value, 'sending', context) }]);
      else refused ??= order.error;
    }
    const changes = collected.changes();
    return changes.length === 0 && refused !== undefined ? err(refused) : ok(changes);
  },
};

/**
 * Orders go into a file that a person uploads at the bank. All of them or none, because the file is made of all. It must not leave the desk before the
 * server's rows have come, as with a sending.
 */
export const exportOrders: CommandDefinition<CommandArgs['order.export']> = {
  name: 'order.export',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, context, books) {
    const collected = new CollectedBooks(books);
    for (const orderId of args.orderIds) {
      const order = await sendable('export', args.batchId, orderId, context, collected);
      if (!order.ok) return order;
      collected.put([{ table: 'payment_orders', row: sentBy(order.value, 'exported', context) }]);
    }
    return ok(collected.changes());
  },
};

/** The order, if it may go out now. Refusals: NOT_FOUND, ORDER_WRONG_STATE, ORDER_TOO_EARLY, ORDER_LIMITS_UNSET, BENEFICIARY_CHANGED, … */
async function sendable(
  action: 'take' | 'export',
  batchId: string,
  orderId: string,
  context: CommandContext,
  books: CollectedBooks,
): Promise<Result<PaymentOrder, Refusal>> {
  const found = await orderFor(action, batchId, orderId, books);
  if (!found.ok) return found;
  const order = found.value;
  const { notBefore, number } = order;
  if (notBefore !== null && notBefore > context.occurredAt) {
    return err(refusal('ORDER_TOO_EARLY', { number: number ?? '', at: notBefore }));
  }
  if (order.fence >= limits.payment.fenceMax) return err(refusal('ORDER_SENDINGS_USED', { number: number ?? '' }));
  const account = await books.get('bank_accounts', order.bankAccountId);
  if (account === undefined) return err(refusal('NOT_FOUND', { what: 'bank_account' }));
  const { name } = account;
  if (!account.isActive) return err(refusal('BANK_ACCOUNT_INACTIVE', { name }));
  // They end when the account is given another number.
  if (account.paymentLimitPaise === null) return err(refusal('ORDER_LIMITS_UNSET', { name }));
  const changed = await changedSince(order, context.occurredAt, books);
  return changed === undefined ? found : err(changed);
}

/** The next sending begins: what was known of the one before is not known of this one. */
const sentBy = (order: PaymentOrder, status: 'sending' | 'exported', context: CommandContext): PaymentOrder => ({
  ...order,
  status,
  fence: order.fence + 1,
  deviceId: context.deviceId,
  senderName: context.actor.name,
  takenAt: context.occurredAt,
  notBefore: null,
  providerId: null,
  utr: null,
  failureReason: null,
  failureText: null,
  chargesPaise: null,
  revision: order.revision + 1,
});
