import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { ConnectorProblem } from '../../shared/connectors/_kit/problem.ts';
import { testKeys } from '../../shared/connectors/bank/axis/emulator.ts';
import { decryptCompact, verifyCompact } from '../../shared/connectors/bank/axis/emulator-jose.ts';
import { axisBalance, axisStatement, axisStatus, axisTransfer } from '../../shared/connectors/bank/axis/operations.ts';
import * as axis from '../../shared/connectors/bank/axis/testing.ts';
import { sbiBalance, sbiStatement } from '../../shared/connectors/bank/sbi/operations.ts';
import * as sbi from '../../shared/connectors/bank/sbi/testing.ts';
import { isIsoDate } from '../../shared/kernel/dates.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { FuzzTarget } from './fuzz.ts';

type Seeds = readonly [Uint8Array, ...Uint8Array[]];
type Outcome = Result<unknown, ConnectorProblem>;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (input: Uint8Array): string => new TextDecoder().decode(input);
const period = { from: '2026-11-01', to: '2026-11-30', page: null };

/** Every amount is exact and every day one of the calendar, in whatever was taken. */
function checkValues(value: unknown, name = ''): void {
  if (typeof value === 'number') assert(Number.isSafeInteger(value), `${name} ${value}`);
  else if (name.endsWith('Paise')) assert(value === null || typeof value === 'bigint', name);
  else if (/^(?:date|valueDate|bookedOn)$/.test(name))
    assert(value === null || isIsoDate(String(value)), String(value));
  else if (Array.isArray(value)) for (const one of value) checkValues(one, name);
  else if (typeof value === 'object' && value !== null) {
    for (const [member, inner] of Object.entries(value)) checkValues(inner, member);
  }
}

function checked(outcome: Outcome): Outcome {
  if (outcome.ok) checkValues(outcome.value);
  else for (const detail of Object.values(outcome.error.details)) assert(String(detail).length <= 200, String(detail));
  return outcome;
}

const line = {
  ...{ transactionDate: '2026-11-20', description: 'NEFT 1', direction: 'CREDIT', amount: '10.00', balance: '10.00' },
};
const soapSeeds = (): Seeds => [
  sbi.bytesOf(sbi.balanceXml()),
  sbi.bytesOf(sbi.balanceXml({ ledgerBalance: '-12345.67', currency: 'INR' })),
  sbi.bytesOf(sbi.statementXml([line, { ...line, direction: 'DEBIT', amount: '3.50', balance: '6.50' }])),
];

/** @param input the answer; read as one to each question, with each status that has a body */
async function soapAnswer(input: Uint8Array): Promise<unknown> {
  const outcomes: Outcome[] = [];
  for (const status of [200, 500]) {
    const answer = sbi.answerOf(input, status);
    const asked = { accountNumber: sbi.ACCOUNT };
    outcomes.push(await sbiBalance.response(answer, asked, sbi.contextOf()));
    outcomes.push(await sbiStatement.response(answer, { ...asked, ...period }, sbi.contextOf()));
    if (status !== 200)
      assert(
        outcomes.slice(2).every(({ ok }) => !ok),
        'an error was taken for an answer',
      );
  }
  outcomes.forEach(checked);
  return outcomes.find(({ ok }) => ok) ?? outcomes[0];
}

interface AxisCase {
  readonly name: string;
  readonly uuid: string;
  readonly body: unknown;
  readonly read: (answer: ReturnType<typeof axis.answered>) => Promise<Outcome> | Outcome;
}
const account = { accountNumber: axis.ACCOUNT };
const statementData = {
  ...{ corpAccNum: axis.ACCOUNT, openingBalance: '0.00', closingBalance: '10.00', pageNo: '1', hasMore: 'N' },
  transactions: [
    {
      transactionDate: '2026-11-20',
      particulars: 'NEFT',
      referenceNo: 'R',
      chequeNo: null,
      crDr: 'C',
      amount: '10.00',
    },
  ],
};
/** By the first letter of an input. */
const axisCases: Readonly<Record<string, AxisCase>> = {
  t: {
    ...{ name: 'TransferPayment', uuid: axis.ORDER, body: axis.done(axis.transferData) },
    read: (answer) => axisTransfer.response(answer, axis.payment, axis.contextOf()),
  },
  q: {
    ...{ name: 'GetTransferPaymentStatus', uuid: axis.REQUEST, body: axis.done({ CUR_TXN_ENQ: [axis.transaction] }) },
    read: (answer) => axisStatus.response(answer, axis.question, axis.contextOf()),
  },
  b: {
    ...{ name: 'GetAccountBalance', uuid: axis.REQUEST, body: axis.done(axis.balanceData) },
    read: (answer) => axisBalance.response(answer, account, axis.contextOf()),
  },
  s: {
    ...{ name: 'GetAccountStatement', uuid: axis.REQUEST, body: axis.done(statementData) },
    read: (answer) => axisStatement.response(answer, { ...account, ...period }, axis.contextOf()),
  },
};
const first = axisCases.t as AxisCase;
const caseOf = (input: Uint8Array): AxisCase => axisCases[String.fromCharCode(input[0] ?? 0)] ?? first;

const bankKey = createPublicKey(axis.bankKey);
const collegeKey = createPrivateKey(testKeys['college-decryption'].private);

/** Whether the bank signed it, by cryptography of our own; null where it did not. */
function signedClaims(wire: string): string | null {
  try {
    return verifyCompact(decryptCompact(wire.trimEnd(), collegeKey).trimEnd(), bankKey, 'PS256');
  } catch {
    return null;
  }
}

/** What was not signed says nothing of money: no balance, no line, and of a payment a doubt at most. */
function judge(outcome: Outcome, isSigned: boolean, isTransfer: boolean): Outcome {
  if (!isSigned) {
    assert(!outcome.ok, 'taken without a signature');
    assert.equal(outcome.error.kind, isTransfer ? 'in_doubt' : 'contract');
  }
  return checked(outcome);
}

/** On the wire: the letter, then what the bank sent, altered by somebody who has no key. */
async function axisWire(input: Uint8Array): Promise<unknown> {
  const { name, read } = caseOf(input);
  const wire = input.subarray(1);
  return judge(await read(axis.answered(wire)), signedClaims(textOf(wire)) !== null, name === first.name);
}

/** The letter, then the body as the bank itself says it, well signed, whatever it is. */
async function axisSaid(input: Uint8Array): Promise<unknown> {
  const { name, uuid, read } = caseOf(input);
  const jws = axis.jwsOf(name, textOf(input.subarray(1)), { uuid });
  const outcome = judge(await read(axis.answered(axis.sealed(jws))), true, name === first.name);
  const word = /"transactionStatus"\s*:\s*"\s*([a-z]+)/i.exec(textOf(input))?.[1]?.toUpperCase();
  if (outcome.ok && name === 'GetTransferPaymentStatus') {
    const { state } = outcome.value as { readonly state: string };
    if (state === 'paid') assert.match(textOf(input), /processed|\\u/i, `paid by ${word}`);
    if (state === 'failed') assert.match(textOf(input), /rejected|\\u/i, `failed by ${word}`);
  }
  // A transfer is answered with that it was taken, and with nothing that came after.
  if (outcome.ok && name === first.name) assert.equal((outcome.value as { readonly state: string }).state, 'accepted');
  return outcome;
}

const axisSeeds = (write: (one: AxisCase) => string): Seeds => {
  const [one = new Uint8Array(), ...others] = Object.entries(axisCases).map(([letter, each]) =>
    utf8(letter + write(each)),
  );
  return [one, ...others];
};

export const bankTargets: readonly FuzzTarget[] = [
  { name: 'sbi-soap', seeds: soapSeeds, run: soapAnswer },
  { name: 'axis-said', seeds: () => axisSeeds(({ body }) => JSON.stringify(body)), run: axisSaid },
  // Its seeds are closed anew in each run, with keys of chance; what is found is saved as it went over the wire.
  {
    name: 'axis-wire',
    seeds: () => axisSeeds(({ name, body, uuid }) => axis.sealed(axis.jwsOf(name, body, { uuid }))),
    run: axisWire,
    isSealed: true,
  },
];
