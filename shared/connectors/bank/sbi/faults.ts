import type { ErrorCode } from '../../../kernel/errors.ts';
import { saidText } from '../../_kit/answers.ts';
import type { ConnectorContext } from '../../_kit/operation.ts';
import { type ConnectorProblem, type ProblemKind, problem } from '../../_kit/problem.ts';
import type { SoapFault } from './soap-service.ts';

interface Meaning {
  readonly kind: ProblemKind;
  readonly code: ErrorCode;
}

const auth: Meaning = { kind: 'auth', code: 'CONNECTOR_AUTH' };
const account: Meaning = { kind: 'business', code: 'BANK_ACCOUNT_UNKNOWN' };
const malformed: Meaning = { kind: 'validation', code: 'CONNECTOR_REJECTED' };
const tooMany: Meaning = { kind: 'rate_limited', code: 'CONNECTOR_RATE_LIMITED' };
const away: Meaning = { kind: 'unavailable', code: 'CONNECTOR_UNAVAILABLE' };
const unusable: Meaning = { kind: 'contract', code: 'CONNECTOR_BAD_ANSWER' };

/**
 * What subcodes mean. Those of WS-Security are its own (SOAP Message Security 1.1, section 12); the others are of our WSDL, as the bank
 * publishes none.
 */
const bySubcode: ReadonlyMap<string, Meaning> = new Map([
  ['FailedAuthentication', auth],
  ['FailedCheck', auth],
  ['InvalidSecurity', auth],
  ['InvalidSecurityToken', auth],
  ['SecurityTokenUnavailable', auth],
  ['UnsupportedSecurityToken', auth],
  ['MessageExpired', auth],
  ['UnknownAccount', account],
  ['AccountNotPermitted', account],
  ['AccountBlocked', { kind: 'business', code: 'BANK_DECLINED' }],
  ['InvalidRequest', malformed],
  ['InvalidPeriod', malformed],
  ['TooManyRequests', tooMany],
  ['CoreUnavailable', away],
  ['Timeout', away],
]);

/** What the codes of SOAP itself mean when no subcode is known (SOAP 1.2, part 1, section 5.4.6). */
const byCode: ReadonlyMap<string, Meaning> = new Map([
  ['Sender', malformed],
  ['Receiver', away],
]);

/** Both operations only read, so no fault leaves anything in doubt. The innermost subcode that is known decides. */
export function problemOfFault(
  name: string,
  fault: SoapFault,
  status: number,
  context: ConnectorContext,
): ConnectorProblem {
  const known = fault.subcodes.toReversed().find((subcode) => bySubcode.has(subcode));
  const meaning = (known === undefined ? byCode.get(fault.code) : bySubcode.get(known)) ?? unusable;
  return problem(meaning.kind, meaning.code, { name, status, detail: wordsOf(fault.reason, context) });
}

/** What the bank said, without a secret of ours that it repeats. */
function wordsOf(reason: string, { secrets }: ConnectorContext): string {
  let bare = reason;
  for (const secret of Object.values(secrets)) if (secret.length >= 4) bare = bare.replaceAll(secret, '…');
  return saidText(bare) || 'no reason given';
}
