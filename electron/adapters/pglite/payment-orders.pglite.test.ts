import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBooks } from '../../../shared/db/queries/testing.ts';
import { type AnyRow, type Db, tableNames } from '../../../shared/db/tables.ts';
import { insertRows } from '../../../shared/db/write-rows.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { expectOk } from '../../../shared/testing/college-world.ts';
import { PaymentWorld } from '../../../shared/testing/payment-world.ts';
import { ordersToSend } from './payment-orders.ts';

let pg: PGlite;
let db: Db;
let one: PaymentWorld;
let foreign: PaymentWorld;

const news = ['accepted', 'paid', 'paid with UTR', 'failed', 'in_doubt', 'unknown_there', 'returned'] as const;
const states = ['prepared', 'released', 'sending', ...news] as const;
type State = (typeof states)[number];
const named = new Map<string, State>();

/** One payment in each state. */
async function enter(seed: number): Promise<PaymentWorld> {
  const made = await PaymentWorld.create(seed);
  const { world } = made;
  for (const state of states) {
    const batch = made.preparing([(await made.bill()).id]);
    expectOk(await world.run('order.prepare', batch, world.accountant));
    const orderIds = batch.orders.map(({ orderId }) => orderId);
    const [orderId = ''] = orderIds;
    named.set(orderId, state);
    if (state === 'prepared') continue;
    const totalPaise = world.books.rows('payment_orders').find(({ id }) => id === orderId)?.amountPaise ?? 0n;
    expectOk(await world.run('order.release', { batchId: batch.batchId, orderIds, totalPaise }, world.principal));
    if (state === 'released') continue;
    expectOk(await world.run('order.take', { batchId: batch.batchId, orderIds }, world.accountant));
    if (state === 'sending') continue;
    const utr = state === 'paid with UTR' ? 'UTRN26112900001' : null;
    const outcome = {
      ...{ orderId, fence: 1, utr, state: state === 'paid with UTR' ? 'paid' : state },
      ...{ providerId: null, bookedOn: null, failure: null, chargesPaise: null },
    } as const;
    world.now += 3_600_000;
    const said = { batchId: batch.batchId, source: 'enquiry', outcomes: [outcome] } as const;
    expectOk(await world.run('order.record', said, world.accountant));
  }
  return made;
}

beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
  one = await enter(1);
  foreign = await enter(2);
  let version = 0;
  for (const { world } of [one, foreign]) {
    for (const table of tableNames)
      await insertRows(db, table, world.books.rows(table) as unknown as AnyRow[], version);
    version++;
  }
});
afterAll(() => pg.close());

const reach = ({ world }: PaymentWorld) => {
  const [account] = world.books.rows('bank_accounts');
  if (!account) throw new Error('no account');
  return { collegeId: world.collegeId, bankAccountId: account.id };
};
const releasedOn = ({ world }: PaymentWorld) =>
  world.books.rows('payment_orders').find(({ status }) => status === 'paid')?.releasedOn ?? '';
const namesOf = (found: Awaited<ReturnType<typeof ordersToSend>>) => found.map(({ order }) => named.get(order.id));

const alive: readonly State[] = ['released', 'sending', 'accepted', 'in_doubt'];

test('what goes out, what is out, and what was paid without a UTR is there to do, the oldest first', async () => {
  const found = await ordersToSend(db, [reach(one)], releasedOn(one));
  expect(namesOf(found)).toEqual(['released', 'sending', 'accepted', 'paid', 'in_doubt']);
  for (const { order, account } of found) expect([order.collegeId, account.id]).toEqual(Object.values(reach(one)));
});

test('a UTR is asked for no longer than the days that are given', async () => {
  expect(namesOf(await ordersToSend(db, [reach(one)], addDays(releasedOn(one), 1))).sort()).toEqual([...alive].sort());
});

test('an account is of one college, and without accounts nothing is asked', async () => {
  expect(await ordersToSend(db, [{ ...reach(one), collegeId: foreign.world.collegeId }], '2000-01-01')).toEqual([]);
  expect(await ordersToSend(db, [], '2000-01-01')).toEqual([]);
  const both = await ordersToSend(db, [reach(one), reach(foreign)], '2000-01-01');
  expect(both.map(({ order }) => order.collegeId)).toEqual(
    expect.arrayContaining([one.world.collegeId, foreign.world.collegeId]),
  );
});

test('what the server has not written yet is said to be unconfirmed', async () => {
  const both = await ordersToSend(db, [reach(one), reach(foreign)], '2000-01-01');
  for (const { order, isConfirmed } of both) expect(isConfirmed).toBe(order.collegeId === foreign.world.collegeId);
});
