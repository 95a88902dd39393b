import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../shared/db/tables.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { PROTOCOL_HEADER, SIGNATURE_HEADER, SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { lineLog } from '../services/log.ts';
import { readinessOf } from '../services/readiness.ts';
import { type HttpWorld, openHttpWorld, proofOf } from '../testing/http-world.ts';

import { buildApp } from './app.ts';
import { buildMetricsApp } from './metrics-app.ts';

let world: HttpWorld;
beforeAll(async () => {
  world = await openHttpWorld();
});
afterAll(() => world.close());

/** The value of a series, or undefined where there is none. */
async function figure(series: string): Promise<number | undefined> {
  const answer = await buildMetricsApp(world.server.context).inject('/metrics');
  expect(answer.headers['content-type']).toContain('text/plain');
  const line = answer.body.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test('what desks do is counted: commands by outcome, rows, requests by route, transactions', async () => {
  const { server, desk, mine, deviceToken: token } = world;
  const vendor = () => ({ vendorId: desk.newId(), fields: vendorFields('Figures') });
  const first = desk.command(mine.id, mine.accountantId, 'vendor.create', vendor());
  const second = desk.command(mine.id, mine.accountantId, 'vendor.create', vendor());
  const refusedBefore = await figure('munim_http_request_seconds_count{method="POST",route="/sync/pull",status="400"}');
  expect(refusedBefore).toBeUndefined();
  const push = (commands: object[]) =>
    world.ask('/sync/push', { token, body: { commands: commands.map((one) => ({ ...one })) } });
  expect((await push([first])).status).toBe(200);
  expect((await push([first, second])).status).toBe(200);
  const pulled = await world.ask('/sync/pull', {
    token,
    body: { collegeId: mine.id, cursor: 0, ackedSeq: 0, limitRows: 2_000 },
  });
  await world.ask('/sync/pull', { token, body: {} });
  const { rows } = pulled.body() as { rows: unknown[] };
  expect(rows.length).toBeGreaterThan(10);
  expect(await figure('munim_rows_sent_total')).toBe(rows.length);
  expect(await figure('munim_commands_total{outcome="applied",code=""}')).toBe(1);
  expect(await figure('munim_commands_total{outcome="duplicate",code=""}')).toBe(1);
  expect(await figure('munim_commands_total{outcome="rejected",code="VENDOR_DUPLICATE"}')).toBe(1);
  expect(await figure('munim_http_request_seconds_count{method="POST",route="/sync/push",status="200"}')).toBe(2);
  expect(await figure('munim_http_request_seconds_count{method="POST",route="/sync/pull",status="400"}')).toBe(1);
  expect(await figure('munim_database_transaction_seconds_count')).toBeGreaterThan(5);
  expect(await figure('munim_database_transactions_open')).toBe(0);
  expect(await figure('munim_http_requests_open')).toBe(0);
  expect(server.faults).toEqual([]);
});

test('no series carries an address, so that nobody can fill the memory with names', async () => {
  await world.ask('/no/such/018f0000-0000-7000-8000-000000000001');
  expect(await figure('munim_http_request_seconds_count{method="GET",route="unknown",status="404"}')).toBe(1);
});

test('every request is one line with the number that its answer carries', async () => {
  const { lines } = world.server;
  const from = lines.length;
  const answer = await world.ask('/sync/pull', { token: world.deviceToken, body: {} });
  const requestId = answer.headers.get('x-request-id');
  expect(answer.body()).toMatchObject({ error: { request_id: requestId } });
  expect(lines.slice(from)).toMatchObject([
    { event: 'request', facts: { requestId, method: 'POST', route: '/sync/pull', status: 400 } },
  ]);
});

test('nothing that a desk or a person sends gets into the log, whether it goes well, is refused or breaks', async () => {
  const { server, desk, mine, deviceToken: token } = world;
  const lines: string[] = [];
  const log = lineLog(
    'debug',
    () => server.clock.now(),
    (line) => lines.push(line),
  );
  let broken = false;
  const transaction: Db['transaction'] = (work, options) => {
    if (broken)
      throw new Error('Failed query: insert\nparams: 50100123456789', { cause: new Error('connection lost') });
    return server.context.database.db.transaction(work, options);
  };
  const db = new Proxy(server.context.database.db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
  const app = buildApp({ ...server.context, log, database: { ...server.context.database, db } });
  const { code } = await issueEnrolCode(server.context, [mine.id]);
  const fields = { ...vendorFields('Secret Traders'), pan: 'AAPFU0939F', accountNumber: '50100123456789' };
  const command = desk.command(mine.id, mine.accountantId, 'vendor.create', { vendorId: desk.newId(), fields });
  const signIn = { email: mine.accountant, password: 'correct horse battery' };
  const asked: readonly (readonly [string, Plain])[] = [
    ['/enrol', { code, publicKey: 'AAAA', deviceName: 'Office of Asha' }],
    ['/auth/sign-in', signIn],
    ['/auth/sign-in', { ...signIn, password: 'a wrong password' }],
    ['/sync/push', { commands: [{ ...command }] }],
    [`/sync/pull?token=${token}`, { collegeId: mine.id }],
  ];
  const statuses = new Set<number>();
  for (broken of [false, true]) {
    for (const [url, body] of asked) {
      const payload = canonicalText(body);
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
        [SIGNATURE_HEADER]: proofOf(desk, 'POST', url, payload, token),
      };
      statuses.add((await app.http.inject({ method: 'POST', url, payload, headers })).statusCode);
    }
  }
  await app.http.close();
  expect(statuses).toContain(200);
  expect(statuses).toContain(401);
  expect(statuses).toContain(503);
  const text = lines.join('');
  expect(text).toContain('request failed');
  const { text: signed, signature } = command;
  const typed = [
    'Secret Traders',
    'AAPFU0939F',
    '50100123456789',
    'Office of Asha',
    signIn.password,
    'a wrong password',
  ];
  for (const secret of [...typed, mine.accountant, code, token, signature, signed]) expect(text).not.toContain(secret);
});

test('the figures are not served beside the routes of the desks', async () => {
  expect(await world.refused('/metrics')).toBe('404 NOT_FOUND');
});

const roomy = {
  freeBytes: () => limits.engine.freeSpaceMinBytes,
  schema: async () => ({ hash: '', known: 4, pending: 0 }),
};
test.each([
  ['everything holds', {}, 200, {}],
  ['the disk is full', { freeBytes: () => limits.engine.freeSpaceMinBytes - 1 }, 503, { disk: 'failed' }],
  [
    'the disk is gone',
    {
      freeBytes: () => {
        throw new Error('gone');
      },
    },
    503,
    { disk: 'failed' },
  ],
  ['a migration is missing', { schema: async () => ({ hash: '', known: 4, pending: 1 }) }, 503, { schema: 'failed' }],
])('ready or not: %s', async (_name, broken, status, failed) => {
  const { http } = buildApp(world.server.context, { vitals: { ...roomy, ...broken } });
  const answer = await http.inject('/readyz');
  expect([answer.statusCode, answer.json()]).toMatchObject([
    status,
    { database: 'ok', schema: 'ok', disk: 'ok', pokes: 'local', ...failed },
  ]);
  expect((await http.inject('/healthz')).statusCode).toBe(200);
  await http.close();
  world.server.faults.splice(0);
});

test('not ready while the database does not answer, and a degraded bus does not matter', async () => {
  const { context } = world.server;
  const silent = { ...context.database, ping: () => Promise.reject(new Error('connection lost')) };
  expect(await readinessOf({ ...context, database: silent }, roomy)).toMatchObject({
    ready: false,
    database: 'failed',
  });
  const alone = { ...context.bus, state: () => 'degraded' as const };
  expect(await readinessOf({ ...context, bus: alone }, roomy)).toMatchObject({ ready: true, pokes: 'degraded' });
  world.server.faults.splice(0);
});
