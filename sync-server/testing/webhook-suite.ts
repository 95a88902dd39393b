import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { paymentOrders } from '../../shared/db/bank-schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { webhookEvents } from '../../shared/db/server-schema.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { buildApp } from '../http/app.ts';
import { applyWebhooks, WebhookWorker } from '../services/apply-webhooks.ts';
import { deadWebhooks, replayWebhook } from '../services/dead-webhooks.ts';
import { allCollegeIds } from '../services/own-command.ts';
import { verifyCollege } from '../services/verify.ts';
import { showUnassigned } from '../stores/webhook-events.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { pushed } from './world.ts';

const secret = 'the secret that ICICI signs with';
const path = '/webhooks/icici/payment-status';

interface Place {
  readonly college: TestCollege;
  readonly desk: TestDesk;
  readonly bankAccountId: Id;
  readonly vendorId: Id;
}

/** What banks send unasked, from the bytes on the wire to the books. @param databaseUrl null for PGlite */
export function webhookSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let url: string;
  let app: ReturnType<typeof buildApp>;
  let mine: Place;
  let theirs: Place;
  let kicks = 0;
  let serial = 0;

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    app = buildApp(server.context, { onWebhook: () => kicks++ });
    url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    mine = await placeOf('MINE');
    theirs = await placeOf('THEM');
    await server.context.webhookSecrets.add({ provider: 'icici', secret, colleges: [], allowsNoTime: false });
  });
  beforeEach(() => {
    kicks = 0;
  });
  afterAll(async () => {
    for (const { college } of [mine, theirs]) {
      expect(await verifyCollege(server.context, college.id)).toMatchObject({ brokenAt: null, wrongTotals: 0 });
    }
    expect(server.faults).toEqual([]);
    await app.http.close();
    await server.close();
  });

  const say = async (place: Place, name: string, args: object, actorId = place.college.accountantId): Promise<void> => {
    const command = place.desk.command(place.college.id, actorId, name, args, { knows: place.desk.seq });
    const { results } = await pushed(server, place.desk, [command]);
    expect(results.map(({ status, code }) => code ?? status)).toEqual(['applied']);
  };

  /** A college with an account at ICICI and a vendor that can be paid to. */
  async function placeOf(code: string): Promise<Place> {
    const college = await makeCollege(server, code);
    const desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    await desk.signIn(college.principal);
    const place = { college, desk, bankAccountId: desk.newId(), vendorId: desk.newId() };
    const bank = { name: 'Current', bankName: 'ICICI Bank', accountNumber: '001105012345', ifsc: 'ICIC0000011' };
    const details = { accountNumber: '50100000000001', ifsc: 'HDFC0001234', accountName: 'Neem Books' };
    await say(place, 'vendor.create', { vendorId: place.vendorId, fields: vendorFields('Neem Books', details) });
    await say(place, 'bankAccount.create', {
      bankAccountId: place.bankAccountId,
      fields: { ...bank, accountCode: '1200', connector: 'icici', fileFormat: null },
    });
    const budget = { financialYear: '2026-27', category: 'supplies', allocated: { from: 0n, to: 1_00_00_000_00n } };
    await say(place, 'budget.set', budget, college.principalId);
    const limit = { paymentLimitPaise: 10_00_000_00n, dailyLimitPaise: 1_00_00_000_00n };
    await say(
      place,
      'bankAccount.setLimits',
      { bankAccountId: place.bankAccountId, revision: 1, ...limit },
      college.principalId,
    );
    await say(place, 'beneficiary.approve', { vendorId: place.vendorId, ...details, revision: 1 }, college.principalId);
    server.clock.advance(limits.payment.coolingMs);
    return place;
  }

  /** An order that the bank has taken, under the bank's own name for it. */
  async function accepted(place: Place, transactionId: string | null): Promise<{ orderId: Id; batchId: Id }> {
    const { desk, college, vendorId, bankAccountId } = place;
    const [expenseId, orderId, batchId] = [desk.newId(), desk.newId(), desk.newId()];
    const fields = billFields(vendorId, { billNo: `W-${++serial}`, taxablePaise: 1_00_000n });
    await say(place, 'expense.create', { expenseId, fields });
    await say(place, 'expense.submit', { expenseId, overBudgetReason: null });
    const [order] = [{ orderId, expenseId }];
    await say(place, 'order.prepare', { batchId, bankAccountId, orders: [order], purpose: 'A bill' });
    const named = { batchId, orderIds: [orderId] };
    await say(place, 'order.release', { ...named, totalPaise: await amountOf(place, orderId) }, college.principalId);
    await say(place, 'order.take', named);
    if (transactionId !== null) await recordAccepted(place, { orderId, batchId }, transactionId);
    return { orderId, batchId };
  }

  const recordAccepted = (place: Place, order: { orderId: Id; batchId: Id }, providerId: string): Promise<void> =>
    say(place, 'order.record', {
      batchId: order.batchId,
      source: 'send',
      outcomes: [
        {
          ...{ orderId: order.orderId, fence: 1, state: 'accepted', providerId },
          ...{ utr: null, bookedOn: null, failure: null, chargesPaise: null },
        },
      ],
    });

  const orderOf = async ({ college }: Place, orderId: Id) => {
    const rows = await inScope(server.context.database.db, [college.id], (tx) => tx.select().from(paymentOrders));
    const found = rows.find(({ id }) => id === orderId);
    if (found === undefined) throw new Error('no such order');
    return found;
  };
  const amountOf = async (place: Place, orderId: Id): Promise<bigint> => (await orderOf(place, orderId)).amountPaise;
  const statusOf = async (place: Place, orderId: Id) => (await orderOf(place, orderId)).status;

  const body = (transactionId: string, status = 'SUCCESS', more: object = {}): string =>
    JSON.stringify({ transactionId, status, settlementTime: '2026-11-22T06:00:00Z', failureReason: null, ...more });
  const now = (): number => Math.floor(server.clock.now() / 1_000);
  const sign = (raw: string, time: number | null, key = secret): string =>
    createHmac('sha256', key)
      .update(time === null ? raw : `${time}.${raw}`)
      .digest('hex');
  const headersFor = (raw: string, time: number | null = now(), key = secret): Record<string, string> => ({
    'content-type': 'application/json',
    'x-icici-signature': sign(raw, time, key),
    ...(time === null ? {} : { 'x-icici-timestamp': String(time) }),
  });
  const send = async (raw: string, headers: Record<string, string> = headersFor(raw)): Promise<string> => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', body: raw, headers });
    const { status, error } = (await answer.json()) as { status?: string; error?: { code: string } };
    return `${answer.status} ${status ?? error?.code}`;
  };
  const events = () =>
    inScope(server.context.database.db, [mine.college.id, theirs.college.id], async (tx) => {
      await showUnassigned(tx);
      return tx.select().from(webhookEvents);
    });
  const eventOf = async (transactionId: string) => {
    const found = (await events()).find(({ news }) => news?.includes(`"${transactionId}"`));
    if (found === undefined) throw new Error('no such event');
    return found;
  };

  test('a message moves the order, posts the payment and is known when it comes again', async () => {
    const { orderId } = await accepted(mine, 'TXN-A1');
    const raw = body('TXN-A1');
    const signed = headersFor(raw);
    expect(await send(raw, { ...signed, 'x-webhook-token': secret })).toBe('200 received');
    expect(kicks).toBe(1);
    // It is on disk before anything was done about it, with what it takes to verify it again and nothing else.
    expect(await eventOf('TXN-A1')).toMatchObject({ status: 'waiting', attempts: 0 });
    const needed = {
      'x-icici-signature': signed['x-icici-signature'],
      'x-icici-timestamp': signed['x-icici-timestamp'],
    };
    expect(JSON.parse((await eventOf('TXN-A1')).headers)).toEqual(needed);
    expect(await statusOf(mine, orderId)).toBe('accepted');
    await applyWebhooks(server.context);
    const paid = await orderOf(mine, orderId);
    expect(paid).toMatchObject({ status: 'paid' });
    expect(paid.paymentVoucherId).not.toBeNull();
    expect(await eventOf('TXN-A1')).toMatchObject({ status: 'applied', collegeId: mine.college.id });
    for (const _ of [1, 2, 3]) expect(await send(raw)).toBe('200 received');
    expect(kicks).toBe(1);
    await applyWebhooks(server.context);
    const { version: _, ...after } = await orderOf(mine, orderId);
    expect({ ...after, version: paid.version }).toEqual(paid);
  });

  test('no byte of body, signature or time can be changed, nor the secret be another', async () => {
    const raw = body('TXN-FORGED');
    const good = headersFor(raw);
    const time = Number(good['x-icici-timestamp']);
    const wrong: [string, Record<string, string>][] = [
      [raw.replace('SUCCESS', 'FAILURE'), good],
      [`${raw} `, good],
      [raw, { ...good, 'x-icici-timestamp': String(time + 1) }],
      [raw, { ...good, 'x-icici-signature': sign(raw, time).replace(/^./, (first) => (first === 'a' ? 'b' : 'a')) }],
      [raw, headersFor(raw, time, 'another secret of no one')],
      [raw, { 'content-type': 'application/json' }],
      [raw, { ...good, 'x-icici-signature': '' }],
    ];
    for (const [sent, headers] of wrong) expect(await send(sent, headers)).toBe('401 BANK_WEBHOOK_SIGNATURE');
    for (const off of [-301, 301]) {
      expect(await send(raw, headersFor(raw, now() + off))).toBe('401 BANK_WEBHOOK_TIME');
    }
    expect((await events()).some(({ body: kept }) => Buffer.from(kept, 'base64').includes('TXN-FORGED'))).toBe(false);
  });

  test('the bare form of the document is taken only from a key that says so', async () => {
    // Nothing of the future is taken without a signed time.
    const settlementTime = new Date(server.clock.now() - 60_000).toISOString();
    const raw = body('TXN-BARE', 'SUCCESS', { settlementTime });
    expect(await send(raw, headersFor(raw, null))).toMatch(/^401 /);
    const key = 'a key without times';
    const id = await server.context.webhookSecrets.add({
      ...{ provider: 'icici', secret: key, colleges: [], allowsNoTime: true },
    });
    expect(await send(raw, headersFor(raw, null, key))).toBe('200 received');
    expect(await server.context.webhookSecrets.remove(id)).toBe(true);
    expect(await send(`${raw} `, headersFor(`${raw} `, null, key))).toMatch(/^401 /);
  });

  test('whatever comes in whatever order, the books follow the bank', async () => {
    const { orderId } = await accepted(mine, 'TXN-ORDER');
    for (const status of ['RETURNED', 'SUCCESS', 'PENDING', 'SUCCESS', 'PENDING']) {
      const raw = body('TXN-ORDER', status, { failureReason: status === 'RETURNED' ? 'Account closed' : null });
      expect(await send(raw)).toBe('200 received');
    }
    await applyWebhooks(server.context);
    expect(await statusOf(mine, orderId)).toBe('returned');
  });

  test('a message that is earlier than the answer to the desk waits for it', async () => {
    const order = await accepted(mine, null);
    expect(await send(body('TXN-EARLY'))).toBe('200 received');
    expect(await applyWebhooks(server.context)).toBe(server.clock.now() + 60_000);
    expect(await eventOf('TXN-EARLY')).toMatchObject({ status: 'waiting', attempts: 1, code: 'WEBHOOK_NO_ORDER' });
    await recordAccepted(mine, order, 'TXN-EARLY');
    await applyWebhooks(server.context);
    expect(await statusOf(mine, order.orderId)).toBe('accepted');
    server.clock.advance(60_000);
    await applyWebhooks(server.context);
    expect(await statusOf(mine, order.orderId)).toBe('paid');
  });

  describe('what comes to nothing', () => {
    test('is tried at once and after 1, 5, 15 and 60 minutes, and then lies there for a person', async () => {
      expect(await send(body('TXN-NOBODY'))).toBe('200 received');
      const waits: number[] = [];
      for (;;) {
        await applyWebhooks(server.context);
        const { status, nextAt } = await eventOf('TXN-NOBODY');
        if (status === 'dead') break;
        waits.push((nextAt - server.clock.now()) / 60_000);
        server.clock.advance(nextAt - server.clock.now());
      }
      expect(waits).toEqual([1, 5, 15, 60]);
      const collegeIds = await allCollegeIds(server.context);
      const [letter] = (await deadWebhooks(server.context, { collegeIds, unassigned: true })).filter(
        ({ state }) => state === 'paid',
      );
      expect(letter).toMatchObject({ provider: 'icici', attempts: 5, code: 'WEBHOOK_NO_ORDER' });
      // No college is known for it, so no desk is shown it.
      expect(await deadWebhooks(server.context, { collegeIds, unassigned: false })).toEqual([]);
      const { orderId } = await accepted(mine, 'TXN-NOBODY');
      expect(await replayWebhook(server.context, letter?.id ?? '', { collegeIds, unassigned: true })).toBe(true);
      await applyWebhooks(server.context);
      expect(await statusOf(mine, orderId)).toBe('paid');
      expect(await eventOf('TXN-NOBODY')).toMatchObject({ status: 'applied', attempts: 5 });
    });

    test('is kept when it is signed and cannot be read, and answered well, so that the sender rests', async () => {
      const key = 'the secret of one college';
      const id = await server.context.webhookSecrets.add({
        ...{ provider: 'icici', secret: key, colleges: ['MINE'], allowsNoTime: false },
      });
      for (const raw of ['not JSON', '{}', '\u0000', body('TXN-P', 'SUCCESS', { settlementTime: 'yesterday' })]) {
        expect(await send(raw, headersFor(raw, now(), key))).toBe('200 received');
        expect(await send(raw, headersFor(raw, now(), key))).toBe('200 received');
      }
      const scope = { collegeIds: [mine.college.id], unassigned: false };
      const letters = await deadWebhooks(server.context, scope);
      expect(letters.map(({ code }) => code)).toEqual(letters.map(() => 'WEBHOOK_UNREADABLE'));
      expect(letters).toHaveLength(4);
      const others = { collegeIds: [theirs.college.id], unassigned: false };
      expect(await deadWebhooks(server.context, others)).toEqual([]);
      expect(await replayWebhook(server.context, letters[0]?.id ?? '', others)).toBe(false);
      // Still unreadable: it stays.
      expect(await replayWebhook(server.context, letters[0]?.id ?? '', scope)).toBe(true);
      await applyWebhooks(server.context);
      expect(await deadWebhooks(server.context, scope)).toHaveLength(4);
      await server.context.webhookSecrets.remove(id);
    });
  });

  test('the secret of one college moves no payment of another', async () => {
    const { orderId } = await accepted(theirs, 'TXN-THEIRS');
    const key = 'the secret of mine alone';
    await server.context.webhookSecrets.add({
      provider: 'icici',
      secret: key,
      colleges: ['MINE'],
      allowsNoTime: false,
    });
    const raw = body('TXN-THEIRS');
    expect(await send(raw, headersFor(raw, now(), key))).toBe('200 received');
    await applyWebhooks(server.context);
    expect(await statusOf(theirs, orderId)).toBe('accepted');
    expect(await eventOf('TXN-THEIRS')).toMatchObject({ code: 'WEBHOOK_NO_ORDER', collegeId: mine.college.id });
  });

  test('two processes do each thing once, and one that died in between leaves it to the next', async () => {
    const orders = [];
    for (let index = 0; index < 6; index++) orders.push((await accepted(mine, `TXN-MANY-${index}`)).orderId);
    for (let index = 0; index < 6; index++) expect(await send(body(`TXN-MANY-${index}`))).toBe('200 received');
    await Promise.all([applyWebhooks(server.context), applyWebhooks(server.context)]);
    for (const orderId of orders) expect(await statusOf(mine, orderId)).toBe('paid');
    // Applied, and then nobody wrote that it was.
    const event = await eventOf('TXN-MANY-0');
    await inScope(server.context.database.db, [mine.college.id], (tx) =>
      tx.update(webhookEvents).set({ status: 'waiting', nextAt: server.clock.now() }),
    );
    await applyWebhooks(server.context);
    expect((await events()).find(({ id }) => id === event.id)).toMatchObject({ status: 'applied' });
  });

  test('the worker goes on by itself and ends in order', async () => {
    const worker = new WebhookWorker(server.context);
    const { orderId } = await accepted(mine, 'TXN-WORK');
    await send(body('TXN-WORK'));
    worker.kick();
    worker.kick();
    await worker.end();
    expect(await statusOf(mine, orderId)).toBe('paid');
    worker.kick();
    await worker.end();
  });
}
