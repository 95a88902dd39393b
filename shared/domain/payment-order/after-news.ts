import { limits } from '../../kernel/limits.ts';
import type { OrderAttention, PaymentOrder, PaymentOrderStatus } from '../bank-rows.ts';
import type { CommandContext } from '../command/command.ts';
import type { OrderOutcome } from './args.ts';
import { isUnderWay, type OrderStep } from './status.ts';
import { type Posted, paymentVoucherId, returnVoucherId } from './vouchers.ts';

/** What a piece of news means, worked out of the books. */
export interface NewsFacts {
  /** The sendings whose money was away before these news, and is now. */
  readonly before: readonly number[];
  readonly standing: readonly number[];
  /** Undefined for news that say nothing new of the present sending. */
  readonly step: OrderStep | undefined;
  readonly posted: Posted;
  readonly outcome: OrderOutcome;
}

type Status = Pick<PaymentOrder, 'status' | 'attention' | 'notBefore'>;

/** The order after the news, its revision aside. What the bill has to say to it comes after (move-expense.ts). */
export function afterNews(order: PaymentOrder, facts: NewsFacts, context: CommandContext): PaymentOrder {
  const status = statusAfter(order, facts, context);
  return { ...order, ...status, ...saidOfSending(order, facts), ...money(order, facts, context) };
}

/**
 * Money that is away decides: with none under way the order is paid; with a later sending under way nobody knows whether it will be paid twice.
 * Only without any does the step of the present sending count.
 */
function statusAfter(order: PaymentOrder, facts: NewsFacts, context: CommandContext): Status {
  const { standing, step } = facts;
  const { notBefore } = order;
  const sending = sendingAfter(order.status, step);
  if (standing.length > 0) {
    return isUnderWay(sending)
      ? { status: 'in_doubt', attention: 'older_paid', notBefore }
      : { status: 'paid', attention: attentionOfPaid(order, facts), notBefore };
  }
  if (facts.before.length > 0 && !isUnderWay(sending)) return { status: 'returned', attention: null, notBefore };
  const attention = order.attention === 'older_paid' ? null : order.attention;
  if (isOffline(order, facts)) {
    return { status: 'released', attention, notBefore: context.occurredAt + limits.payment.offlineRetryMs };
  }
  if (step === 'alive_after_end') return { status: order.status, attention: 'alive_after_end', notBefore };
  return { status: sending, attention: sending === 'returned' ? null : attention, notBefore };
}

const sendingAfter = (status: PaymentOrderStatus, step: OrderStep | undefined): PaymentOrderStatus =>
  step === undefined || step === 'failed_after_paid' || step === 'alive_after_end' ? status : step;

function attentionOfPaid(order: PaymentOrder, { standing, before, step, posted }: NewsFacts): OrderAttention | null {
  if (standing.length > 1) return posted.paid ? 'paid_twice' : keep(order.attention, 'paid_twice');
  if (before.length > 1) return null;
  if (order.attention === 'paid_twice') return 'paid_twice';
  // Said once more after a person has looked at it, it is nothing new.
  if (step === 'failed_after_paid' && order.failureReason === null) return 'failed_after_paid';
  return keep(order.attention, 'failed_after_paid');
}

/** What a person has looked at already is not shown again. */
const keep = (before: OrderAttention | null, flag: OrderAttention): OrderAttention | null =>
  before === flag ? flag : null;

/** The bank of the beneficiary was away: the same checker's word still holds, and it is tried again a few times. */
const isOffline = (order: PaymentOrder, { step, outcome }: NewsFacts): boolean =>
  step === 'failed' &&
  outcome.failure?.reason === 'bank_offline' &&
  order.fence < limits.payment.sendingsWhileOfflineMax;

/** What the bank says of the sending beside its state. What was known is not unsaid. */
function saidOfSending(order: PaymentOrder, { step, posted, outcome }: NewsFacts): Partial<PaymentOrder> {
  const isOfPresent = outcome.fence === order.fence;
  if (!isOfPresent) return posted.paid && !posted.returned ? { utr: outcome.utr } : {};
  const said = {
    providerId: order.providerId ?? outcome.providerId,
    utr: posted.paid ? (outcome.utr ?? order.utr) : (order.utr ?? outcome.utr),
    chargesPaise: order.chargesPaise ?? outcome.chargesPaise,
  };
  const isFailure = step === 'failed' || step === 'returned' || step === 'failed_after_paid';
  if (!isFailure) return step === 'paid' ? { ...said, failureReason: null, failureText: null } : said;
  const failure = outcome.failure ?? { reason: 'declined', text: '' };
  return { ...said, failureReason: failure.reason, failureText: failure.text };
}

function money(order: PaymentOrder, { standing, posted, outcome }: NewsFacts, context: CommandContext) {
  const changed: { -readonly [K in keyof PaymentOrder]?: PaymentOrder[K] } = {};
  const own = (fence: number) => paymentVoucherId(order.id, fence, context);
  if (posted.paid) {
    changed.paidOn = posted.on;
    changed.paymentVoucherId = own(outcome.fence);
  }
  if (posted.returned) {
    changed.returnedOn = posted.on;
    changed.returnVoucherId = returnVoucherId(order.id, outcome.fence, context);
    // Of two payments the one that stays is the payment.
    const [left] = standing;
    if (left !== undefined) changed.paymentVoucherId = own(left);
  }
  return changed;
}
