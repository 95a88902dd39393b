import { type Refusal, refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import { afterNews } from './after-news.ts';
import type { NewsSource, OrderOutcome } from './args.ts';
import { findOrder } from './find-orders.ts';
import { moveExpense } from './move-expense.ts';
import { type OrderStep, stepOf } from './status.ts';
import { postMoney, standingPayments } from './vouchers.ts';

/**
 * Who says it sees at once that it was known, and is told so. The answers that a desk gets to what it sends and asks may cross with other news
 * of the same: then they are right as well, and change nothing. Both keep empty entries out of the audit trail, because a desk asks
 * `tellsNothing` before it records.
 */
const toldWhenKnown: readonly NewsSource[] = ['webhook', 'person', 'statement'];

/** The document of all that is said of a batch: a `take` that another desk won must not hold back what became of other orders of the batch. */
export const newsDocument = (batchId: string, context: Pick<CommandContext, 'namedId'>): string =>
  context.namedId(nameOf('order news', batchId));

/**
 * Says what became of orders that were sent. Refusals: NOT_FOUND, INPUT_INVALID for an order named twice, ORDER_FENCE_UNKNOWN for a sending that
 * never was, ORDER_NEWS_KNOWN where nothing of it is new.
 */
export const recordOutcomes: CommandDefinition<CommandArgs['order.record']> = {
  name: 'order.record',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'superuser'],
  documentId: (args, context) => newsDocument(args.batchId, context),
  audit: 'rows',
  async decide(args, context, books) {
    const changes = await outcomeChanges(args, context, books);
    if (!changes.ok || changes.value.length > 0) return changes;
    return toldWhenKnown.includes(args.source) ? err(refusal('ORDER_NEWS_KNOWN')) : changes;
  },
};

async function outcomeChanges(
  args: CommandArgs['order.record'],
  context: CommandContext,
  books: BooksReader,
): ReturnType<(typeof recordOutcomes)['decide']> {
  const collected = new CollectedBooks(books);
  const seen = new Set<string>();
  for (const outcome of args.outcomes) {
    if (seen.has(outcome.orderId)) return err(refusal('INPUT_INVALID', { where: 'outcomes: an order twice' }));
    seen.add(outcome.orderId);
    const order = await findOrder(args.batchId, outcome.orderId, collected);
    if (!order.ok) return order;
    if (outcome.fence < 1 || outcome.fence > order.value.fence) {
      return err(refusal('ORDER_FENCE_UNKNOWN', { number: order.value.number ?? '', fence: outcome.fence }));
    }
    const recorded = await recordOne(order.value, outcome, args.source, context, books, collected);
    if (!recorded.ok) return recorded;
  }
  return ok(collected.changes());
}

async function recordOne(
  order: PaymentOrder,
  outcome: OrderOutcome,
  source: NewsSource,
  context: CommandContext,
  books: BooksReader,
  collected: CollectedBooks,
): Promise<Result<null, Refusal>> {
  const before = await standingPayments(order, context, collected);
  const step = presentStep(order, outcome, source, context);
  const posted = await postMoney(order, outcome, context, books, collected);
  if (!posted.ok) return posted;
  const standing = await standingPayments(order, context, collected);
  const facts = { before, standing, step, posted: posted.value, outcome };
  const next = afterNews(order, facts, context);
  const isSettledOtherwise = !(await moveExpense(order, next, facts, context, collected));
  const row: PaymentOrder = isSettledOtherwise ? { ...next, attention: 'paid_twice' } : next;
  if (differs(row, order)) {
    collected.put([{ table: 'payment_orders', row: { ...row, revision: order.revision + 1 } }]);
  }
  return ok(null);
}

/** News of an earlier sending are no news of the present one. */
const presentStep = (
  order: PaymentOrder,
  outcome: OrderOutcome,
  source: NewsSource,
  context: CommandContext,
): OrderStep | undefined =>
  outcome.fence === order.fence
    ? stepOf(order, outcome.state, source, context.occurredAt - (order.takenAt ?? 0) >= limits.payment.quietMs)
    : undefined;

const differs = (a: PaymentOrder, b: PaymentOrder): boolean =>
  (Object.keys(a) as (keyof PaymentOrder)[]).some((key) => a[key] !== b[key]);
