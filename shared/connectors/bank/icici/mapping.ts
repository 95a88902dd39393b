import type { PaymentNews, PaymentState } from '../../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../../domain/statement/model.ts';
import { istDate } from '../../../kernel/dates.ts';
import type { PaymentInstruction } from '../../_kit/bank.ts';
import type { CodeMeaning } from '../../_kit/bank-answer.ts';
import { failureOf } from '../../_kit/failure-words.ts';
import { type RupeeJson, rupeeJson } from '../../_kit/rupee-json.ts';
import type { PageLine } from '../../_kit/statement-pages.ts';
import type { IciciEvent, IciciTransaction } from './contract.ts';

/** The document's three words, and RETURNED, which is ours: money can come back after it was paid. Any other word leaves the payment open. */
const states: Readonly<Record<string, PaymentState>> = {
  SUCCESS: 'paid',
  FAILED: 'failed',
  PENDING: 'accepted',
  RETURNED: 'returned',
};

/** The codes with which this side says no; ours, since the document has none. */
export const iciciCodes: Readonly<Record<string, CodeMeaning>> = {
  INVALID_REQUEST: 'validation',
  INSUFFICIENT_SCOPE: 'auth',
  CERTIFICATE_REQUIRED: 'auth',
  ACCOUNT_NOT_FOUND: 'account',
  INSUFFICIENT_FUNDS: 'payment',
  INVALID_ACCOUNT: 'payment',
  INVALID_IFSC: 'payment',
  DAILY_LIMIT_EXCEEDED: 'payment',
  BANK_OFFLINE: 'payment',
  PAYMENT_DECLINED: 'payment',
  DUPLICATE_REQUEST: 'duplicate',
};

/** The document's own form of a payment. Our reference goes as the remarks, which stand in the narration of the statement. */
export const initiateBody = (payment: PaymentInstruction): string => {
  const body: RupeeJson = {
    debitAccount: payment.debitAccount,
    beneficiaryName: payment.beneficiaryName,
    beneficiaryAccount: payment.beneficiaryAccount,
    ifscCode: payment.beneficiaryIfsc,
    amount: payment.amountPaise,
    paymentMode: payment.mode.toUpperCase(),
    purpose: payment.purpose,
    remarks: payment.reference,
  };
  return rupeeJson(body);
};

export function lineOf(line: IciciTransaction): PageLine {
  const isDebit = line.type === 'DEBIT';
  const entry: StatementEntry = {
    date: line.date,
    valueDate: null,
    narration: line.description,
    reference: line.reference || line.transactionId,
    chequeNo: line.chequeNumber || null,
    debitPaise: isDebit ? line.amount : 0n,
    creditPaise: isDebit ? 0n : line.amount,
    balancePaise: line.balance,
  };
  return { key: line.transactionId, entry };
}

/** What the webhook or the enquiry says of a payment. */
export function newsOf(event: IciciEvent, reference: string | null, utr: string | null): PaymentNews {
  const state = stateOf(event.status);
  const isBooked = state === 'paid' || state === 'returned';
  const { settlementTime } = event;
  return {
    reference,
    providerId: event.transactionId,
    state,
    utr,
    bookedOn: isBooked && settlementTime ? istDate(Date.parse(settlementTime)) : null,
    failure: state === 'failed' || state === 'returned' ? failureOf(null, event.failureReason ?? '') : null,
    chargesPaise: null,
  };
}

export const stateOf = (status: string): PaymentState =>
  Object.hasOwn(states, status) ? (states[status] ?? 'accepted') : 'accepted';
