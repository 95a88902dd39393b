import { parseReference } from '../../domain/payment-order/reference.ts';
import type { PaymentInstruction } from './bank.ts';

const TAIL_DIGITS = 8;

/**
 * What a request for a payment is called where the bank wants an id of its own form: the id of the order, and of a later sending of it another
 * one that follows from both. A bank takes no two payments under one id, and an order whose payment failed is sent once more.
 */
export function sendingIdOf({ orderId, reference }: Pick<PaymentInstruction, 'orderId' | 'reference'>): string {
  const again = (parseReference(reference)?.fence ?? 1) - 1;
  const head = orderId.slice(0, -TAIL_DIGITS);
  const tail = (Number.parseInt(orderId.slice(-TAIL_DIGITS), 16) ^ again) >>> 0;
  return head + tail.toString(16).padStart(TAIL_DIGITS, '0');
}
