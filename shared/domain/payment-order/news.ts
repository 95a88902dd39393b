import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';

export type PaymentMode = 'neft' | 'rtgs';

/**
 * What a bank says of a payment. `accepted` it has it and works on it, or says something we do not know; `paid` the beneficiary has it;
 * `failed` it will not be paid; `returned` it came back after it was paid; `unknown_there` the bank has never heard of it.
 */
export const paymentStates = ['accepted', 'paid', 'failed', 'returned', 'unknown_there'] as const;
export type PaymentState = (typeof paymentStates)[number];

export interface PaymentNews {
  /** Ours; null where the message names the payment only by the bank's id. */
  readonly reference: string | null;
  readonly providerId: string | null;
  readonly state: PaymentState;
  readonly utr: string | null;
  /** The day of the money in the bank's books, where it says. */
  readonly bookedOn: IsoDate | null;
  readonly failure: PaymentFailure | null;
  readonly chargesPaise: Paise | null;
}

/** Why a payment failed or came back: what can be done about it, and what the bank said. */
export interface PaymentFailure {
  readonly reason: FailureReason;
  readonly text: string;
}

/**
 * `bank_offline` the beneficiary's bank is away, tried again by itself after half an hour; `insufficient_funds` and `limit_exceeded` by a
 * person; `invalid_account` never with these details (001 section 2.1).
 */
export type FailureReason = 'bank_offline' | 'insufficient_funds' | 'limit_exceeded' | 'invalid_account' | 'declined';
