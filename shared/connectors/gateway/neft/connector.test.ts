import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PaymentInstruction } from '../../_kit/bank.ts';
import { conformance } from '../../_kit/conformance.ts';
import { answerOf, expectValue, type Fixture, questionOf, Rig, samplePayment } from '../../_kit/conformance-harness.ts';
import { signatureOf } from '../../_kit/hmac.ts';
import type { ConnectorContext } from '../../_kit/operation.ts';
import { neft } from './connector.ts';
import { emulator } from './emulator.ts';
import { balance, enquire, pay, statement } from './operations.ts';
import { webhook } from './webhook.ts';

const fixture = (name: string): string => readFileSync(`${import.meta.dirname}/fixtures/${name}.json`, 'utf8');

const context: ConnectorContext = {
  settings: {},
  secrets: emulator.secrets,
  accessToken: null,
  requestId: '0197a000-0000-7000-8000-000000000001',
  now: Date.parse('2026-11-20T06:00:00Z'),
};
const payment: PaymentInstruction = {
  ...samplePayment(emulator, 1),
  reference: 'PAY-2024-000123',
  debitAccount: '9876543210',
};
const account = { accountNumber: '9876543210' };
const january = { ...account, from: '2024-01-01', to: '2024-01-31', page: null };
const paid = {
  reference: 'PAY-2024-000123',
  providerId: 'pay_xyz123',
  state: 'paid',
  utr: 'HDFC2024011598765',
  bookedOn: '2024-01-15',
  failure: null,
  chargesPaise: null,
};
const ok = (value: unknown) => ({ ok: true, value });

/** The examples of the contract as they stand there. */
const fixtures: Fixture[] = [
  {
    name: 'initiate-202',
    read: () => pay.response(answerOf(fixture('initiate-202'), 202), payment, context),
    meaning: ok({ ...paid, state: 'accepted', utr: null, bookedOn: null }),
  },
  {
    name: 'status-200',
    read: () => enquire.response(answerOf(fixture('status-200')), questionOf(payment, 'pay_xyz123'), context),
    meaning: ok({ ...paid, chargesPaise: 500n }),
  },
  {
    name: 'statements-200',
    read: () => statement.response(answerOf(fixture('statements-200')), january, context),
    meaning: ok({
      entries: [
        {
          date: '2024-01-15',
          valueDate: null,
          narration: 'NEFT-Tech Supplies Ltd',
          reference: 'HDFC2024011598765',
          chequeNo: null,
          debitPaise: 5_000_00n,
          creditPaise: 0n,
          balancePaise: 95_000_00n,
        },
      ],
      openingPaise: 1_00_000_00n,
      closingPaise: 95_000_00n,
      nextPage: null,
    }),
  },
  {
    name: 'balance-200',
    read: () => balance.response(answerOf(fixture('balance-200')), account, context),
    meaning: ok({ availablePaise: 95_000_00n, currentPaise: null, at: Date.parse('2024-01-15T16:00:00Z') }),
  },
  {
    name: 'error-422',
    read: () => pay.response(answerOf(fixture('error-422'), 422), payment, context),
    meaning: {
      ok: false,
      error: {
        kind: 'business',
        code: 'BANK_INSUFFICIENT_FUNDS',
        details: { name: 'NEFT gateway', detail: 'Remitter account balance low' },
        retryAfterMs: null,
      },
    },
  },
];

conformance(neft, emulator, { fixtures });

it('asks for a payment in the words of the contract', async () => {
  const sent = await pay.request({ ...payment, amountPaise: 5_000_00n }, context);
  expect(sent).toMatchObject({ method: 'POST', path: '/api/v2/payments/neft/initiate' });
  expect(sent.headers).toMatchObject({
    authorization: `Bearer ${emulator.secrets.apiKey}`,
    'x-request-id': `req_${context.requestId}`,
  });
  expect(JSON.parse(new TextDecoder().decode(sent.body))).toEqual({
    amount: 500_000,
    currency: 'INR',
    beneficiary: {
      name: payment.beneficiaryName,
      account_number: payment.beneficiaryAccount,
      ifsc: payment.beneficiaryIfsc,
      bank_name: 'HDFC',
    },
    remitter: { account_number: '9876543210', ifsc: payment.debitIfsc },
    purpose: payment.purpose,
    reference_number: 'PAY-2024-000123',
  });
});

describe('an answer that cannot be right', () => {
  const spoilt = (change: object) => answerOf(JSON.stringify({ ...JSON.parse(fixture('statements-200')), ...change }));

  it.each([
    ['a line is missing', { closing_balance: 9_400_000 }],
    ['an amount is no whole paisa', { opening_balance: 10_000_000.5 }],
    ['it is of another account', { account_number: '9876543211' }],
    ['there are no lines at all', { transactions: undefined }],
  ])('is no statement: %s', (_name, change) => {
    expect(statement.response(spoilt(change), january, context)).toMatchObject({ error: { kind: 'contract' } });
  });

  it('is no balance of this account, and no news of this payment', () => {
    const other = { accountNumber: '987654321099' };
    expect(balance.response(answerOf(fixture('balance-200')), other, context)).toMatchObject({
      error: { kind: 'contract' },
    });
    const asked = questionOf(payment, 'pay_other');
    expect(enquire.response(answerOf(fixture('status-200')), asked, context)).toMatchObject({
      error: { kind: 'contract' },
    });
    const two = JSON.stringify({
      data: [1, 2].map((n) => ({ ...JSON.parse(fixture('status-200')), payment_id: `p${n}` })),
    });
    expect(enquire.response(answerOf(two), questionOf(payment), context)).toMatchObject({
      error: { kind: 'contract' },
    });
  });

  it('of a proxy does not say that the payment is unknown', () => {
    const asked = questionOf(payment, 'pay_xyz123');
    const page = answerOf('<html></html>', 404, { 'content-type': 'text/html' });
    expect(enquire.response(page, asked, context)).toMatchObject({ ok: false });
    const said = answerOf('{"error":{"code":"payment_not_found","message":""}}', 404);
    expect(enquire.response(said, asked, context)).toMatchObject({ value: { state: 'unknown_there' } });
  });
});

describe("the contract's own form of the message, without a time", () => {
  const raw = new TextEncoder().encode(fixture('webhook-completed'));
  const secret = 'whs-of-the-contract-1';
  const now = Date.parse('2026-11-20T06:00:00Z');
  const verify = async (allowsNoTime: boolean, headers: Record<string, string>, at = now, body = raw) =>
    webhook.verify(body, headers, [{ secret, allowsNoTime }], at);

  it('is believed under a key that says so, however late it comes', async () => {
    const headers = { 'x-signature': await signatureOf([raw], secret) };
    expect(expectValue(await verify(true, headers)).news).toEqual(paid);
    expect(await verify(false, headers)).toMatchObject({ error: { code: 'BANK_WEBHOOK_SIGNATURE' } });
    // Said to have been completed only after now.
    const before = Date.parse('2024-01-15T15:30:00Z');
    expect(await verify(true, headers, before)).toMatchObject({ error: { code: 'BANK_WEBHOOK_TIME' } });
  });

  it('is not made of a message with a time by taking the time away, nor the other way round', async () => {
    const timestamp = String(now / 1_000);
    const timed = await signatureOf([`${timestamp}.`, raw], secret);
    const bare = await signatureOf([raw], secret);
    expectValue(await verify(true, { 'x-signature': timed, 'x-timestamp': timestamp }));
    expect((await verify(true, { 'x-signature': timed })).ok).toBe(false);
    expect((await verify(true, { 'x-signature': bare, 'x-timestamp': timestamp })).ok).toBe(false);
  });

  it('comes from the emulator where it is told to', async () => {
    const rig = await new Rig(neft, emulator, { emulator: { settings: { webhookTime: 'none' } } }).start({});
    try {
      expectValue(await rig.call(pay, samplePayment(emulator, 1)));
      const settled = rig.emulator.bank.settle(rig.emulator.instructions()[0]?.id ?? '');
      const notice = await rig.emulator.notices.make(settled);
      const key = { secret: emulator.secrets.webhookSecret ?? '', allowsNoTime: true };
      if (notice === null) throw new Error('no message');
      expectValue(await webhook.verify(notice.body, notice.headers, [key], rig.clock.now()));
    } finally {
      await rig.stop();
    }
  });
});
