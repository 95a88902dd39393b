import { expect, test } from 'vitest';
import { bankConnectors } from '../../../shared/connectors/registry.gen.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { BankQuestion, BankSending } from '../../../shared/ports/bank-link.ts';
import type { OpenConnection } from '../../../shared/ports/connections.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { SimClock } from '../../../shared/testing/sim-clock.ts';
import { BankSessions } from './bank-sessions.ts';
import { sessionBankLink } from './session-bank-link.ts';

const id = '018f0000-0000-7000-8000-0000000000a1';
const orderId = '018f0000-0000-7000-8000-0000000000a2';
const batchId = '018f0000-0000-7000-8000-0000000000a3';
const collegeId = '018f0000-0000-7000-8000-0000000000a4';
const accountNumber = '012305004411';
const reference = 'ABCDEFGHJKLMNP22';

/** A gateway at a port where nobody listens. */
function nobodyThere() {
  const clock = new SimClock(Date.parse('2026-11-20T06:00:00Z'));
  const tokens = { get: async () => null, set: async () => {}, delete: async () => {} };
  const sessions = new BankSessions({
    ...{ connectors: bankConnectors, tokens, clock, random: systemRandom },
    log: () => {},
  });
  const connection: OpenConnection = {
    ...{ id, connectorId: 'neft', baseUrl: 'https://127.0.0.1:1', accountNumber, settings: {} },
    secrets: async () => ({ apiKey: 'k'.repeat(32) }),
    credentials: async () => null,
  };
  const link = sessionBankLink({
    ...{ sessions, connectors: bankConnectors, clock, open: async () => connection },
    ready: async () => [{ id, collegeId, connectorId: 'neft', accountCode: '1200', accountNumber }],
  });
  return { clock, sessions, link };
}

const sending: BankSending = {
  ...{ orderId, batchId, fence: 1, reference, debitAccount: accountNumber, debitIfsc: 'ICIC0000011' },
  ...{ beneficiaryName: 'Asha Traders', beneficiaryAccount: '50100000000001', beneficiaryIfsc: 'HDFC0000001' },
  ...{ amountPaise: 500_00n, mode: 'neft', purpose: 'Bill 1', notAfter: Date.parse('2026-11-20T07:00:00Z') },
};
const question: BankQuestion = { orderId, batchId, fence: 1, reference, providerId: null, debitAccount: accountNumber };

test('a bank that cannot be reached is said to be paused, then to be probed, and what is sent to it meanwhile never leaves', async () => {
  const { clock, sessions, link } = nobodyThere();
  const health = async () => (await link.accounts())[0]?.health;
  expect(await health()).toBe('well');
  let isTicking = true;
  // Repeats of a question wait, and time has to go by for them.
  const ticks = (async () => {
    while (isTicking) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.advance(1_000);
    }
  })();
  for (let tried = 0; tried < limits.connector.breakerFailures && (await health()) === 'well'; tried += 1) {
    expect(await link.enquire(id, [question])).toMatchObject([{ kind: 'in_doubt' }]);
  }
  isTicking = false;
  await ticks;
  if ((await health()) === 'probing') await link.send(id, [sending]);
  expect(await health()).toBe('paused');
  expect(await link.send(id, [sending])).toMatchObject([{ kind: 'in_doubt', refusal: { code: 'CONNECTOR_PAUSED' } }]);
  clock.advance(limits.connector.breakerOpenMs);
  expect(await health()).toBe('probing');
  await sessions.close();
});
