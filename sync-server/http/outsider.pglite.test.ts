import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { canonicalText, parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  PROTOCOL_HEADER,
  SIGNATURE_HEADER,
  SOCKET_PATH,
  SYNC_PROTOCOL_VERSION,
  zPullAnswer,
  zPushAnswer,
} from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { type HttpWorld, openHttpWorld, proofOf } from '../testing/http-world.ts';
import { enrolDesk, type TestCollege, type TestDesk, type TestServer } from '../testing/test-server.ts';
import { booksOf } from '../testing/world.ts';
import { buildApp } from './app.ts';

/** What somebody may try who hears or guesses a lot, but has no key of a desk; and what a desk may try that is none of its business. */
let world: HttpWorld;
let server: TestServer;
let mine: TestCollege;
let theirs: TestCollege;
let desk: TestDesk;
beforeAll(async () => {
  world = await openHttpWorld();
  ({ server, mine, theirs, desk } = world);
});
afterAll(() => world.close());

const vendor = (collegeId: string, actorId: string, from: TestDesk = desk) =>
  from.command(collegeId, actorId, 'vendor.create', {
    vendorId: from.newId(),
    fields: vendorFields(`Vendor ${from.seq}`),
  });
const pulling = (collegeId: string, more: object = {}) => ({
  ...{ collegeId, cursor: 0, ackedSeq: 0, limitRows: 100 },
  ...more,
});
const pushing = async (...commands: readonly ReturnType<typeof vendor>[]) => {
  const answer = await world.ask('/sync/push', {
    token: world.deviceToken,
    body: { commands: [...commands] as never },
  });
  return zPushAnswer.parse(answer.body()).results;
};

describe('a token without the key of its desk', () => {
  const blob = () => `/blobs/${mine.id}/${'a'.repeat(64)}`;
  const requests = () =>
    [
      ['POST', '/sync/pull', canonicalText(pulling(mine.id))],
      ['POST', '/sync/push', canonicalText({ commands: [{ text: '{}', signature: '' }] })],
      ['POST', '/auth/sign-in', canonicalText({ email: mine.accountant, password: 'guess' })],
      ['GET', blob(), ''],
    ] as const;

  test('opens nothing: without a signature, or with that of another desk', async () => {
    const other = await enrolDesk(server, [mine.id], 'Other');
    const token = world.deviceToken;
    for (const [method, path, body] of requests()) {
      for (const signature of ['', 'x', proofOf(other, method, path, body, token)]) {
        const headers = { [SIGNATURE_HEADER]: signature };
        const asked = { method, token, headers, ...(body === '' ? {} : { raw: body }) };
        expect([path, await world.refused(path, asked)]).toEqual([path, '401 AUTH_BAD_SIGNATURE']);
      }
    }
  });

  test('a signature fits the one request it was made for: not another body, address, method or token', async () => {
    const token = world.deviceToken;
    const raw = canonicalText(pulling(mine.id));
    const good = proofOf(desk, 'POST', '/sync/pull', raw, token);
    const ask = (path: string, text: string, signature: string, by = token) =>
      world.ask(path, { method: 'POST', token: by, raw: text, headers: { [SIGNATURE_HEADER]: signature } });
    expect((await ask('/sync/pull', raw, good)).status).toBe(200);
    const changed = canonicalText(pulling(mine.id, { ackedSeq: 1 }));
    server.clock.advance(1_000);
    const later = await world.tokenOf(desk);
    expect(later).not.toBe(token);
    for (const answer of [
      await ask('/sync/pull', changed, good),
      await ask('/sync/pull?x=1', raw, good),
      await ask('/sync/push', raw, good),
      await ask('/sync/pull', raw, proofOf(desk, 'GET', '/sync/pull', raw, token)),
      await ask('/sync/pull', raw, proofOf(desk, 'POST', '/sync/pull', raw, later)),
    ]) {
      expect([answer.status, answer.text.includes('AUTH_BAD_SIGNATURE')]).toEqual([401, true]);
    }
  });

  test('opens no socket', async () => {
    const other = await enrolDesk(server, [mine.id], 'Eavesdropper');
    const token = world.deviceToken;
    for (const signature of ['', proofOf(other, 'GET', SOCKET_PATH, '', token)]) {
      const socket = new WebSocket(`${world.url.replace('http', 'ws')}${SOCKET_PATH}`);
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.once('open', () => socket.send(canonicalText({ kind: 'hello', token, signature })));
      expect(await ended).toBe(4401);
    }
    expect(world.app.sockets.size).toBe(0);
  });
});

describe('a push', () => {
  test('that was recorded and is sent again changes nothing', async () => {
    const token = world.deviceToken;
    const raw = canonicalText({ commands: [vendor(mine.id, mine.accountantId), vendor(mine.id, mine.accountantId)] });
    const headers = { [SIGNATURE_HEADER]: proofOf(desk, 'POST', '/sync/push', raw, token) };
    const send = () => world.ask('/sync/push', { method: 'POST', token, raw, headers });
    const first = zPushAnswer.parse((await send()).body());
    expect(first.results.map(({ status, duplicate }) => [status, duplicate])).toEqual([
      ['applied', false],
      ['applied', false],
    ]);
    const before = await booksOf(server, mine.id);
    const again = zPushAnswer.parse((await send()).body());
    expect(again).toEqual({ ...first, results: first.results.map((result) => ({ ...result, duplicate: true })) });
    expect(await booksOf(server, mine.id)).toEqual(before);
    // As another desk's it is that desk's forgery.
    const other = await enrolDesk(server, [mine.id], 'Copyist');
    expect(await world.refused('/sync/push', { token: await world.tokenOf(other), raw, method: 'POST' })).toBe(
      '401 AUTH_BAD_SIGNATURE',
    );
  });

  test('with a command that somebody else signed, or that was changed on the way, is refused', async () => {
    const other = await enrolDesk(server, [mine.id], 'Forger');
    const before = await booksOf(server, mine.id);
    const good = vendor(mine.id, mine.accountantId);
    const forged = { ...good, signature: other.sign(parseCanonical(good.text)).signature };
    const changed = { ...good, text: good.text.replace('Vendor', 'Wendor') };
    for (const command of [forged, changed]) {
      const body = { commands: [command] };
      expect(await world.refused('/sync/push', { token: world.deviceToken, body })).toBe('401 AUTH_BAD_SIGNATURE');
    }
    expect(await booksOf(server, mine.id)).toEqual(before);
    expect(await pushing(good)).toMatchObject([{ status: 'applied' }]);
  });

  test('in the name of somebody who never signed in on the desk, or for another college, is refused', async () => {
    const [here, there] = [await booksOf(server, mine.id), await booksOf(server, theirs.id)];
    const results = await pushing(
      vendor(mine.id, theirs.accountantId),
      vendor(theirs.id, mine.accountantId),
      vendor(theirs.id, theirs.accountantId),
    );
    expect(results.map(({ code }) => code)).toEqual(['AUTH_ACTOR_NOT_ON_DEVICE', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await booksOf(server, mine.id)).toEqual(here);
    expect(await booksOf(server, theirs.id)).toEqual(there);
  });
});

describe('a pull', () => {
  test('of another college, from a cursor that was never given, or of a page beyond the limit is refused', async () => {
    const token = world.deviceToken;
    const refused = (body: object) => world.refused('/sync/pull', { token, body: body as never });
    expect(await refused(pulling(theirs.id))).toBe('404 NOT_FOUND');
    expect(await refused(pulling(theirs.id, { cursor: 3 }))).toBe('404 NOT_FOUND');
    expect(await refused(pulling(mine.id, { cursor: 1_000_000 }))).toBe('409 SYNC_CURSOR_LOST');
    expect(await refused(pulling(mine.id, { cursor: -1 }))).toBe('400 INPUT_INVALID');
    expect(await refused(pulling(mine.id, { limitRows: limits.sync.pullRowsMax + 1 }))).toBe('400 INPUT_INVALID');
  });

  test('with the largest page that may be asked for stays within its bytes', async () => {
    const body = pulling(mine.id, { limitRows: limits.sync.pullRowsMax });
    const answer = await world.ask('/sync/pull', { token: world.deviceToken, body });
    expect(zPullAnswer.parse(answer.body()).rows.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(2 * limits.sync.pullBytesMax);
  });
});

test('a desk taken out of use is refused at once, with the token it has and on the socket it holds', async () => {
  const lost = await enrolDesk(server, [mine.id], 'Stolen');
  const token = await world.tokenOf(lost);
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}${SOCKET_PATH}`);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(await world.hello(lost));
  while (world.app.sockets.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await world.ask('/sync/pull', { token, body: pulling(mine.id) })).status).toBe(200);
  const admin = world.tokens.get('it_admin') ?? '';
  await world.ask(`/admin/devices/${lost.deviceId}/revoke`, { method: 'POST', token: admin });
  expect(await ended).toBe(4403);
  expect(await world.refused('/sync/pull', { token, body: pulling(mine.id) })).toBe('403 AUTH_DEVICE_REVOKED');
  const reopened = new WebSocket(`${world.url.replace('http', 'ws')}${SOCKET_PATH}`);
  const refused = new Promise((resolve) => reopened.once('close', resolve));
  const signature = proofOf(lost, 'GET', SOCKET_PATH, '', token);
  reopened.once('open', () => reopened.send(canonicalText({ kind: 'hello', token, signature })));
  expect(await refused).toBe(4403);
});

describe('a caller that takes for ever', () => {
  /** Sends the beginning, then a byte now and then, until the server has had enough. */
  async function drip(port: number, beginning: string): Promise<string> {
    return await new Promise((resolve) => {
      let heard = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(beginning));
      const dripping = setInterval(() => socket.write('x'), 20);
      socket.on('data', (data) => {
        heard += String(data);
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(dripping);
        resolve(heard);
      });
    });
  }

  test('over its headers or its body is let go of, and the server goes on', async () => {
    const app = buildApp(server.context, { patience: { headersMs: 100, requestMs: 200 } });
    const url = new URL(await app.http.listen({ port: 0, host: '127.0.0.1' }));
    const port = Number(url.port);
    const line = `POST /sync/push HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${PROTOCOL_HEADER}: ${SYNC_PROTOCOL_VERSION}\r\n`;
    const slow = Promise.all([drip(port, line), drip(port, `${line}content-length: 100000\r\n\r\n{`)]);
    expect((await fetch(new URL('/healthz', url))).status).toBe(200);
    for (const heard of await slow) expect(heard).toContain('HTTP/1.1 408');
    await app.http.close();
  });
});
