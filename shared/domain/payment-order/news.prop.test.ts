import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { expectOk, expectRefused } from '../../testing/college-world.ts';
import { paymentFaults } from '../../testing/payment-invariants.ts';
import { PaymentWorld, type Said } from '../../testing/payment-world.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { NewsState } from './args.ts';

/** What a bank may say of one sending, the highest last. `refused` is left out: it says what `failed` says, before anything was accepted. */
const rank = ['in_doubt', 'unknown_there', 'accepted', 'failed', 'paid', 'returned'] as const;
const ends = ['in_doubt', 'not_received', 'accepted', 'failed', 'paid', 'returned'] as const;
const failure = { reason: 'declined', text: 'Account closed' } as const;
const said = (state: NewsState): Said => ({ state, failure: state === 'failed' ? failure : null });

const minute = 60_000;

describe('news of one sending', () => {
  it('end in the same, in whatever order and however often they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...rank), { minLength: 1, maxLength: 8 }), async (states) => {
        const bank = await PaymentWorld.create();
        const order = await bank.sending();
        bank.world.now += limits.payment.quietMs;
        for (const state of states) {
          const isNew = bank.order(order.id);
          const outcome = await bank.record(order, said(state));
          expectOk(outcome);
          // Said once more it is no news.
          const after = bank.order(order.id);
          const again = expectOk(await bank.record(order, said(state)));
          expect(again.changes).toEqual([]);
          expect(bank.order(order.id)).toBe(after);
          expect(after.revision - isNew.revision).toBeLessThanOrEqual(1);
        }
        const highest = Math.max(...states.map((state) => rank.indexOf(state)));
        const { status, attention } = bank.order(order.id);
        // A bank that says `failed` after `paid` contradicts itself, which a person sees.
        expect(status).toBe(ends[highest]);
        if (status !== 'paid') expect(attention).toBeNull();
        const posted = bank.world.books.rows('vouchers').filter(({ expenseId }) => expenseId === order.expenseId);
        const kinds = posted.map(({ kind }) => kind).filter((kind) => kind !== 'journal');
        const wanted = { paid: ['payment'], returned: ['payment', 'reversal'] };
        expect(kinds.slice(kinds.indexOf('payment'))).toEqual(wanted[status as 'paid'] ?? kinds.slice(-1));
        const bill = { paid: 'paid', returned: 'approved', failed: 'approved' };
        expect(bank.expenseOf(order).status).toBe(bill[status as 'paid'] ?? 'paying');
        expect(paymentFaults(bank.world.books)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('of the bank not knowing it count after a quarter of an hour, from who asked', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    bank.world.now += limits.payment.quietMs - 1;
    expectOk(await bank.record(order, { state: 'unknown_there' }));
    expect(bank.order(order.id).status).toBe('sending');
    bank.world.now += 1;
    for (const source of ['webhook', 'statement'] as const) {
      expect(expectRefused(await bank.record(order, { state: 'unknown_there' }, source)).code).toBe('ORDER_NEWS_KNOWN');
    }
    expectOk(await bank.record(order, { state: 'unknown_there' }));
    expect(bank.order(order.id).status).toBe('not_received');
  });

  it('of a sending that never was are refused, as are two about one order', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    expect(expectRefused(await bank.record(order, { state: 'paid', fence: 2 })).code).toBe('ORDER_FENCE_UNKNOWN');
    const one = { orderId: order.id, fence: 1, state: 'paid', failure: null } as const;
    const none = { providerId: null, utr: null, bookedOn: null, chargesPaise: null };
    const args = {
      batchId: order.batchId,
      source: 'enquiry',
      outcomes: [0, 1].map(() => ({ ...one, ...none })),
    } as const;
    expect(expectRefused(await bank.world.run('order.record', args, bank.world.accountant)).code).toBe('INPUT_INVALID');
  });
});

/** What is true of one sending at a bank that does not contradict itself. */
type Truth = 'lost' | 'paid' | 'failed' | 'returned';

/** A bank that has truly done things and tells of them when it likes. */
class TruthfulBank {
  readonly #truths = new Map<string, Truth>();
  #next: readonly Truth[];

  constructor(truths: readonly Truth[]) {
    this.#next = truths;
  }

  send(order: PaymentOrder): void {
    const key = `${order.id} ${order.fence}`;
    // What the program must never do, the bank would do as well.
    if (this.#truths.has(key)) throw new Error('sent twice');
    const [truth = 'paid', ...rest] = this.#next;
    this.#next = rest;
    this.#truths.set(key, truth);
  }

  /** What it may say of the sending: of a payment that goes on in steps, any step up to the last. */
  says(order: PaymentOrder, fence: number, pick: number): NewsState {
    const steps = {
      lost: ['unknown_there'],
      paid: ['accepted', 'paid', 'paid', 'in_doubt'],
      failed: ['accepted', 'failed', 'failed', 'in_doubt'],
      returned: ['accepted', 'paid', 'returned', 'returned'],
    } as const;
    const own = steps[this.#truths.get(`${order.id} ${fence}`) ?? 'lost'];
    return own[pick % own.length] ?? 'in_doubt';
  }

  /** How often money is away for the bill. */
  away(orders: readonly PaymentOrder[]): number {
    const ids = new Set(orders.map(({ id }) => id));
    return [...this.#truths].filter(([key, truth]) => truth === 'paid' && ids.has(key.split(' ')[0] ?? '')).length;
  }
}

describe('a bank that tells the truth, whenever and however often', () => {
  const deed = fc.record({
    kind: fc.constantFrom(
      'prepare',
      'release',
      'release',
      'take',
      'take',
      'hear',
      'hear',
      'hear',
      'withdraw',
      'elsewhere',
    ),
    pick: fc.nat(100),
    minutes: fc.integer({ min: 0, max: 40 }),
  });
  const truths = fc.array(fc.constantFrom<Truth>('lost', 'paid', 'failed', 'returned'), {
    minLength: 4,
    maxLength: 12,
  });

  it('is never made to pay a bill twice, by whatever desks and people try', async () => {
    let paid = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 15, maxLength: 60, size: 'max' }), truths, async (deeds, fates) => {
        const bank = await PaymentWorld.create();
        const { world } = bank;
        const bill = await bank.bill();
        const truth = new TruthfulBank(fates);
        for (const { kind, pick, minutes } of deeds) {
          world.now += minutes * minute;
          if (pick % 3 === 0) world.deviceId = world.newId();
          const order = bank.orders()[pick % Math.max(1, bank.orders().length)];
          if (kind === 'prepare') await bank.prepare([bill.id]);
          if (kind === 'elsewhere') await world.run('payment.take', { expenseId: bill.id }, world.secondAccountant);
          if (kind === 'elsewhere') await world.run('payment.giveBack', { expenseId: bill.id }, world.secondAccountant);
          if (order === undefined) continue;
          if (kind === 'release') await bank.release([order]);
          if (kind === 'withdraw' && pick % 4 === 0) await bank.withdraw(order);
          if (kind === 'take' && (await bank.take(order)).ok) truth.send(bank.order(order.id));
          if (kind === 'hear' && order.fence > 0) {
            const fence = 1 + (pick % order.fence);
            await bank.record(order, { ...said(truth.says(order, fence, pick)), fence });
          }
          expect(truth.away(bank.orders())).toBeLessThanOrEqual(1);
          expect(paymentFaults(world.books)).toEqual([]);
          expect(
            bank
              .orders()
              .map(({ attention }) => attention ?? '')
              .join(''),
          ).toBe('');
        }
        if (world.expense(bill.id).status === 'paid') paid++;
      }),
      { numRuns: 150 },
    );
    expect(paid).toBeGreaterThan(10);
  });
});
