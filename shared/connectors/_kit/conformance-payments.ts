import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentNews } from '../../domain/payment-order/news.ts';
import { orderReference, wireReference } from '../../domain/payment-order/reference.ts';
import { limits } from '../../kernel/limits.ts';
import type { Result } from '../../kernel/result.ts';
import type { BankConnector, PaymentInstruction } from './bank.ts';
import { type Conforming, expectValue, questionOf, type Rig, sampleBulk, waitUntil } from './conformance-harness.ts';
import { wholeStatement } from './conformance-reading.ts';
import type { Fault } from './emulator.ts';
import type { ConnectorProblem } from './problem.ts';

const { connector: bounds } = limits;
type Pay = NonNullable<BankConnector['pay']>;
type Enquire = NonNullable<BankConnector['enquire']>;

const going = ['accepted', 'paid'];

/** What may become of a payment whose answer was lost: a doubt, or what the first answer was where a repeat is known by its key. */
function expectNoVerdict(made: Result<PaymentNews, ConnectorProblem>): void {
  if (made.ok) expect(going).toContain(made.value.state);
  else expect(made.error.kind).toBe('in_doubt');
}

/** After whatever happened: paid at most once, and the enquiry by our reference tells which. */
async function expectTrueEnquiry(one: Rig, enquire: Enquire, payment: PaymentInstruction): Promise<void> {
  const there = one.emulator.instructions();
  expect(there.length).toBeLessThanOrEqual(1);
  const news = expectValue(await one.call(enquire, questionOf(payment)));
  if (there.length === 0) expect(news.state).toBe('unknown_there');
  else expect(going).toContain(news.state);
}

const lost: readonly (readonly [string, Fault])[] = [
  ['a reset before it was heard', { kind: 'reset', accepts: false }],
  ['a reset after it was taken', { kind: 'reset', accepts: true }],
  ['an answer that breaks off', { kind: 'cut', accepts: true }],
  ['a page with 502 before it was heard', { kind: 'html', status: 502, accepts: false }],
  ['a page with 502 after it was taken', { kind: 'html', status: 502, accepts: true }],
  ['500 after it was taken', { kind: 'status', status: 500, accepts: true }],
  ['503 that nobody meant', { kind: 'status', status: 503, accepts: true }],
  ['408', { kind: 'status', status: 408, accepts: true }],
  ['a redirect', { kind: 'status', status: 307, accepts: true, headers: { location: 'https://elsewhere.example/' } }],
  ['a page with 200', { kind: 'html', status: 200, accepts: true }],
  ['an empty answer', { kind: 'empty', accepts: true }],
  ['half an answer', { kind: 'truncated', accepts: true }],
  ['an endless answer', { kind: 'oversized', accepts: true }],
  ['an answer of another type', { kind: 'wrong_type', accepts: true }],
];

/** Payments: made once whatever happens, and never called failed when nobody knows. */
export function conformOfPayments(conforming: Conforming): void {
  const { connector } = conforming;
  const { pay, enquire } = connector;
  if (enquire === undefined) return;
  if (pay !== undefined) {
    describe('a payment', () => {
      conformOfOnePayment(conforming, pay, enquire);
      conformOfLostAnswers(conforming, pay, enquire);
    });
  }
  conformOfBulk(conforming, enquire);
}

function conformOfOnePayment({ connector, kind, samples, rig }: Conforming, pay: Pay, enquire: Enquire): void {
  it('is made as it was asked for, to the paisa', async () => {
    const one = await rig();
    let number = 0;
    const amounts = fc.bigInt({ min: 1n, max: 1_99_999_99n });
    await fc.assert(
      fc.asyncProperty(amounts, async (amountPaise) => {
        number += 1;
        const payment = { ...samples.payment(number), amountPaise };
        const news = expectValue(await one.call(pay, payment));
        expect(news.reference).toBe(payment.reference);
        expect(going).toContain(news.state);
        expect(one.emulator.instructions()).toHaveLength(number);
        const { debitAccount, beneficiaryAccount, beneficiaryIfsc, mode, reference } = payment;
        const wanted = { debitAccount, beneficiaryAccount, beneficiaryIfsc, mode, reference, amountPaise };
        expect(one.emulator.instructions().at(-1)).toMatchObject(wanted);
      }),
      { numRuns: 8, examples: [[1n], [29n], [100n], [1_01n], [1_234_56n]] },
    );
  });

  it.each(samples.ends)('that is %s is told so, by our reference and by its own id', async (end) => {
    const one = await rig();
    const payment = samples.payment(1);
    const made = expectValue(await one.call(pay, payment));
    const id = one.emulator.instructions()[0]?.id ?? '';
    if (end === 'failed') one.emulator.bank.fail(id, 'invalid_account', 'No such account');
    else one.emulator.bank.settle(id);
    if (end === 'returned') one.emulator.bank.return(id);
    for (const providerId of new Set([null, made.providerId])) {
      const news = expectValue(await one.call(enquire, questionOf(payment, providerId)));
      expect(news.state).toBe(end);
      expect([null, payment.reference]).toContain(news.reference);
      if (end === 'paid') expect(news.utr).toBe(one.emulator.instructions()[0]?.utr);
      expect(news.failure === null).toBe(end === 'paid');
    }
  });

  it.runIf(connector.statement !== undefined)('that was settled stands in the statement', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    expectValue(await one.call(pay, payment));
    const { utr } = one.emulator.bank.settle(one.emulator.instructions()[0]?.id ?? '');
    const { entries } = await wholeStatement({ connector, call: one.call.bind(one) }, payment.debitAccount);
    expect(entries).toMatchObject([{ debitPaise: payment.amountPaise, creditPaise: 0n, reference: utr }]);
  });

  it('that was asked for twice is made once', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    const first = expectValue(await one.call(pay, payment));
    const second = await one.call(pay, payment);
    if (second.ok) expect(second.value).toMatchObject({ providerId: first.providerId, state: 'accepted' });
    // A refusal would be taken for the first one's.
    else expect(second.error.kind).toBe('in_doubt');
    expect(one.emulator.instructions()).toHaveLength(1);
  });

  it('that failed is made anew when its order is sent once more', async () => {
    const one = await rig();
    const { orderId, ...sample } = samples.payment(1);
    const [first, second] = [1, 2].map((fence) => {
      return { ...sample, orderId, reference: wireReference(orderReference(orderId), fence) };
    }) as [PaymentInstruction, PaymentInstruction];
    expectValue(await one.call(pay, first));
    one.emulator.bank.fail(one.emulator.instructions()[0]?.id ?? '', 'bank_offline', 'The bank is away');
    expect(going).toContain(expectValue(await one.call(pay, second)).state);
    expect(one.emulator.instructions().map(({ state, reference }) => [state, reference])).toEqual([
      ['failed', first.reference],
      ['accepted', second.reference],
    ]);
    expect(expectValue(await one.call(enquire, questionOf(first))).state).toBe('failed');
    expect(going).toContain(expectValue(await one.call(enquire, questionOf(second))).state);
  });

  it('of which it says something unknown is under way', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    one.emulator.faults.push({ kind: 'unknown_status' });
    const made = await one.call(pay, payment);
    if (made.ok) expect(made.value.state).toBe('accepted');
    else expect(made.error.kind).toBe('in_doubt');
    one.emulator.bank.settle(one.emulator.instructions()[0]?.id ?? '');
    one.emulator.faults.push({ kind: 'unknown_status' });
    const news = expectValue(await one.call(enquire, questionOf(payment)));
    expect(news.state).toBe('accepted');
  });

  it('that nobody asked for is unknown there', async () => {
    const one = await rig();
    const news = expectValue(await one.call(enquire, questionOf(samples.payment(9))));
    expect(news).toMatchObject({ state: 'unknown_there', utr: null });
  });

  it.each(['insufficient_funds', 'invalid_account', 'limit_exceeded', 'bank_offline'] as const)(
    'that is declined for %s was not made',
    async (reason) => {
      const one = await rig();
      const payment = samples.payment(1);
      one.emulator.bank.refusals.set(payment.beneficiaryAccount, reason);
      const made = await one.call(pay, payment);
      if (made.ok) expect(made.value).toMatchObject({ state: 'failed', failure: { reason } });
      else expect(made.error).toMatchObject({ kind: 'business', code: expect.stringMatching(/^BANK_/) });
      expect(one.emulator.instructions()).toEqual([]);
    },
  );

  it('of more than there is was not made', async () => {
    const one = await rig();
    const [account] = kind.accounts;
    if (account === undefined) return;
    one.emulator.bank.addLine(account.number, { debitPaise: account.openingPaise - 10_00n, narration: 'SPENT' });
    const made = await one.call(pay, { ...samples.payment(1), amountPaise: 10_01n });
    if (made.ok) expect(made.value).toMatchObject({ state: 'failed', failure: { reason: 'insufficient_funds' } });
    else expect(made.error.code).toBe('BANK_INSUFFICIENT_FUNDS');
    expect(one.emulator.instructions()).toEqual([]);
  });

  it('that is not as it must be is not sent', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    for (const spoilt of [{ amountPaise: 0n }, { amountPaise: -1n }, { beneficiaryIfsc: 'HDFC' }, { reference: '' }]) {
      const made = await one.call(pay, { ...payment, ...spoilt });
      expect(made).toMatchObject({ ok: false, error: { kind: 'validation', code: 'CONNECTOR_INPUT' } });
    }
    expect(one.emulator.requests).toEqual([]);
  });
}

function conformOfLostAnswers({ samples, rig }: Conforming, pay: Pay, enquire: Enquire): void {
  describe.each(lost)('with %s', (_name, fault) => {
    it('is no verdict, and is made at most once', async () => {
      const one = await rig();
      const payment = samples.payment(1);
      one.emulator.faults.push(fault);
      expectNoVerdict(await one.call(pay, payment));
      expect(one.emulator.faults).toEqual([]);
      await expectTrueEnquiry(one, enquire, payment);
    });

    it('again and again is a doubt', async () => {
      const one = await rig();
      const payment = samples.payment(1);
      const faults = Array.from({ length: bounds.attemptsMax }, () => fault);
      one.emulator.faults.push(...faults);
      expect(await one.call(pay, payment)).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
      // Whether it was sent once or, with a key, again: here is only the question left.
      one.emulator.faults.length = 0;
      await expectTrueEnquiry(one, enquire, payment);
    });
  });

  it.each([false, true])('whose answer never comes is a doubt (taken: %s)', async (accepts) => {
    const one = await rig();
    const payment = samples.payment(1);
    const waits = Array.from({ length: pay.effect === 'keyed' ? bounds.attemptsMax : 1 }, () => bounds.changeTimeoutMs);
    one.emulator.faults.push(...waits.map((): Fault => ({ kind: 'silence', accepts })));
    const made = await one.callIntoSilence(pay, payment, waits);
    expect(made).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    expect(one.emulator.instructions()).toHaveLength(accepts ? 1 : 0);
    await expectTrueEnquiry(one, enquire, payment);
  });

  it('that was stopped on its way is a doubt', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    const stop = new AbortController();
    one.emulator.faults.push({ kind: 'silence', accepts: true });
    const making = one.call(pay, payment, stop.signal);
    await waitUntil(() => one.emulator.silences > 0);
    stop.abort();
    expect(await making).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    await expectTrueEnquiry(one, enquire, payment);
  });

  it('that nobody was there for was not made, and is no doubt', async () => {
    const one = await rig();
    const payment = samples.payment(1);
    // A token, where there is one, is had before.
    expectValue(await one.call(enquire, questionOf(payment)));
    await one.emulator.hangUp();
    const made = await one.call(pay, payment);
    expect(made).toMatchObject({ ok: false, error: { kind: 'network' } });
  });
}

function conformOfBulk({ connector, samples, rig }: Conforming, enquire: Enquire): void {
  const { payBulk } = connector;
  if (payBulk === undefined) return;
  describe('a batch', () => {
    const payments = [1, 2, 3].map((number) => samples.payment(number));

    it('has news of each of its payments, and each is made once', async () => {
      const one = await rig();
      const { rows, batchId, providerId } = expectValue(await one.call(payBulk, sampleBulk(payments)));
      expect(batchId).toBe(sampleBulk(payments).batchId);
      expect(rows.map(({ reference }) => reference)).toEqual(payments.map(({ reference }) => reference));
      for (const { state } of rows) expect(going).toContain(state);
      expect(one.emulator.instructions().map(({ amountPaise }) => amountPaise)).toEqual(
        payments.map(({ amountPaise }) => amountPaise),
      );
      for (const payment of payments) {
        const asked = questionOf(payment, providerId === null ? null : (rows[0]?.providerId ?? null), batchId);
        expect(going).toContain(expectValue(await one.call(enquire, { ...asked, providerId: null })).state);
      }
    });

    it.each(lost)('with %s is no verdict, and none is made twice', async (_name, fault) => {
      const one = await rig();
      one.emulator.faults.push(fault);
      const made = await one.call(payBulk, sampleBulk(payments));
      if (!made.ok) expect(made.error.kind).toBe('in_doubt');
      expect([0, payments.length]).toContain(one.emulator.instructions().length);
      const { batchId } = sampleBulk(payments);
      for (const payment of payments) {
        const news = expectValue(await one.call(enquire, questionOf(payment, null, batchId)));
        const there = one.emulator.instructions().some(({ reference }) => reference === payment.reference);
        if (there) expect(going).toContain(news.state);
        else expect(news.state).toBe('unknown_there');
      }
    });
  });
}
