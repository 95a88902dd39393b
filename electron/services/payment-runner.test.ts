import { expect, test } from 'vitest';
import type { BankAccount, PaymentOrder } from '../../shared/domain/bank-rows.ts';
import type { OrderOutcome } from '../../shared/domain/payment-order/args.ts';
import type { PaymentState } from '../../shared/domain/payment-order/news.ts';
import { refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { BankHealth, BankLink, BankReach } from '../../shared/ports/bank-link.ts';
import type { DeskOrder } from '../../shared/ports/payment-books.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { PaymentRunner, type RunnerCommand } from './payment-runner.ts';

const collegeId = '018f0000-0000-7000-8000-00000000000c';
const deviceId = '018f0000-0000-7000-8000-00000000000d';
const batchId = '018f0000-0000-7000-8000-00000000000b';
const idOf = (bank: number, order: number): Id =>
  `018f0000-0000-7000-8${bank}00-${String(order).padStart(12, '0')}` as Id;
const SECOND = 1_000;

/** Orders of one batch for each bank, in books whose server confirms what was taken after a while. */
class Office {
  readonly clock = new SimClock(Date.parse('2026-11-20T06:00:00Z'));
  readonly orders = new Map<Id, PaymentOrder>();
  readonly late: Id[] = [];
  readonly sent: Id[] = [];
  readonly questions: Id[] = [];
  readonly outcomes: OrderOutcome[] = [];
  /** What the bank says of an order when it is asked; nothing where it does not stand here. */
  readonly says = new Map<Id, { readonly state: PaymentState; readonly utr: string | null }>();
  isLevel = true;
  health: BankHealth = 'well';
  /** Requests that the desk itself holds back, as it does once a bank has failed too often. */
  heldBack = 0;
  readonly runner: PaymentRunner;

  constructor(banks: number, each: number, sendMs: (bank: number) => number, enquireMs = 0, confirmMs = 0) {
    for (let bank = 1; bank <= banks; bank += 1) {
      for (let order = 1; order <= each; order += 1) this.#add(bank, order);
    }
    const reaches = Array.from({ length: banks }, (_, index) => reachOf(index + 1));
    const bankOf = (id: Id): number => Number(id.slice(20, 21));
    // Each bank has its own line, and all of them share the time of day.
    const lines = new Map<Id, Promise<void>>();
    const takes = async (line: Id, ms: number): Promise<void> => {
      const before = lines.get(line) ?? Promise.resolve();
      const own = before.then(() => new Promise<void>((resolve) => void this.clock.after(ms, resolve)));
      lines.set(line, own);
      await own;
    };
    const link: BankLink = {
      accounts: async () => reaches.map((reach) => ({ ...reach, health: this.health })),
      send: async (account, sendings) => {
        if (this.heldBack > 0) {
          this.heldBack -= 1;
          const paused = refusal('CONNECTOR_PAUSED', { name: 'ICICI Bank', seconds: 60 });
          return sendings.map(({ orderId, fence }) => ({ orderId, fence, kind: 'in_doubt', refusal: paused }));
        }
        await takes(account, sendMs(bankOf(account)));
        for (const { orderId, notAfter } of sendings) {
          this.sent.push(orderId);
          if (this.clock.now() - sendMs(bankOf(account)) > notAfter) this.late.push(orderId);
        }
        return sendings.map(({ orderId, fence, reference }) => ({
          ...{ orderId, fence, kind: 'news' as const },
          news: { ...silent, reference, state: 'accepted' as const },
        }));
      },
      enquire: async (account, questions) => {
        await takes(account, enquireMs);
        return questions.map(({ orderId, fence, reference }) => {
          this.questions.push(orderId);
          const said = this.says.get(orderId);
          if (said !== undefined)
            return { orderId, fence, kind: 'news' as const, news: { ...silent, reference, ...said } };
          return { orderId, fence, kind: 'in_doubt' as const, refusal: refusal('PAYMENT_IN_DOUBT') };
        });
      },
      balance: async () => ({ ok: false, error: refusal('BANK_NOT_SET_UP') }),
      statement: async () => ({ ok: false, error: refusal('BANK_NOT_SET_UP') }),
    };
    const isConfirmed = ({ takenAt }: PaymentOrder): boolean => this.clock.now() - (takenAt ?? 0) >= confirmMs;
    this.runner = new PaymentRunner({
      link,
      clock: this.clock,
      deviceId: () => deviceId,
      colleges: async () => (this.isLevel ? [collegeId] : []),
      orders: async () =>
        [...this.orders.values()].map((order) => ({
          order,
          account: accountOf(order),
          isConfirmed: isConfirmed(order),
        })),
      run: async (command) => this.#run(command),
      letGoRefusedTakes: async () => {},
      onFault: (problem) => {
        throw problem;
      },
    });
  }

  /** Lets time go by, a second at a time, with everything that waits for it. */
  async pass(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += SECOND) {
      for (let turns = 0; turns < 30; turns += 1) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.advance(SECOND);
    }
  }

  /** Sendings that were taken and never went out. */
  get leftLying(): readonly Id[] {
    return [...this.orders.values()]
      .filter(
        ({ status, takenAt }) =>
          status === 'sending' && this.clock.now() - (takenAt ?? 0) > limits.payment.sendWithinMs,
      )
      .map(({ id }) => id);
  }

  #add(bank: number, order: number): void {
    const id = idOf(bank, order);
    const row = { ...released, id, batchId: batchId, bankAccountId: idOf(bank, 0), reference: reference(bank, order) };
    this.orders.set(id, row as PaymentOrder);
  }

  #run({ name, args }: RunnerCommand): void {
    if (name === 'order.take') {
      for (const id of args.orderIds) {
        const order = this.orders.get(id);
        if (order === undefined) continue;
        const { fence } = order;
        this.orders.set(id, { ...order, status: 'sending', fence: fence + 1, deviceId, takenAt: this.clock.now() });
      }
      return;
    }
    this.outcomes.push(...args.outcomes);
    for (const { orderId, state } of args.outcomes) {
      const order = this.orders.get(orderId);
      if (order !== undefined && state === 'accepted') this.orders.set(orderId, { ...order, status: 'accepted' });
    }
  }
}

const silent = { providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null };
const released = {
  ...{
    collegeId,
    status: 'released',
    statusBefore: 'approved',
    mode: 'neft',
    amountPaise: 100n,
    fence: 0,
    purpose: '',
  },
  ...{ beneficiaryName: 'B', accountNumber: '2', ifsc: 'HDFC0001234', notBefore: null, takenAt: null, deviceId: null },
};
/** Fourteen signs that are the order's own. */
const reference = (bank: number, order: number): string =>
  `${bank}${order}`.replace(/\d/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? '').padStart(14, 'Z');
const reachOf = (bank: number): BankReach => ({
  ...{ collegeId, bankAccountId: idOf(bank, 0), accountCode: '1200', accountNumber: '1', connector: `bank${bank}` },
  ...{ canPay: true, canEnquire: true, canState: false, health: 'well' as const, paymentsMax: 1 },
});
const accountOf = ({ bankAccountId }: PaymentOrder): DeskOrder['account'] =>
  ({ id: bankAccountId, collegeId, accountNumber: '1', ifsc: 'ICIC0000011' }) as BankAccount;

test('a long batch goes to a bank one by one without any of it becoming too late on the way', async () => {
  const office = new Office(1, 70, () => 4 * SECOND);
  office.runner.start();
  await office.pass(10 * 60 * SECOND);
  expect(office.leftLying).toEqual([]);
  expect(new Set(office.sent).size).toBe(70);
  expect(office.sent).toHaveLength(70);
  expect(office.late).toEqual([]);
});

test('a bank that is slow keeps no payment through another one', async () => {
  const office = new Office(2, 12, (bank) => (bank === 1 ? 40 : 1) * SECOND);
  office.runner.start();
  await office.pass(60 * SECOND);
  const through = office.sent.filter((id) => id.slice(20, 21) === '2');
  expect(through).toHaveLength(12);
});

test('long asking does not make payments late that were taken meanwhile', async () => {
  const office = new Office(1, 60, () => SECOND, 10 * SECOND, 20 * SECOND);
  // These were accepted long ago and are all due.
  for (const [index, order] of [...office.orders.values()].entries()) {
    if (index >= 40) continue;
    office.orders.set(order.id, { ...order, status: 'accepted', fence: 1, deviceId, takenAt: 0 });
  }
  office.runner.start();
  await office.pass(10 * 60 * SECOND);
  expect(office.leftLying).toEqual([]);
  expect(office.sent).toHaveLength(20);
});

/** One order that its bank has. */
const withOneThere = (status: PaymentOrder['status']): readonly [Office, PaymentOrder] => {
  const office = new Office(1, 1, () => SECOND);
  const [order] = office.orders.values();
  if (order === undefined) throw new Error('no order');
  const there = { ...order, status, fence: 1, deviceId, takenAt: office.clock.now(), utr: null };
  office.orders.set(order.id, there);
  return [office, there];
};
const accountOfOne = { collegeId, bankAccountId: idOf(1, 0) };

test('a person asks the bank at once, and its answer is in the books', async () => {
  const [office, { id }] = withOneThere('in_doubt');
  office.says.set(id, { state: 'accepted', utr: 'ICICN52026112000001' });
  const asked = office.runner.askNow(accountOfOne, id);
  await office.pass(SECOND);
  expect(await asked).toBe('accepted');
  expect(office.outcomes).toMatchObject([{ orderId: id, state: 'accepted', utr: 'ICICN52026112000001' }]);
  expect(office.orders.get(id)?.status).toBe('accepted');
});

test('a question of a person that has no answer says why, and changes nothing', async () => {
  const [office, { id }] = withOneThere('in_doubt');
  const silence = expect(office.runner.askNow(accountOfOne, id)).rejects.toMatchObject({ code: 'PAYMENT_IN_DOUBT' });
  await office.pass(SECOND);
  await silence;
  const elsewhere = { ...accountOfOne, bankAccountId: idOf(2, 0) };
  await expect(office.runner.askNow(elsewhere, id)).rejects.toMatchObject({ code: 'BANK_NOT_SET_UP' });
  office.isLevel = false;
  await expect(office.runner.askNow(accountOfOne, id)).rejects.toMatchObject({ code: 'SYNC_OFFLINE' });
  expect(office.outcomes).toEqual([]);
});

test('nobody asks after what this desk is still to let out, nor after what never went', async () => {
  const office = new Office(1, 1, () => SECOND);
  const id = idOf(1, 1);
  office.says.set(id, { state: 'unknown_there', utr: null });
  await expect(office.runner.askNow(accountOfOne, id)).rejects.toMatchObject({ code: 'ORDER_NOT_AT_BANK' });
  await office.runner.look();
  expect(office.orders.get(id)?.status).toBe('sending');
  await expect(office.runner.askNow(accountOfOne, id)).rejects.toMatchObject({ code: 'ORDER_NOT_AT_BANK' });
  expect(office.questions).toEqual([]);
});

test('a payment that a message called paid is asked for its UTR, and no more once there is one', async () => {
  const [office, order] = withOneThere('paid');
  office.says.set(order.id, { state: 'paid', utr: 'ICICN52026112000001' });
  office.runner.start();
  await office.pass(2 * 60 * SECOND);
  expect(office.outcomes).toMatchObject([{ orderId: order.id, state: 'paid', utr: 'ICICN52026112000001' }]);
  office.orders.set(order.id, { ...order, utr: 'ICICN52026112000001' });
  await office.pass(30 * 60 * SECOND);
  expect(office.questions).toHaveLength(1);
});

test('a bank that gives no UTR is left alone after the longest wait', async () => {
  const [office, order] = withOneThere('paid');
  office.says.set(order.id, { state: 'paid', utr: null });
  office.runner.start();
  await office.pass(6 * 60 * 60 * SECOND);
  expect(office.questions).toHaveLength(7);
  expect(office.outcomes).toEqual([]);
});

test('nothing is taken for a bank that is left alone for a while, so that nothing of it comes to be in doubt', async () => {
  const office = new Office(1, 30, () => SECOND);
  office.health = 'paused';
  office.runner.start();
  await office.pass(5 * 60 * SECOND);
  expect([...office.orders.values()].every(({ status }) => status === 'released')).toBe(true);
  expect(office.outcomes).toEqual([]);
  office.health = 'well';
  await office.pass(5 * 60 * SECOND);
  expect(office.sent).toHaveLength(30);
  expect(office.outcomes.filter(({ state }) => state === 'in_doubt')).toEqual([]);
});

test('a bank that may be back is tried with one payment at a time', async () => {
  const office = new Office(1, 30, () => SECOND);
  office.health = 'probing';
  office.runner.start();
  await office.pass(2 * 60 * SECOND);
  const looks = (2 * 60 * SECOND) / limits.payment.lookMs;
  expect(office.sent.length).toBeGreaterThan(1);
  expect(office.sent.length).toBeLessThanOrEqual(looks);
  const waiting = [...office.orders.values()].filter(({ status }) => status === 'sending');
  expect(waiting.length).toBeLessThanOrEqual(1);
});

test('when the desk stops sending in the middle of a row the rest waits, and goes out when it sends again', async () => {
  const office = new Office(1, 15, () => SECOND);
  office.heldBack = 1;
  office.runner.start();
  await office.pass(3 * 60 * SECOND);
  expect(office.outcomes.filter(({ state }) => state === 'in_doubt')).toHaveLength(1);
  expect(new Set(office.sent).size).toBe(14);
  expect(office.late).toEqual([]);
});
