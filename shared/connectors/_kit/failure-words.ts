import type { FailureReason, PaymentFailure } from '../../domain/payment-order/news.ts';
import { saidText } from './answers.ts';

/** Codes of contract 001, section 2.1, and what banks call the same. */
const byCode: Readonly<Record<string, FailureReason>> = {
  INSUFFICIENT_FUNDS: 'insufficient_funds',
  INVALID_ACCOUNT: 'invalid_account',
  INVALID_IFSC: 'invalid_account',
  ACCOUNT_CLOSED: 'invalid_account',
  DAILY_LIMIT_EXCEEDED: 'limit_exceeded',
  LIMIT_EXCEEDED: 'limit_exceeded',
  BANK_OFFLINE: 'bank_offline',
};

/** Asked in this order. `bank_offline` lets a payment be tried again by itself, so it takes the beneficiary's bank by name. */
const byWords: readonly (readonly [RegExp, FailureReason])[] = [
  [/\binsufficient\s+(?:funds?|balance)\b/i, 'insufficient_funds'],
  [/\blimits?\b.*\bexceed|\bexceed\w*\b.*\blimits?\b/i, 'limit_exceeded'],
  [
    /\b(?:account|a\/c|ifsc)\b.*\b(?:invalid|closed|incorrect|frozen|dormant|blocked|(?:does )?not exist|not found)\b/i,
    'invalid_account',
  ],
  [/\b(?:invalid|closed|incorrect|no such)\b.*\b(?:account|a\/c|ifsc)\b/i, 'invalid_account'],
  [/\bbeneficiary('s)? bank\b.*\b(?:offline|unavailable|not available|down)\b/i, 'bank_offline'],
];

/** Why a payment failed, from the bank's code where it gives one and from its words where not. */
export function failureOf(code: string | null, text: string): PaymentFailure {
  const said = saidText(text === '' ? (code ?? '') : text);
  const name = (code ?? text).trim().toUpperCase();
  if (Object.hasOwn(byCode, name)) return { reason: byCode[name] ?? 'declined', text: said };
  return { reason: byWords.find(([words]) => words.test(text))?.[1] ?? 'declined', text: said };
}
