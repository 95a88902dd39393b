import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { NewsSource, OrderOutcome } from './args.ts';
import type { PaymentNews } from './news.ts';
import { parseReference } from './reference.ts';
import { stepOf } from './status.ts';

/**
 * What the bank says, about the sending of the order that it means; null where it means another payment. Banks that name a payment only by
 * their own id mean the sending for which they gave it.
 */
export function outcomeOf(
  order: Pick<PaymentOrder, 'id' | 'reference' | 'fence' | 'providerId'>,
  news: PaymentNews,
): OrderOutcome | null {
  const fence = sendingOf(order, news);
  if (fence === null || fence < 1) return null;
  return outcomeOfSending(order.id, fence, news);
}

/** What the bank says of the very sending that it was asked about. */
export function outcomeOfSending(orderId: Id, fence: number, news: PaymentNews): OrderOutcome {
  const { state, providerId, utr, bookedOn, failure, chargesPaise } = news;
  return { orderId, fence, state, providerId, utr, bookedOn, failure, chargesPaise };
}

/**
 * Whether recording this would change nothing, as far as the order itself tells: who has it from a bank does not record it then, so that
 * asking every hour does not fill the audit trail.
 */
export function tellsNothing(order: PaymentOrder, outcome: OrderOutcome, source: NewsSource, at: number): boolean {
  const { fence, state } = outcome;
  if (fence < order.fence) return state !== 'paid' && state !== 'returned';
  const isQuiet = at - (order.takenAt ?? 0) >= limits.payment.quietMs;
  if (stepOf(order, state, source, isQuiet) !== undefined) return false;
  const adds = (['providerId', 'utr', 'chargesPaise'] as const).some(
    (field) => order[field] === null && outcome[field] !== null,
  );
  return !adds;
}

function sendingOf(order: Pick<PaymentOrder, 'reference' | 'fence' | 'providerId'>, news: PaymentNews): number | null {
  if (news.reference !== null) {
    const named = parseReference(news.reference);
    return named?.reference === order.reference ? named.fence : null;
  }
  return news.providerId !== null && news.providerId === order.providerId ? order.fence : null;
}

/** Of a sending that got no clear answer. */
export const doubtOf = (order: Pick<PaymentOrder, 'id' | 'fence'>): OrderOutcome => ({
  orderId: order.id,
  fence: order.fence,
  state: 'in_doubt',
  ...{ providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null },
});
