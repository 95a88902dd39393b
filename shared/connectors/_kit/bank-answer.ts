import type { z } from 'zod';
import type { ErrorCode } from '../../kernel/errors.ts';
import { err, type Result } from '../../kernel/result.ts';
import { type Asked, declined, saidText, statusProblem, textOf, unreadable } from './answers.ts';
import { failureOf } from './failure-words.ts';
import type { ConnectorResponse } from './operation.ts';
import { type ConnectorProblem, problem } from './problem.ts';
import { parseRupeeJson } from './rupee-json.ts';

/** Why the bank does not do it, by a code of its own. */
export interface Declined {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

/** What a bank that speaks JSON answered: what was asked for, a clear no, or something from which nothing follows. */
export type BankAnswer<T> =
  | { readonly kind: 'given'; readonly value: T }
  | { readonly kind: 'declined'; readonly declined: Declined }
  | { readonly kind: 'problem'; readonly problem: ConnectorProblem };

export interface AnswerRules<T> extends Asked {
  readonly given: z.ZodType<T>;
  /** The form in which this bank says no. */
  readonly declined: z.ZodType<Omit<Declined, 'status'>>;
  readonly now: number;
}

/**
 * Only what says clearly that nothing was done counts as that: refused credentials, too many requests, a 4xx with a code. Whatever else came
 * back for a payment leaves it in doubt, a 4xx that some proxy may have made of a lost answer too.
 */
export function readBankAnswer<T>(response: ConnectorResponse, rules: AnswerRules<T>): BankAnswer<T> {
  const { status } = response;
  const isClient = status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
  const body = jsonOf(response, rules);
  if (isClient && body.ok) {
    const no = rules.declined.safeParse(body.value);
    if (no.success) return { kind: 'declined', declined: { status, ...no.data } };
  }
  const said = statusProblem(response, rules, rules.now);
  if (said !== null) {
    const isGuess = said.kind === 'validation' && rules.effect !== 'read';
    return { kind: 'problem', problem: isGuess ? unreadable(rules, `status ${status}`) : said };
  }
  if (!body.ok) return { kind: 'problem', problem: body.error };
  const given = rules.given.safeParse(body.value);
  if (given.success) return { kind: 'given', value: given.data };
  return { kind: 'problem', problem: unreadable(rules, faultOf(given.error)) };
}

/** What a code of a bank means: that it will not pay, or a problem of another kind. */
export type CodeMeaning = 'auth' | 'validation' | 'payment' | 'account' | 'duplicate';

/** What a clear no is by the bank's own list of codes. One that is not on it leaves a payment in doubt. */
export function declinedProblem(
  { status, code, text }: Declined,
  meanings: Readonly<Record<string, CodeMeaning>>,
  asked: Asked,
): ConnectorProblem {
  const { name, effect } = asked;
  const detail = saidText(`${code} ${text}`);
  const no = (kind: ConnectorProblem['kind'], codeOfOurs: ErrorCode): ConnectorProblem =>
    problem(kind, codeOfOurs, { name, detail });
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  // It has that already, and what became of it is another question. A question itself is never one too many.
  if (meaning === 'duplicate' && effect !== 'read') return no('in_doubt', 'BANK_DUPLICATE_REFERENCE');
  switch (meaning) {
    case 'auth':
      return no('auth', 'CONNECTOR_FORBIDDEN');
    case 'validation':
      return no('validation', 'CONNECTOR_REJECTED');
    case 'account':
      return no('business', 'BANK_ACCOUNT_UNKNOWN');
    case 'payment':
      return declined(failureOf(code, text).reason, name, detail);
    default:
      if (status === 403) return no('auth', 'CONNECTOR_FORBIDDEN');
      return effect === 'read' ? no('validation', 'CONNECTOR_REJECTED') : unreadable(asked, detail);
  }
}

/** The answer as it is, for operations that make nothing of a no. */
export function givenOr<T>(
  answer: BankAnswer<T>,
  meanings: Readonly<Record<string, CodeMeaning>>,
  asked: Asked,
): Result<T, ConnectorProblem> {
  if (answer.kind === 'given') return { ok: true, value: answer.value };
  return err(answer.kind === 'declined' ? declinedProblem(answer.declined, meanings, asked) : answer.problem);
}

function jsonOf(response: ConnectorResponse, asked: Asked): Result<unknown, ConnectorProblem> {
  const text = textOf(response, asked);
  if (!text.ok) return text;
  try {
    return { ok: true, value: parseRupeeJson(text.value) };
  } catch {
    return err(unreadable(asked, 'no JSON'));
  }
}

/** Where the answer differs from what was promised: never with a value of it. */
export const faultOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = saidText((issue?.path ?? []).map(String).join('.'));
  return where === '' ? 'other form' : where;
};
