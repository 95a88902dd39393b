import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createExpense } from '../../shared/domain/expense/create.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { countParked, parkedOf } from '../services/parked-commands.ts';
import { keepReplaying, parkedFailedRetryMs, parkedRetryMs, replayParked } from '../services/replay-parked.ts';
import { verifyCollege } from '../services/verify.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { booksOf, pulled, pulledAll, pushed } from './world.ts';

/** Commands that came before the server that knows them. @param databaseUrl null for PGlite */
export function parkingSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let college: TestCollege;
  let desk: TestDesk;
  let vendorId: Id;
  let serial = 0;

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    college = await makeCollege(server, 'PRK');
    desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    vendorId = desk.newId();
    await pushed(server, desk, [say('vendor.create', { vendorId, fields: vendorFields('Tech Supplies') })]);
  });
  afterEach(() => void Object.assign(createExpense, { schemaVersion: 1 }));
  afterAll(async () => {
    expect(await verifyCollege(server.context, college.id)).toMatchObject({ brokenAt: null, wrongTotals: 0 });
    expect(server.faults).toEqual([]);
    await server.close();
  });

  const say = (name: string, args: object, change = {}): SignedCommand =>
    desk.command(college.id, college.accountantId, name, args, change);
  const fields = (more: object = {}) => billFields(vendorId, { billNo: `B-${++serial}`, ...more });
  /** A bill in the form that only a newer server knows. */
  const newer = (expenseId: Id, more: object = {}) =>
    say('expense.create', { expenseId, fields: fields(more) }, { schemaVersion: 2 });
  const submit = (expenseId: Id) => say('expense.submit', { expenseId, overBudgetReason: null });
  const codes = (results: Awaited<ReturnType<typeof pushed>>['results']) =>
    results.map(({ seq, status, code }) => [seq, code ?? status]);
  const upgrade = () => void Object.assign(createExpense, { schemaVersion: 2 });

  test('wait as long as the server does not know them, and are then decided in their order, each with its word', async () => {
    const [good, bad] = [desk.newId(), desk.newId()];
    const first = desk.seq + 1;
    const sent = await pushed(server, desk, [
      newer(good),
      newer(bad, { category: 'no-such' }),
      submit(good),
      submit(bad),
      say('budget.set', { financialYear: '2026-27', category: 'supplies', allocated: { from: 0n, to: 1n } }),
    ]);
    expect(codes(sent.results)).toEqual([
      [first, 'COMMAND_UNKNOWN'],
      [first + 1, 'COMMAND_UNKNOWN'],
      [first + 2, 'COMMAND_DEPENDS'],
      [first + 3, 'COMMAND_DEPENDS'],
      [first + 4, 'AUTH_FORBIDDEN'],
    ]);
    expect(sent.results.map(({ status }) => status)).toEqual([...Array(4).fill('parked'), 'rejected']);
    const before = await booksOf(server, college.id);
    await replayParked(server.context);
    expect(await booksOf(server, college.id)).toEqual(before);

    upgrade();
    // Two servers of a rolling restart come up at once.
    await Promise.all([replayParked(server.context), replayParked(server.context)]);
    const parked = [first, first + 1, first + 2, first + 3];
    const { results, minReader } = await pulled(server, desk, college.id, { ackedSeq: desk.seq, parked });
    expect(codes(results)).toEqual([
      [first, 'applied'],
      [first + 1, 'CATEGORY_UNKNOWN'],
      [first + 2, 'BUDGET_INSUFFICIENT'],
      [first + 3, 'COMMAND_DEPENDS'],
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'rejected', 'rejected', 'rejected']);
    expect(minReader).toBe(1);
    const { rows } = await pulledAll(server, desk, college.id);
    expect(rows.find(({ id }) => id === good)?.row).toMatchObject({ status: 'draft' });
    const after = await booksOf(server, college.id);
    await replayParked(server.context);
    expect(await booksOf(server, college.id)).toEqual(after);
  });

  test('one that the desk sent again under a new name is done once, and both hear of it', async () => {
    const expenseId = desk.newId();
    const signed = newer(expenseId);
    await pushed(server, desk, [signed]);
    const again = await enrolDesk(server, [college.id], 'Same desk, new key');
    await again.signIn(college.accountant);
    const renewed = again.sign({
      ...(parseCanonical(signed.text) as object),
      deviceId: again.deviceId,
      seq: 1,
    } as never);
    expect((await pushed(server, again, [renewed])).results).toMatchObject([{ status: 'parked', duplicate: true }]);
    upgrade();
    await replayParked(server.context);
    for (const [one, seq] of [
      [desk, desk.seq],
      [again, 1],
    ] as const) {
      const { results } = await pulled(server, one, college.id, { ackedSeq: seq, parked: [seq] });
      expect(codes(results)).toEqual([[seq, 'applied']]);
    }
    const { rows } = await pulledAll(server, desk, college.id);
    expect(rows.filter(({ row }) => row?.documentId === expenseId)).toHaveLength(1);
  });

  test('a pull tells nothing of what still waits', async () => {
    const expenseId = desk.newId();
    await pushed(server, desk, [newer(expenseId)]);
    const { results } = await pulled(server, desk, college.id, { ackedSeq: desk.seq, parked: [desk.seq] });
    expect(results).toEqual([]);
    upgrade();
    await replayParked(server.context);
  });

  test('what is sent while they are decided does not wait any longer than they', async () => {
    const bills = Array.from({ length: 12 }, () => desk.newId());
    const sent = await pushed(
      server,
      desk,
      bills.map((bill) => newer(bill)),
    );
    expect(new Set(sent.results.map(({ status }) => status))).toEqual(new Set(['parked']));
    upgrade();
    // Each comes at another moment: before its bill is decided, after it, and in between.
    const replaying = replayParked(server.context);
    for (const bill of bills) await pushed(server, desk, [submit(bill)]);
    await replaying;
    const open = (await parkedOf(server.context, college.id)).filter(({ deviceId }) => deviceId === desk.deviceId);
    expect(open).toEqual([]);
  });

  test('what an older process parked after this one had started is decided without another start, and seen until then', async () => {
    const end = keepReplaying(server.context);
    const bill = desk.newId();
    const first = desk.seq + 1;
    const before = (await parkedOf(server.context, college.id)).reduce((sum, { commands }) => sum + commands, 0);
    const sent = await pushed(server, desk, [newer(bill), submit(bill)]);
    expect(sent.results.map(({ status }) => status)).toEqual(['parked', 'parked']);
    const own = (await parkedOf(server.context, college.id)).filter(({ deviceId }) => deviceId === desk.deviceId);
    expect(own).toMatchObject([
      { code: 'COMMAND_DEPENDS', commands: 1, firstSeq: first + 1, since: new Date(server.clock.now()).toISOString() },
      { code: 'COMMAND_UNKNOWN', commands: 1, firstSeq: first },
    ]);
    expect(await countParked(server.context)).toBe(before + 2);
    // Tried in vain, and again after the upgrade.
    const lines = server.lines.length;
    server.clock.advance(parkedRetryMs);
    await expect
      .poll(() => server.lines.slice(lines).map(({ event }) => event))
      .toContain('parked commands tried again');
    expect(await countParked(server.context)).toBe(before + 2);
    upgrade();
    await expect
      .poll(() => {
        server.clock.advance(parkedRetryMs);
        return countParked(server.context);
      })
      .toBe(before);
    await end();
    const { results } = await pulled(server, desk, college.id, { ackedSeq: desk.seq, parked: [first, first + 1] });
    expect(codes(results)).toEqual([
      [first, 'applied'],
      // Decided too; the college has no budget.
      [first + 1, 'BUDGET_INSUFFICIENT'],
    ]);
  });

  test('are tried again soon after a try that the database did not allow', async () => {
    let isAway = false;
    const { db } = server.context.database;
    const away = new Proxy(db, {
      get: (target, name) => {
        if (isAway && name === 'transaction') return () => Promise.reject(new MunimError('SERVER_UNAVAILABLE'));
        return Reflect.get(target, name, target);
      },
    });
    const failures: string[] = [];
    const log = { ...server.context.log, error: (event: string) => void failures.push(event) };
    const end = keepReplaying({ ...server.context, log, database: { ...server.context.database, db: away } });
    const before = await countParked(server.context);
    const sent = await pushed(server, desk, [newer(desk.newId())]);
    expect(sent.results.map(({ status }) => status)).toEqual(['parked']);
    upgrade();
    isAway = true;
    server.clock.advance(parkedRetryMs);
    await expect.poll(() => failures).toEqual(['parked commands']);
    isAway = false;
    server.clock.advance(parkedFailedRetryMs);
    await expect.poll(() => countParked(server.context)).toBe(before);
    await end();
  });
}
