import type { PGlite } from '@electric-sql/pglite';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detailsOf, findBeneficiary } from '../../domain/beneficiary/details.ts';
import { netPayable } from '../../domain/ledger/posting.ts';
import { isLiveOrder } from '../../domain/payment-order/status.ts';
import type { Expense } from '../../domain/rows.ts';
import type { OrderStage } from '../../ipc/contract/payments.ts';
import { limits } from '../../kernel/limits.ts';
import { sumPaise } from '../../kernel/money.ts';
import { expectOk } from '../../testing/college-world.ts';
import { PaymentWorld } from '../../testing/payment-world.ts';
import { type AnyRow, type Db, tableNames } from '../tables.ts';
import { insertRows } from '../write-rows.ts';
import { bankAccountList, beneficiariesToApprove, billsToPay, countBillsToPay } from './bills-to-pay.ts';
import { batchRows, orderCounts, orderOfExpense, ordersPage } from './payment-orders.ts';
import { runQuery } from './run-query.ts';
import { inScratch, openTestBooks } from './testing.ts';

let pg: PGlite;
let db: Db;
let one: PaymentWorld;
let foreign: PaymentWorld;

/** Two colleges with bills before, in and behind payments of every state; the second is never asked for. */
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
  one = await enter(1);
  foreign = await enter(2);
  for (const { world } of [one, foreign]) {
    for (const table of tableNames) await insertRows(db, table, world.books.rows(table) as unknown as AnyRow[], 1);
  }
});
afterAll(() => pg.close());

const quiet = { providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null } as const;

async function enter(seed: number): Promise<PaymentWorld> {
  const made = await PaymentWorld.create(seed);
  const { world } = made;
  const news = ['accepted', 'paid', 'failed', 'in_doubt', 'returned', null] as const;
  for (const [index, state] of news.entries()) {
    const batch = made.preparing([(await made.bill({ taxablePaise: BigInt(index + 1) * 1_00_000n })).id]);
    expectOk(await world.run('order.prepare', batch, world.accountant));
    const named = { batchId: batch.batchId, orderIds: batch.orders.map(({ orderId }) => orderId) };
    if (state === null) continue;
    const order = world.books.rows('payment_orders').find(({ id }) => id === named.orderIds[0]);
    const totalPaise = order?.amountPaise ?? 0n;
    expectOk(await world.run('order.release', { ...named, totalPaise }, world.principal));
    expectOk(await world.run('order.take', named, world.accountant));
    const outcome = { orderId: named.orderIds[0] ?? '', fence: 1, state, ...quiet };
    const said = { batchId: batch.batchId, source: 'enquiry', outcomes: [outcome] } as const;
    expectOk(await world.run('order.record', said, world.accountant));
  }
  const usable = await made.vendor();
  for (let index = 0; index < 3; index++) await made.bill({ vendorId: usable, taxablePaise: 7_00_000n });
  await made.bill({ vendorId: await world.vendor({ accountNumber: null, ifsc: null }) });
  await made.bill({ vendorId: await world.vendor({ accountNumber: '600100200300', ifsc: 'SBIN0001234' }) });
  const cooling = await world.vendor({ accountNumber: '600100200301', ifsc: 'SBIN0001234' });
  await made.bill({ vendorId: cooling });
  await made.approveDetails(cooling);
  world.now -= limits.payment.coolingMs - 1;
  return made;
}

const asker = () => ({ personId: one.world.accountant.id, now: one.world.now });
const orderAsker = () => ({ deviceId: one.world.deviceId, now: one.world.now });
const collegeId = () => one.world.collegeId;
const toPay = (): readonly Expense[] =>
  one.world.books.rows('expenses').filter((expense) => ['approved', 'payable'].includes(expense.status));
const orders = () => one.world.books.rows('payment_orders');

describe('bills to pay', () => {
  test('are those that are approved and under no payment, with what stands between them and their money', async () => {
    const { rows, count, totalPaise } = await billsToPay(
      db,
      { collegeId: collegeId(), text: '', offset: 0, limit: 100 },
      asker(),
    );
    expect(rows.map(({ expenseId }) => expenseId).sort()).toEqual(
      toPay()
        .map(({ id }) => id)
        .sort(),
    );
    expect([count, totalPaise]).toEqual([toPay().length, sumPaise(toPay().map(netPayable))]);
    expect(await countBillsToPay(db, collegeId())).toBe(count);
    const days = rows.map(({ billDate }) => billDate);
    expect(days).toEqual([...days].sort());
    for (const { vendorId, beneficiary } of rows) {
      const vendor = one.world.books.rows('vendors').find(({ id }) => id === vendorId);
      const known = await findBeneficiary(vendorId, one.world.books);
      if (!known.ok) {
        expect([beneficiary.state, vendor && detailsOf(vendor)]).toEqual(['missing', null]);
        continue;
      }
      const { usableFrom, revision, changedBy, accountNumber } = known.value.beneficiary;
      const state = usableFrom === null ? 'unapproved' : usableFrom > asker().now ? 'cooling' : 'usable';
      expect(beneficiary).toMatchObject({ state, usableFrom, revision, accountNumber });
      expect(beneficiary.own).toBe(changedBy === asker().personId);
    }
    expect(new Set(rows.map(({ beneficiary }) => beneficiary.state))).toEqual(
      new Set(['missing', 'unapproved', 'cooling', 'usable']),
    );
  });

  test('come page by page, and by words', async () => {
    const all = await billsToPay(db, { collegeId: collegeId(), text: '', offset: 0, limit: 100 }, asker());
    const paged = [];
    for (let offset = 0; offset < all.count; offset += 2) {
      const page = await billsToPay(db, { collegeId: collegeId(), text: '', offset, limit: 2 }, asker());
      paged.push(...page.rows);
    }
    expect(paged).toEqual(all.rows);
    const [first] = all.rows;
    const found = await billsToPay(
      db,
      { collegeId: collegeId(), text: first?.reference ?? '', offset: 0, limit: 10 },
      asker(),
    );
    expect(found.rows.map(({ expenseId }) => expenseId)).toContain(first?.expenseId);
  });

  test('say when the same vendor is paid the same amount by another payment of these days', async () => {
    const world = one.world;
    const [expense] = toPay().filter(({ taxablePaise }) => taxablePaise === 7_00_000n);
    const batch = one.preparing([expense?.id ?? '']);
    const before = await billsToPay(db, { collegeId: collegeId(), text: '', offset: 0, limit: 100 }, asker());
    expect(before.rows.every(({ twin }) => twin === null)).toBe(true);
    expectOk(await world.run('order.prepare', batch, world.accountant));
    const added = orders().filter(({ batchId }) => batchId === batch.batchId);
    await insertRows(db, 'payment_orders', added as unknown as AnyRow[], 2);
    const after = await billsToPay(db, { collegeId: collegeId(), text: '', offset: 0, limit: 100 }, asker());
    const twins = after.rows.filter(({ twin }) => twin !== null);
    expect(twins.map(({ vendorId }) => vendorId)).toEqual(twins.map(() => expense?.vendorId));
    expect(twins).toHaveLength(2);
    const again = one.preparing([twins[0]?.expenseId ?? '']);
    expectOk(await world.run('order.prepare', again, world.accountant));
    const second = orders().filter(({ batchId }) => batchId === again.batchId);
    await insertRows(db, 'payment_orders', second as unknown as AnyRow[], 2);
    const [shown] = await batchRows(db, collegeId(), again.batchId, orderAsker());
    expect(shown?.twin).toBe(added[0]?.number ?? added[0]?.reference);
    const later = { ...asker(), now: asker().now + 8 * 24 * 60 * 60_000 };
    const old = await billsToPay(db, { collegeId: collegeId(), text: '', offset: 0, limit: 100 }, later);
    expect(old.rows.every(({ twin }) => twin === null)).toBe(true);
  });
});

describe('payments', () => {
  test('are each in exactly one stage', async () => {
    const stages: readonly OrderStage[] = ['check', 'under_way', 'person', 'done'];
    const seen: string[] = [];
    const counts: Record<string, number> = {};
    for (const stage of stages) {
      const page = await ordersPage(
        db,
        { collegeId: collegeId(), stage, text: '', offset: 0, limit: 100 },
        orderAsker(),
      );
      expect(page.totalPaise).toBe(sumPaise(page.rows.map(({ amountPaise }) => amountPaise)));
      expect(page.count).toBe(page.rows.length);
      seen.push(...page.rows.map(({ id }) => id));
      counts[stage] = page.count;
    }
    expect(seen.sort()).toEqual(
      orders()
        .map(({ id }) => id)
        .sort(),
    );
    const { check, underWay, person } = await orderCounts(db, collegeId());
    expect({ check, under_way: underWay, person }).toEqual({
      check: counts.check,
      under_way: counts.under_way,
      person: counts.person,
    });
    expect(Object.values(counts).every((count) => count > 0)).toBe(true);
  });

  test('are named by the bill that waits for them, with the stage they are in', async () => {
    const stages: readonly OrderStage[] = ['check', 'under_way', 'person', 'done'];
    const waiting = orders().filter(({ status }) => isLiveOrder(status));
    expect(waiting.length).toBeGreaterThan(2);
    for (const { id, expenseId, status } of waiting) {
      const found = await orderOfExpense(db, collegeId(), expenseId);
      const pages = stages.map((stage) =>
        ordersPage(db, { collegeId: collegeId(), stage, text: '', offset: 0, limit: 100 }, orderAsker()),
      );
      const at = (await Promise.all(pages)).findIndex(({ rows }) => rows.some((row) => row.id === id));
      expect(found).toMatchObject({ id, status, stage: stages[at] });
    }
    const over = orders().filter(({ status }) => status === 'paid' || status === 'failed');
    for (const { expenseId } of over) expect(await orderOfExpense(db, collegeId(), expenseId)).toBeNull();
    expect(await orderOfExpense(db, foreign.world.collegeId, waiting[0]?.expenseId ?? '')).toBeNull();
  });

  test('look for twins of the page that is shown, however many wait, and by an index', async () => {
    const [waiting] = orders().filter(({ status }) => status === 'in_doubt');
    if (waiting === undefined) throw new Error('no order waits');
    await inScratch(db, async (tx) => {
      const idOf = (at: number): string => `018f0000-0000-7000-8000-${String(900_000 + at).padStart(12, '0')}`;
      const many = Array.from({ length: 2_000 }, (_, at) => ({
        ...{ ...waiting, id: idOf(at), status: 'not_received', number: null, reference: `X${at}` },
        ...{ amountPaise: BigInt(at + 1), expenseId: waiting.expenseId },
      }));
      for (let at = 0; at < many.length; at += 500) {
        await insertRows(tx, 'payment_orders', many.slice(at, at + 500) as unknown as AnyRow[], 1);
      }
      await tx.execute(sql`analyze "payment_orders"`);
      const asked: SQL[] = [];
      const execute = (statement: SQL) => {
        asked.push(statement);
        return tx.execute(statement);
      };
      const question = { collegeId: collegeId(), stage: 'person', text: '', offset: 0, limit: 10 } as const;
      const { rows, count } = await ordersPage({ execute } as unknown as Db, question, orderAsker());
      expect([rows.length, count > 2_000]).toEqual([10, true]);
      const [plan] = await runQuery(tx, sql`explain (analyze, format json) ${asked[0]}`);
      const twins = nodesOf(plan?.['QUERY PLAN']).filter((node) => node.Alias === 't');
      expect(twins.length).toBeGreaterThan(0);
      for (const node of twins) {
        expect([node['Index Name'], Number(node['Actual Loops']) <= 10]).toEqual(['payment_orders_by_vendor', true]);
      }
    });
  });

  test('show what the books have of them', async () => {
    const [order] = orders().filter(({ status }) => status === 'paid');
    const [row] = await batchRows(db, collegeId(), order?.batchId ?? '', orderAsker());
    expect(row).toMatchObject({
      ...{ id: order?.id, number: order?.number, amountPaise: order?.amountPaise, here: true, pending: false },
      ...{ paymentVoucherId: order?.paymentVoucherId, paidOn: order?.paidOn, accountNumber: order?.accountNumber },
    });
    expect(row?.wireReference?.startsWith(order?.reference ?? '-')).toBe(true);
    expect(await batchRows(db, foreign.world.collegeId, order?.batchId ?? '', orderAsker())).toEqual([]);
  });
});

test('bank details that nobody approved wait for another person', async () => {
  const { rows, count } = await beneficiariesToApprove(db, { collegeId: collegeId(), offset: 0, limit: 100 }, asker());
  const waiting = [];
  for (const vendor of one.world.books.rows('vendors')) {
    const known = await findBeneficiary(vendor.id, one.world.books);
    if (known.ok && known.value.beneficiary.approvedBy === null) waiting.push(vendor.id);
  }
  expect(rows.map(({ vendorId }) => vendorId).sort()).toEqual(waiting.sort());
  expect(count).toBe(waiting.length);
});

test('an account says what its books have and what was released today', async () => {
  const [account] = await bankAccountList(db, collegeId(), one.world.today);
  const lines = one.world.books.rows('voucher_lines').filter(({ accountCode }) => accountCode === '1200');
  const balance = sumPaise(lines.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));
  const today = orders().filter(
    ({ releasedOn, status }) => releasedOn === one.world.today && status !== 'failed' && status !== 'withdrawn',
  );
  expect(account).toMatchObject({
    ...{ accountCode: '1200', bookBalancePaise: balance, isActive: true },
    releasedTodayPaise: sumPaise(today.map(({ amountPaise }) => amountPaise)),
  });
  expect(balance).not.toBe(0n);
});

type PlanNode = Readonly<Record<string, unknown>>;

/** Every node of a plan, those below others too. */
function nodesOf(plan: unknown): readonly PlanNode[] {
  if (Array.isArray(plan)) return plan.flatMap(nodesOf);
  if (typeof plan !== 'object' || plan === null) return [];
  return [plan as PlanNode, ...Object.values(plan).flatMap(nodesOf)];
}
