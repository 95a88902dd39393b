import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../shared/kernel/limits.ts';
import { deviceAuthText, PROTOCOL_HEADER, SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { publicKeyOf } from '../adapters/device-keys.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { type HttpWorld, openHttpWorld } from '../testing/http-world.ts';
import { newPrivateKey, password, type TestCollege, type TestDesk, type TestServer } from '../testing/test-server.ts';

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

describe('every answer', () => {
  test('to an address that is not there, in a browser too, is an error in JSON', async () => {
    expect(await world.refused('/index.html', { headers: { accept: 'text/html' } })).toBe('404 NOT_FOUND');
    expect(await world.refused('/api/v1/colleges', { method: 'DELETE', headers: { accept: 'text/html' } })).toBe(
      '404 NOT_FOUND',
    );
  });

  test('forbids sniffing, framing, caching and scripts', async () => {
    const { headers } = await world.ask('/healthz');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('server')).toBeNull();
  });

  test('health and readiness', async () => {
    expect((await world.ask('/healthz')).body()).toEqual({ status: 'ok' });
    expect((await world.ask('/readyz')).body()).toMatchObject({ status: 'ok', database: 'ok', kind: 'embedded' });
  });
});

describe('bodies', () => {
  test.each([
    ['no JSON', { raw: '<html>' }, '400 INPUT_INVALID'],
    ['nothing', { raw: '' }, '400 INPUT_INVALID'],
    ['another form', { raw: '{"code":1}' }, '400 INPUT_INVALID'],
    [
      'a field too many',
      { body: { code: 'x'.repeat(10), publicKey: '', deviceName: 'a', more: 1 } },
      '400 INPUT_INVALID',
    ],
    [
      'a poisoned prototype',
      { raw: '{"__proto__":{"code":"12345678"},"publicKey":"","deviceName":"a"}' },
      '400 INPUT_INVALID',
    ],
    [
      'another type',
      { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      '415 INPUT_INVALID',
    ],
    ['too large', { raw: `{"code":"${'x'.repeat(limits.server.bodyBytesMax)}"}` }, '413 SYNC_TOO_LARGE'],
  ])('%s', async (_, asked, expected) => {
    expect(await world.refused('/enrol', { method: 'POST', ...asked })).toBe(expected);
  });

  test('a push up to a mebibyte is read, a larger one is refused', async () => {
    const commands = (size: number) => ({ commands: [{ text: 'x'.repeat(size), signature: 'y' }] });
    expect(await world.refused('/sync/push', { token: world.deviceToken, body: commands(1_000_000) })).toBe(
      '401 AUTH_BAD_SIGNATURE',
    );
    expect(await world.refused('/sync/push', { token: world.deviceToken, body: commands(1_100_000) })).toBe(
      '413 SYNC_TOO_LARGE',
    );
    const many = { commands: Array.from({ length: 501 }, () => ({ text: '', signature: '' })) };
    expect(await world.refused('/sync/push', { token: world.deviceToken, body: many })).toBe('400 INPUT_INVALID');
  });

  test('a desk of another protocol is told to update', async () => {
    for (const headers of [{ [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION + 1) }, { [PROTOCOL_HEADER]: '' }]) {
      expect(await world.refused('/sync/pull', { token: world.deviceToken, body: {}, headers })).toBe(
        '426 UNSUPPORTED_VERSION',
      );
    }
  });
});

describe('tokens', () => {
  test('nothing, nonsense, a changed token and an old one open nothing', async () => {
    const [body = '', mac = ''] = world.deviceToken.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const longer = Buffer.from(JSON.stringify({ ...claims, expiresAt: claims.expiresAt + 1 })).toString('base64url');
    for (const token of ['', 'x', `${body}.`, `${longer}.${mac}`, `${world.deviceToken}.${mac}`]) {
      expect(await world.refused('/sync/pull', { token, body: {} })).toBe('401 AUTH_REQUIRED');
    }
    const fresh = await world.tokenOf(desk);
    server.clock.advance(limits.auth.deviceTokenMs - 1);
    expect(await world.refused('/sync/pull', { token: fresh, body: {} })).toBe('400 INPUT_INVALID');
    server.clock.advance(1);
    expect(await world.refused('/sync/pull', { token: fresh, body: {} })).toBe('401 AUTH_REQUIRED');
    world.deviceToken = await world.tokenOf(desk);
    for (const [role, email] of [
      ['college_accounts_admin', mine.accountant],
      ['principal', mine.principal],
    ] as const) {
      world.tokens.set(role, await world.userToken(desk, email));
    }
  });

  test('a device proves its key, once, with its clock', async () => {
    const at = server.clock.now();
    const proof = (change: object = {}) => {
      const asked = { deviceId: desk.deviceId, at, nonce: randomBytes(12).toString('hex'), ...change };
      return { ...asked, signature: desk.signRaw(deviceAuthText(asked)) };
    };
    const good = proof();
    expect((await world.ask('/auth/device', { body: good })).status).toBe(200);
    expect(await world.refused('/auth/device', { body: good })).toBe('401 AUTH_BAD_SIGNATURE');
    expect(await world.refused('/auth/device', { body: { ...proof(), at: at + 1 } })).toBe('401 AUTH_BAD_SIGNATURE');
    expect(await world.refused('/auth/device', { body: proof({ at: at + limits.sync.clockAheadMaxMs + 1 }) })).toBe(
      '422 SYNC_CLOCK_AHEAD',
    );
    expect(await world.refused('/auth/device', { body: proof({ at: at - limits.sync.clockAheadMaxMs - 1 }) })).toBe(
      '422 SYNC_CLOCK_BEHIND',
    );
    expect(await world.refused('/auth/device', { body: proof({ deviceId: mine.id }) })).toBe('401 AUTH_DEVICE_UNKNOWN');
    expect(await world.refused('/auth/device', { body: proof({ deviceId: server.context.keys.deviceId }) })).toBe(
      '401 AUTH_DEVICE_UNKNOWN',
    );
  });

  test('a wrong person and a wrong password look alike, and both rest after too many tries', async () => {
    for (const email of [mine.principal, 'nobody@mine.example']) {
      const attempt = () =>
        world.refused('/auth/sign-in', {
          token: world.deviceToken,
          body: { email: email.toUpperCase(), password: 'wrong' },
        });
      for (let tries = 0; tries < limits.auth.signInTriesMax; tries++)
        expect(await attempt()).toBe('401 AUTH_BAD_CREDENTIALS');
      expect(await attempt()).toBe('429 RATE_LIMITED');
    }
    const right = { token: world.deviceToken, body: { email: mine.principal, password } };
    const answer = await world.ask('/auth/sign-in', right);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([
      429,
      String(limits.auth.signInWindowMs / 1000),
    ]);
    server.clock.advance(limits.auth.signInWindowMs);
    world.deviceToken = await world.tokenOf(desk);
    expect((await world.ask('/auth/sign-in', { ...right, token: world.deviceToken })).status).toBe(200);
  });

  test('a person of another college does not get in on this desk', async () => {
    expect(
      await world.refused('/auth/sign-in', { token: world.deviceToken, body: { email: theirs.accountant, password } }),
    ).toBe('403 AUTH_FORBIDDEN');
  });

  test('enrolment from one address is limited, and a wrong code says no more than an old or used one', async () => {
    const { code } = await issueEnrolCode(server.context, [mine.id]);
    const body = {
      code: code.toLowerCase().replaceAll('-', ' '),
      publicKey: publicKeyOf(newPrivateKey()),
      deviceName: 'New',
    };
    const answer = await world.ask('/enrol', { body });
    expect(answer.body()).toMatchObject({
      colleges: [{ id: mine.id, code: 'MINE' }],
      nextSeq: 1,
      serverName: 'Test server',
    });
    const another = { ...body, publicKey: publicKeyOf(newPrivateKey()) };
    expect(await world.refused('/enrol', { body: another })).toBe('403 ENROL_CODE_INVALID');
    expect(await world.refused('/enrol', { body: { ...another, publicKey: 'AAAA' } })).toBe('401 AUTH_BAD_SIGNATURE');
    const old = await issueEnrolCode(server.context, [mine.id]);
    server.clock.advance(limits.auth.enrolCodeMs);
    expect(await world.refused('/enrol', { body: { ...another, code: old.code } })).toBe('403 ENROL_CODE_INVALID');
    const guess = () => world.refused('/enrol', { body: { ...another, code: '0000-0000-0000-0000' } });
    const answers = new Set<string>();
    for (let tries = 0; tries <= limits.server.enrolTriesPerAddressMax; tries++) answers.add(await guess());
    expect(answers).toEqual(new Set(['403 ENROL_CODE_INVALID', '429 RATE_LIMITED']));
    await world.refreshTokens();
  });
});

test('a request that is no HTTP is turned away without words about the inside', async () => {
  const { port, hostname } = new URL(world.url);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write('GARBAGE\r\n\r\n'));
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(answer).not.toMatch(/node_modules|\.js:/);
});
