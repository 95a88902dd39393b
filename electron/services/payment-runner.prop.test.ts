import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../../shared/domain/bank-rows.ts';
import type { PaymentNews, PaymentState } from '../../shared/domain/payment-order/news.ts';
import { MunimError, refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { BankAnswer, BankLink, BankQuestion, BankSending } from '../../shared/ports/bank-link.ts';
import type { DeskOrder } from '../../shared/ports/payment-books.ts';
import { paymentFaults } from '../../shared/testing/payment-invariants.ts';
import { PaymentWorld } from '../../shared/testing/payment-world.ts';
import { sentOnce } from '../adapters/bank/sent-once.ts';
import { PaymentRunner, type RunnerCommand } from './payment-runner.ts';

/** What becomes of a request on its way, and of the payment at the bank. */
interface Fate {
  readonly way: 'lost' | 'no_answer' | 'answered' | 'refused';
  readonly end: 'paid' | 'failed';
}

/** A bank that pays what reaches it, as often as it reaches it. */
class FakeBank {
  readonly reached: string[] = [];
  readonly #ends = new Map<string, Fate['end']>();
  readonly #fates: Fate[];

  constructor(fates: readonly Fate[]) {
    this.#fates = [...fates];
  }

  send(sending: BankSending): BankAnswer {
    const { orderId, fence } = sending;
    const { way, end } = this.#fates.shift() ?? { way: 'answered', end: 'paid' };
    const doubt: BankAnswer = { orderId, fence, kind: 'in_doubt', refusal: refusal('PAYMENT_IN_DOUBT') };
    if (way === 'lost') return doubt;
    if (way === 'refused') return { orderId, fence, kind: 'refused', news: this.#news(sending, 'failed') };
    this.reached.push(`${orderId} ${fence}`);
    this.#ends.set(sending.reference, end);
    return way === 'no_answer' ? doubt : { orderId, fence, kind: 'news', news: this.#news(sending, 'accepted') };
  }

  answer(question: BankQuestion): BankAnswer {
    const { orderId, fence, reference } = question;
    const state = this.#ends.get(reference) ?? 'unknown_there';
    return { orderId, fence, kind: 'news', news: this.#news(question, state) };
  }

  #news({ reference }: { readonly reference: string }, state: PaymentState): PaymentNews {
    const failure = state === 'failed' ? ({ reason: 'declined', text: 'No' } as const) : null;
    return { reference, providerId: null, state, utr: null, bookedOn: null, failure, chargesPaise: null };
  }
}

class Killed extends Error {}

/** One desk with its disk. A life of its process ends at any of its calls outwards; the next one finds the same books. */
class FakeDesk {
  readonly id: Id;
  readonly #bank: PaymentWorld;
  readonly #link: BankLink;
  readonly #sentEver = new Set<string>();
  runner: PaymentRunner;
  /** Calls that are left to this life; the last one may or may not be done before it ends. */
  #left = Number.POSITIVE_INFINITY;
  #diesAfter = false;
  /** What the desk has asked and the server has not decided yet: rows of it are predictions. */
  readonly outbox: RunnerCommand[] = [];
  isOnline = true;

  constructor(bank: PaymentWorld, wire: FakeBank, isGuarded: boolean) {
    this.#bank = bank;
    this.id = bank.world.newId();
    const raw: BankLink = {
      accounts: async () => [
        {
          collegeId: bank.world.collegeId,
          bankAccountId: bank.bankAccountId,
          ...{ accountCode: '1200', accountNumber: '001105012345', connector: 'icici' },
          ...{ canPay: true, canEnquire: true, canState: false },
          health: 'well',
          paymentsMax: 2,
        },
      ],
      send: async (_account, sendings) => sendings.map((one) => wire.send(one)),
      enquire: async (_account, questions) => questions.map((one) => wire.answer(one)),
      balance: async () => ({ ok: false, error: refusal('BANK_NOT_SET_UP') }),
      statement: async () => ({ ok: false, error: refusal('BANK_NOT_SET_UP') }),
    };
    const add = (keys: readonly string[]): void => {
      for (const key of keys) this.#sentEver.add(key);
    };
    this.#link = isGuarded
      ? sentOnce(raw, { has: (key) => this.#sentEver.has(key), add }, { now: () => bank.world.now })
      : raw;
    this.runner = this.#life();
  }

  /** Looks once; dies at the given call outwards and comes up again. */
  async look(calls: number, diesAfter: boolean): Promise<void> {
    [this.#left, this.#diesAfter] = [calls, diesAfter];
    await this.runner.look();
    if (this.#left >= 0) return;
    this.#left = Number.POSITIVE_INFINITY;
    this.runner = this.#life();
  }

  /** The server decides on what waits, in its own order. */
  async push(): Promise<void> {
    const { world } = this.#bank;
    for (const { name, args } of this.outbox.splice(0)) {
      world.deviceId = this.id;
      // A take that another desk won is refused, and let go.
      await (name === 'order.take' ? world.run(name, args, world.accountant) : world.run(name, args, world.accountant));
    }
  }

  #life(): PaymentRunner {
    const { world } = this.#bank;
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      this.#left -= 1;
      if (this.#left < 0 && !this.#diesAfter) throw new Killed();
      const done = await work();
      if (this.#left < 0) throw new Killed();
      return done;
    };
    return new PaymentRunner({
      link: {
        ...this.#link,
        accounts: () => step(() => this.#link.accounts()),
        send: (id, sendings) => step(() => this.#link.send(id, sendings)),
        enquire: (id, questions) => step(() => this.#link.enquire(id, questions)),
      },
      clock: { now: () => world.now, after: () => () => {} },
      deviceId: () => this.id,
      colleges: () => step(async () => (this.isOnline ? [world.collegeId] : [])),
      orders: () => step(async () => this.#bank.orders().map((order) => this.#seen(order))),
      run: (command) =>
        step(async () => {
          if (command.name === 'order.take' && this.#waits(command.args.orderIds[0] ?? ''))
            throw new MunimError('ORDER_WRONG_STATE');
          this.outbox.push(command);
        }),
      letGoRefusedTakes: () => step(async () => {}),
      onFault: () => {},
    });
  }

  #seen(order: PaymentOrder): DeskOrder {
    return { order, account: this.#bank.account, isConfirmed: !this.#waits(order.id) };
  }

  #waits(orderId: Id): boolean {
    return this.outbox.some(({ name, args }) =>
      name === 'order.take'
        ? args.orderIds.includes(orderId)
        : 'outcomes' in args && args.outcomes.some((outcome) => outcome.orderId === orderId),
    );
  }
}

const fate = fc.record({
  way: fc.constantFrom<Fate['way']>('lost', 'no_answer', 'answered', 'answered', 'refused'),
  end: fc.constantFrom<Fate['end']>('paid', 'paid', 'failed'),
});
const deed = fc.record({
  kind: fc.constantFrom('look', 'look', 'look', 'look', 'push', 'push', 'push', 'kill', 'release', 'offline'),
  desk: fc.nat(1),
  calls: fc.nat(14),
  diesAfter: fc.boolean(),
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 1_800 }),
  ),
});

async function play(deeds: readonly Step[], fates: readonly Fate[], isGuarded: boolean) {
  const bank = await PaymentWorld.create(5);
  const { world } = bank;
  await bank.released(3);
  const wire = new FakeBank(fates);
  const desks = [new FakeDesk(bank, wire, isGuarded), new FakeDesk(bank, wire, isGuarded)] as const;
  for (const { kind, desk, calls, diesAfter, seconds } of deeds) {
    world.now += seconds * 1_000;
    const one = desks[desk % 2] ?? desks[0];
    if (kind === 'look') await one.look(Number.POSITIVE_INFINITY, false);
    if (kind === 'kill') await one.look(calls, diesAfter);
    if (kind === 'push') await one.push();
    if (kind === 'offline') one.isOnline = !one.isOnline;
    if (kind === 'release') {
      for (const order of bank.orders()) if (order.status === 'not_received') await bank.release([order]);
    }
  }
  return { bank, wire, desks };
}
type Step = typeof deed extends fc.Arbitrary<infer S> ? S : never;

describe('two desks that send payments, whenever their processes die', () => {
  it.each([true, false])(
    'never send one (order, fence) twice, nor a bill again that the bank has (guard of the main side: %s)',
    async (isGuarded) => {
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(deed, { minLength: 20, maxLength: 80, size: 'max' }),
          fc.array(fate, { maxLength: 8 }),
          async (deeds, fates) => {
            const { bank, wire } = await play(deeds, fates, isGuarded);
            expect(new Set(wire.reached).size).toBe(wire.reached.length);
            const orders = wire.reached.map((key) => key.split(' ')[0]);
            // What reached the bank is known there, so that there is nothing to release again.
            expect(new Set(orders).size).toBe(orders.length);
            expect(paymentFaults(bank.world.books)).toEqual([]);
            sent += orders.length;
          },
        ),
        { numRuns: 250 },
      );
      expect(sent).toBeGreaterThan(50);
    },
  );

  it('come to an end once somebody is there and the network stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), fc.array(fate, { maxLength: 8 }), async (deeds, fates) => {
        const { bank, desks } = await play(deeds, fates, true);
        for (const desk of desks) desk.isOnline = true;
        for (let round = 0; round < 40; round++) {
          bank.world.now += 30 * 60_000;
          for (const desk of [...desks, ...desks]) {
            await desk.look(Number.POSITIVE_INFINITY, false);
            await desk.push();
          }
          for (const order of bank.orders()) if (order.status === 'not_received') await bank.release([order]);
        }
        for (const { status } of bank.orders()) expect(['paid', 'failed']).toContain(status);
      }),
      { numRuns: 40 },
    );
  });
});
