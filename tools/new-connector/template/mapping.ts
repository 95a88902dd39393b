import type { z } from 'zod';
import { saidText } from '../../../shared/connectors/_kit/answers.ts';
import type { FailureReason, PaymentNews, PaymentState } from '../../../shared/domain/payment-order/news.ts';
import type { StatementEntry } from '../../../shared/domain/statement/model.ts';
import type { paymentAnswer, statementAnswer } from './contract.ts';

const states: Readonly<Record<string, PaymentState>> = { PAID: 'paid', FAILED: 'failed', RETURNED: 'returned' };

const reasons: Readonly<Record<string, FailureReason>> = {
  NO_FUNDS: 'insufficient_funds',
  BAD_ACCOUNT: 'invalid_account',
  OVER_LIMIT: 'limit_exceeded',
  BANK_AWAY: 'bank_offline',
  DECLINED: 'declined',
};

export const reasonOf = (code: string): FailureReason | null => reasons[code] ?? null;

/** A word that is not known is no reason to think that the payment failed. */
export function newsOf({
  id,
  reference,
  status,
  utr,
  settledOn,
  failure,
}: z.output<typeof paymentAnswer>): PaymentNews {
  const state = states[status] ?? 'accepted';
  const said = failure === null ? null : { reason: reasonOf(failure.code) ?? 'declined', text: saidText(failure.text) };
  return { reference, providerId: id, state, utr, bookedOn: settledOn, failure: said, chargesPaise: null };
}

export const unknownThere = (reference: string): PaymentNews => ({
  reference,
  providerId: null,
  state: 'unknown_there',
  utr: null,
  bookedOn: null,
  failure: null,
  chargesPaise: null,
});

export const entryOf = (line: z.output<typeof statementAnswer>['lines'][number]): StatementEntry => ({
  date: line.date,
  valueDate: null,
  narration: line.narration,
  reference: line.reference,
  chequeNo: null,
  debitPaise: line.debit,
  creditPaise: line.credit,
  balancePaise: line.balance,
});
