import { type ErrorCode, type ErrorDetails, type Refusal, refusal } from '../../kernel/errors.ts';

/**
 * What kind of trouble another system gave us. The list is closed: what a caller does next depends on nothing else.
 * `auth` the credentials are refused; `network` it was not reached and cannot have heard us; `rate_limited` it asks us to wait;
 * `validation` it says what we sent is malformed; `business` it understood and declines; `in_doubt` it may have done it, nobody knows;
 * `unavailable` it says it cannot now, and did nothing; `contract` its answer is not what it promised.
 */
export type ProblemKind =
  | 'auth'
  | 'network'
  | 'rate_limited'
  | 'validation'
  | 'business'
  | 'in_doubt'
  | 'unavailable'
  | 'contract';

/** A refusal of the catalogue with its kind, and when to ask again where the other side said so. */
export interface ConnectorProblem extends Refusal {
  readonly kind: ProblemKind;
  readonly retryAfterMs: number | null;
}

export const problem = (
  kind: ProblemKind,
  code: ErrorCode,
  details: ErrorDetails = {},
  retryAfterMs: number | null = null,
): ConnectorProblem => ({ ...refusal(code, details), kind, retryAfterMs });
