import { istDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import { changedSince, findBeneficiary } from '../beneficiary/details.ts';
import type { CommandArgs } from '../command/args.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { orderFor } from './find-orders.ts';

/**
 * The checker lets orders go: another person than who prepared them and than who changed the bank details last, within the limits of the
 * account. Also once more where the bank said that it had not received one.
 */
export const releaseOrders: CommandDefinition<CommandArgs['order.release']> = {
  name: 'order.release',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, context, books) {
    const collected = new CollectedBooks(books);
    const orders: PaymentOrder[] = [];
    for (const orderId of args.orderIds) {
      const order = await releasable(args.batchId, orderId, context, collected);
      if (!order.ok) return order;
      const row: PaymentOrder = {
        ...order.value,
        status: 'released',
        checkerId: context.actor.id,
        checkerName: context.actor.name,
        releasedAt: context.occurredAt,
        releasedOn: istDate(context.occurredAt),
        notBefore: null,
        failureReason: null,
        failureText: null,
        revision: order.value.revision + 1,
      };
      collected.put([{ table: 'payment_orders', row }]);
      orders.push(row);
    }
    const total = sumPaise(orders.map(({ amountPaise }) => amountPaise));
    if (total !== args.totalPaise) {
      return err(refusal('ORDER_TOTAL_DIFFERS', { total: String(total), seen: String(args.totalPaise) }));
    }
    const beyond = await limitRefusal(orders, context, books);
    return beyond === undefined ? ok(collected.changes()) : err(beyond);
  },
};

async function releasable(
  batchId: string,
  orderId: string,
  context: CommandContext,
  books: CollectedBooks,
): Promise<Result<PaymentOrder, Refusal>> {
  const found = await orderFor('release', batchId, orderId, books);
  if (!found.ok) return found;
  const order = found.value;
  if (order.makerId === context.actor.id) return err(refusal('ORDER_OWN'));
  const changed = await changedSince(order, context.occurredAt, books);
  if (changed !== undefined) return err(changed);
  const known = await findBeneficiary(order.vendorId, books);
  if (known.ok && known.value.beneficiary.changedBy === context.actor.id) {
    return err(refusal('ORDER_BENEFICIARY_OWN', { vendor: order.beneficiaryName }));
  }
  return found;
}

/** Refusals: BANK_ACCOUNT_INACTIVE, ORDER_LIMITS_UNSET, ORDER_OVER_PAYMENT_LIMIT, ORDER_OVER_DAILY_LIMIT. */
async function limitRefusal(
  orders: readonly PaymentOrder[],
  context: CommandContext,
  books: BooksReader,
): Promise<Refusal | undefined> {
  const ids = new Set(orders.map(({ id }) => id));
  for (const bankAccountId of new Set(orders.map((order) => order.bankAccountId))) {
    const account = await books.get('bank_accounts', bankAccountId);
    if (account === undefined) return refusal('NOT_FOUND', { what: 'bank_account' });
    const { name, paymentLimitPaise, dailyLimitPaise } = account;
    if (!account.isActive) return refusal('BANK_ACCOUNT_INACTIVE', { name });
    if (paymentLimitPaise === null || dailyLimitPaise === null) return refusal('ORDER_LIMITS_UNSET', { name });
    const own = orders.filter((order) => order.bankAccountId === bankAccountId);
    const above = own.find(({ amountPaise }) => amountPaise > paymentLimitPaise);
    if (above !== undefined) {
      const amount = String(above.amountPaise);
      return refusal('ORDER_OVER_PAYMENT_LIMIT', { name, amount, limit: String(paymentLimitPaise) });
    }
    const before = await books.ordersReleasedOn(bankAccountId, istDate(context.occurredAt));
    const released = sumOf(before.filter(({ id, status }) => !ids.has(id) && counts(status)));
    if (released + sumOf(own) > dailyLimitPaise) {
      const amount = String(sumOf(own));
      return refusal('ORDER_OVER_DAILY_LIMIT', {
        name,
        amount,
        released: String(released),
        limit: String(dailyLimitPaise),
      });
    }
  }
  return undefined;
}

const counts = (status: PaymentOrder['status']): boolean => status !== 'failed' && status !== 'withdrawn';
const sumOf = (orders: readonly PaymentOrder[]): Paise => sumPaise(orders.map(({ amountPaise }) => amountPaise));
