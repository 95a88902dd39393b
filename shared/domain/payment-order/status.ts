import type { PaymentOrder, PaymentOrderStatus } from '../bank-rows.ts';
import type { ExpenseStatus } from '../rows.ts';
import type { NewsSource, NewsState } from './args.ts';

/** While an order is in one of these the bill is its own: nobody else pays it. */
const live: readonly PaymentOrderStatus[] = [
  'prepared',
  'released',
  'sending',
  'exported',
  'in_doubt',
  'not_received',
  'accepted',
];
/** A sending of it may move money any moment. */
const underWay: readonly PaymentOrderStatus[] = ['sending', 'exported', 'in_doubt', 'accepted'];
/** A bank has heard of it or may have, and has not said the last word. */
export const atBank: readonly PaymentOrderStatus[] = ['sending', 'in_doubt', 'accepted'];
/** No money can move unless somebody does something with it. */
const still: readonly PaymentOrderStatus[] = ['prepared', 'released', 'not_received'];

export const isLiveOrder = (status: PaymentOrderStatus): boolean => live.includes(status);
export const isUnderWay = (status: PaymentOrderStatus): boolean => underWay.includes(status);
export const isStill = (status: PaymentOrderStatus): boolean => still.includes(status);

/** Whether its bank can say something of it that the books do not know: a message may say that it is paid and not by which UTR. */
export const isWorthAsking = ({ status, utr }: Pick<PaymentOrder, 'status' | 'utr'>): boolean =>
  atBank.includes(status) || (status === 'paid' && utr === null);

/** Whether the bill of the order waits for it: one that an earlier sending has paid does not. */
export const holdsExpense = (order: Pick<PaymentOrder, 'status' | 'attention'>): boolean =>
  isLiveOrder(order.status) && order.attention !== 'older_paid';

/** What people do with orders, and from where. */
export type OrderAction = 'release' | 'withdraw' | 'take' | 'export';
export const orderActions: Readonly<Record<OrderAction, readonly PaymentOrderStatus[]>> = {
  release: ['prepared', 'not_received'],
  withdraw: ['prepared', 'released', 'not_received'],
  take: ['released'],
  export: ['released'],
};

/** Where the commands about orders may move an expense. */
export const expenseMoves: Readonly<
  Record<string, { readonly from: readonly ExpenseStatus[]; readonly to: readonly ExpenseStatus[] }>
> = {
  'order.prepare': { from: ['approved', 'payable'], to: ['paying'] },
  'order.withdraw': { from: ['paying'], to: ['approved', 'payable', 'paid'] },
  'order.record': {
    from: ['approved', 'payable', 'paying', 'paid', 'reconciled'],
    to: ['approved', 'payable', 'paying', 'paid'],
  },
};

/**
 * What news of the present sending make of an order; what is not here changes nothing. Within one sending the states only go up:
 * sending or exported, in_doubt, not_received, accepted, failed, paid, returned. So the order in which news arrive, and how often, does not matter. The last two
 * entries are flags for a person and no states.
 */
export type OrderStep =
  | 'in_doubt'
  | 'not_received'
  | 'accepted'
  | 'failed'
  | 'paid'
  | 'returned'
  | 'failed_after_paid'
  | 'alive_after_end';

const ofSending = {
  in_doubt: 'in_doubt',
  unknown_there: 'not_received',
  accepted: 'accepted',
  refused: 'failed',
  failed: 'failed',
  paid: 'paid',
  returned: 'returned',
} as const;
const { in_doubt: _doubt, ...ofDoubt } = ofSending;
const { unknown_there: _unknown, ...ofNotReceived } = ofDoubt;

export const orderSteps: Readonly<Record<PaymentOrderStatus, Readonly<Partial<Record<NewsState, OrderStep>>>>> = {
  // Nothing was ever sent, so nothing can be news.
  prepared: {},
  // The sending before was not received, as the bank said; where it knows it after all, there must be no second one.
  released: { accepted: 'accepted', paid: 'paid', returned: 'returned' },
  sending: ofSending,
  exported: ofSending,
  in_doubt: ofDoubt,
  not_received: ofNotReceived,
  // Who has it does not lose it again: neither another answer to our question nor a second sending that he declines says so.
  accepted: { failed: 'failed', paid: 'paid', returned: 'returned' },
  failed: { paid: 'paid', returned: 'returned' },
  paid: { failed: 'failed_after_paid', returned: 'returned' },
  returned: {},
  withdrawn: { accepted: 'alive_after_end', paid: 'paid', returned: 'returned' },
};

/** The step that these news are for the present sending of the order, or undefined. @param isQuiet whether the sending is long enough ago */
export function stepOf(
  order: Pick<PaymentOrder, 'status' | 'failureReason'>,
  state: NewsState,
  source: NewsSource,
  isQuiet: boolean,
): OrderStep | undefined {
  if (state === 'unknown_there') {
    // Only who was asked can say that he does not know it, and only when it is not on its way any more.
    if (!isQuiet || (source !== 'enquiry' && source !== 'person')) return undefined;
  }
  // Released again by itself, because this sending had failed: that it was accepted before is old.
  if (order.status === 'released' && order.failureReason !== null && state === 'accepted') return undefined;
  return orderSteps[order.status][state];
}
