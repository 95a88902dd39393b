import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Db } from '../../shared/db/tables.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { PROTOCOL_HEADER, SIGNATURE_HEADER, SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { buildApp } from '../http/app.ts';
import { readConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { openHttpWorld, proofOf } from '../testing/http-world.ts';
import { booksTemplate, testNow } from '../testing/test-server.ts';
import { startServer } from './start-server.ts';

let place: ReturnType<typeof testFolder>;
beforeEach(() => {
  place = testFolder();
});
afterEach(() => place.remove());

async function start(clock: SimClock, said: string[] = [], more: Record<string, string> = {}) {
  const config = readConfig({
    MUNIM_SERVER_DATA: place.folder,
    MUNIM_SERVER_PORT: '0',
    MUNIM_SERVER_TEMPLATE: await booksTemplate(),
    ...more,
  });
  if (!config.ok) throw new Error(config.error);
  const note = (event: string): void => void said.push(event);
  const log: Log = { debug: () => {}, info: note, warn: note, error: note };
  return startServer({ config: config.value, log, clock, onPoison: () => expect.fail() });
}

const dial = (url: string): Promise<ReturnType<typeof connect>> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });
const closed = (socket: { once(event: 'close', run: (code?: unknown) => void): unknown }): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

test('a caller who never ends is cut off after a while, and the books are closed in order', async () => {
  const clock = new SimClock(testNow);
  const said: string[] = [];
  const server = await start(clock, said);
  const hanging = await dial(server.url);
  hanging.on('error', () => {}).resume();
  hanging.write('POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  const cut = closed(hanging);
  // Answered only when the server has read the head of the other one.
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  let stopped = false;
  const stopping = server.stop().then(() => {
    stopped = true;
  });
  await expect
    .poll(() =>
      dial(server.url).then(
        () => 'open',
        () => 'refused',
      ),
    )
    .toBe('refused');
  clock.advance(limits.server.drainMs - 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(stopped).toBe(false);
  clock.advance(1);
  await cut;
  await stopping;
  expect(said).toContain('callers who did not end were cut off');
  const again = await start(clock);
  await again.stop();
});

test('a push under way is finished and answered', async () => {
  const { server, mine, desk, app, ...world } = await openHttpWorld();
  await app.http.close();
  const { context } = server;
  let release: () => void = () => {};
  let isHeld: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  // The device is read first; the transaction of the push itself waits.
  let asked = 0;
  const transaction: Db['transaction'] = async (work, options) => {
    asked += 1;
    if (asked === 2) {
      isHeld();
      await released;
    }
    return context.database.db.transaction(work, options);
  };
  const db = new Proxy(context.database.db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
  const slow = buildApp({ ...context, database: { ...context.database, db } });
  const url = await slow.http.listen({ port: 0, host: '127.0.0.1' });
  const vendor = { vendorId: desk.newId(), fields: vendorFields('Last') };
  const body = canonicalText({ commands: [{ ...desk.command(mine.id, mine.accountantId, 'vendor.create', vendor) }] });
  const token = world.deviceToken;
  const pushing = fetch(`${url}/sync/push`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
      [SIGNATURE_HEADER]: proofOf(desk, 'POST', '/sync/push', body, token),
    },
    body,
  });
  await held;
  const stopping = slow.http.close();
  await expect
    .poll(() =>
      fetch(`${url}/healthz`).then(
        () => 'open',
        () => 'refused',
      ),
    )
    .toBe('refused');
  release();
  const answer = await pushing;
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('"status":"applied"')]);
  await stopping;
  await server.close();
});

test('sockets are closed with the code of going away', async () => {
  const clock = new SimClock(testNow);
  const server = await start(clock);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/socket`);
  await new Promise((resolve) => socket.once('open', resolve));
  const code = closed(socket);
  await server.stop();
  expect(await code).toBe(1001);
});

test('the figures have a listener of their own, which tells versions, process and sockets', async () => {
  const server = await start(new SimClock(testNow), [], { MUNIM_SERVER_METRICS_PORT: '0' });
  try {
    expect(server.metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const text = await (await fetch(`${server.metricsUrl}/metrics`)).text();
    expect(text).toMatch(
      /munim_build_info\{version="\d+\.\d+\.\d+",protocol="\d+",schema="[0-9a-f]{12}",database="embedded"\} 1/,
    );
    for (const name of [
      'munim_sockets 0',
      'munim_bus_degraded 0',
      'munim_bus_connects_total 0',
      'munim_commands_parked 0',
      'munim_disk_free_bytes ',
      'nodejs_eventloop_lag_p99_seconds ',
      'process_resident_memory_bytes ',
    ]) {
      expect(text).toContain(`\n${name}`);
    }
    expect((await fetch(`${server.metricsUrl}/sync/pull`, { method: 'POST' })).status).toBe(404);
  } finally {
    await server.stop();
  }
});
