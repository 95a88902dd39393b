import type { FailureReason } from '../../../shared/domain/payment-order/news.ts';
import { orderSteps } from '../../../shared/domain/payment-order/status.ts';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';

/** What a person may have heard from the bank. */
export const said = ['paid', 'failed', 'returned', 'unknown_there'] as const;
export type Said = (typeof said)[number];

/** States in which a person who looked at the bank's pages knows more than the books. */
const asking: readonly PaymentOrderRow['status'][] = ['exported', 'accepted', 'in_doubt', 'not_received', 'paid'];

/** What can be said of the order now, by the rules. That a payment failed after it was paid is for the statement to say. */
export function saidChoices(order: Pick<PaymentOrderRow, 'status'>): readonly Said[] {
  if (!asking.includes(order.status)) return [];
  if (order.status === 'paid') return ['returned'];
  return said.filter((one) => one !== 'returned' && orderSteps[order.status][one] !== undefined);
}

export const failureReasons: readonly FailureReason[] = [
  'invalid_account',
  'insufficient_funds',
  'limit_exceeded',
  'bank_offline',
  'declined',
];
