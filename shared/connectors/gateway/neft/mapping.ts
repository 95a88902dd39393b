import type { z } from 'zod';
import type { FailureReason, PaymentFailure, PaymentNews, PaymentState } from '../../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../../domain/statement/model.ts';
import { istDate } from '../../../kernel/dates.ts';
import { saidText } from '../../_kit/answers.ts';
import type { paymentStatus, statementAnswer } from './contract.ts';

const states: Readonly<Record<string, PaymentState>> = {
  completed: 'paid',
  failed: 'failed',
  rejected: 'failed',
  returned: 'returned',
  reversed: 'returned',
};

/** A word that we do not know is no reason to think that it failed. */
export const stateOf = (status: string): PaymentState => states[status.toLowerCase()] ?? 'accepted';

const reasons: Readonly<Record<string, FailureReason>> = {
  insufficient_funds: 'insufficient_funds',
  invalid_account: 'invalid_account',
  daily_limit_exceeded: 'limit_exceeded',
  bank_offline: 'bank_offline',
};

export const reasonOf = (code: string): FailureReason | null => reasons[code] ?? null;

type Said = Omit<z.output<typeof paymentStatus>, 'amount'>;

export function newsOf(said: Said, reference: string | null): PaymentNews {
  const state = stateOf(said.status);
  const isOver = state === 'paid' || state === 'returned';
  return {
    reference,
    providerId: said.payment_id,
    state,
    utr: said.utr_number ?? null,
    bookedOn: isOver && typeof said.completed_at === 'number' ? istDate(said.completed_at) : null,
    failure: state === 'failed' || state === 'returned' ? failureOf(said.error ?? null) : null,
    chargesPaise: said.charges ?? null,
  };
}

function failureOf(error: { readonly code: string; readonly message: string } | null): PaymentFailure {
  if (error === null) return { reason: 'declined', text: '' };
  return { reason: reasonOf(error.code) ?? 'declined', text: saidText(error.message || error.code) };
}

type Line = z.output<typeof statementAnswer>['transactions'][number];

export const entryOf = ({ date, description, ref_number, debit, credit, balance }: Line): StatementEntry => ({
  date,
  valueDate: null,
  narration: description,
  reference: ref_number || null,
  chequeNo: null,
  debitPaise: debit,
  creditPaise: credit,
  balancePaise: balance ?? null,
});
