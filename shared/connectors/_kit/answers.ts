import type { FailureReason } from '../../domain/payment-order/news.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { ConnectorResponse, Effect } from './operation.ts';
import { type ConnectorProblem, problem } from './problem.ts';

/** Who it is about, for the sentences of the catalogue, and what was asked of it. */
export interface Asked {
  /** As the manifest has it. */
  readonly name: string;
  readonly effect: Effect;
}

/** The most of another's words that goes into a sentence; they may hold anything, so letters, figures and plain signs only. */
const WORDS_MAX = 160;

/** What another system said, fit to be shown: no signs that a screen or a log could take for something else, long numbers hidden. */
export const saidText = (text: string): string =>
  text
    .replace(/[^\p{L}\p{M}\p{N} .,:;()/'&%₹-]+/gu, ' ')
    .replace(/\d{6,}/g, (digits) => `…${digits.slice(-4)}`)
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, WORDS_MAX);

/** It cannot be known what became of the request: of a question that is a bad answer, of anything else a doubt. */
export const unreadable = ({ name, effect }: Asked, detail: string): ConnectorProblem =>
  effect === 'read'
    ? problem('contract', 'CONNECTOR_BAD_ANSWER', { name, detail })
    : problem('in_doubt', 'CONNECTOR_IN_DOUBT', { name, detail });

/**
 * What a status alone says, for answers whose body says nothing more; null for 2xx. A 5xx to a payment is a doubt whatever the reason phrase
 * promises: a proxy that lost the answer says the same.
 */
export function statusProblem(response: ConnectorResponse, asked: Asked, nowMs: number): ConnectorProblem | null {
  const { status } = response;
  const { name, effect } = asked;
  if (status >= 200 && status < 300) return null;
  if (status === 401) return problem('auth', 'CONNECTOR_AUTH', { name });
  if (status === 403) return problem('auth', 'CONNECTOR_FORBIDDEN', { name });
  if (status === 429) return problem('rate_limited', 'CONNECTOR_RATE_LIMITED', { name }, retryAfterMs(response, nowMs));
  if (status >= 300 && status < 400) {
    return effect === 'read'
      ? problem('contract', 'CONNECTOR_REDIRECT', { name, status })
      : problem('in_doubt', 'CONNECTOR_IN_DOUBT', { name, detail: `status ${status}` });
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 409) {
    return problem('validation', 'CONNECTOR_REJECTED', { name, detail: `status ${status}` });
  }
  return effect === 'read'
    ? problem('unavailable', 'CONNECTOR_UNAVAILABLE', { name, status }, retryAfterMs(response, nowMs))
    : problem('in_doubt', 'CONNECTOR_IN_DOUBT', { name, detail: `status ${status}` });
}

/** `Retry-After` in seconds or as a date; null where there is none that can be read. Never below zero. */
export function retryAfterMs(response: ConnectorResponse, nowMs: number): number | null {
  const said = response.headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1_000;
  const at = /[A-Za-z]/.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/** The text of an answer that says it is of this type; refusals as `unreadable` has them. */
export function textOf(
  response: ConnectorResponse,
  asked: Asked,
  type: RegExp = /^application\/(?:[\w.-]+\+)?json\b/i,
): Result<string, ConnectorProblem> {
  const said = response.headers['content-type'] ?? '';
  if (!type.test(said)) return err(unreadable(asked, `type ${saidText(said) || 'missing'}`));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    return text.trim() === '' ? err(unreadable(asked, 'empty')) : ok(text);
  } catch {
    return err(unreadable(asked, 'no UTF-8'));
  }
}

const failureCodes: Readonly<Record<FailureReason, ErrorCode>> = {
  bank_offline: 'BANK_OFFLINE',
  insufficient_funds: 'BANK_INSUFFICIENT_FUNDS',
  limit_exceeded: 'BANK_LIMIT_EXCEEDED',
  invalid_account: 'BANK_INVALID_ACCOUNT',
  declined: 'BANK_DECLINED',
};

/** A bank that understood and declines to take a payment: nothing was done. */
export const declined = (reason: FailureReason, name: string, detail: string): ConnectorProblem =>
  problem('business', failureCodes[reason], { name, detail: saidText(detail) });

/** Why a payment was not taken, where the problem is that the bank declined it. */
export function failureReasonOf({ kind, code }: ConnectorProblem): FailureReason | null {
  if (kind !== 'business') return null;
  const reasons = Object.keys(failureCodes) as FailureReason[];
  return reasons.find((reason) => failureCodes[reason] === code) ?? null;
}
