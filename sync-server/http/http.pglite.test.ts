import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  deviceAuthText,
  PROTOCOL_HEADER,
  zErrorAnswer,
  zPullAnswer,
  zSignInAnswer,
  zTokenAnswer,
} from '../../shared/sync/messages.ts';
import { publicKeyOf } from '../adapters/device-keys.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { addPerson } from '../services/set-up-college.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  newPrivateKey,
  openTestServer,
  password,
  type TestCollege,
  type TestDesk,
  type TestServer,
  vendorFields,
} from '../testing/test-server.ts';
import { pushed } from '../testing/world.ts';
import { type App, buildApp } from './app.ts';

let server: TestServer;
let app: App;
let url: string;
let mine: TestCollege;
let theirs: TestCollege;
let desk: TestDesk;
let deviceToken: string;
const groupRoles = ['super_accountant', 'auditor', 'it_admin', 'superuser'] as const;
const tokens = new Map<string, string>();

interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly body?: Plain | Buffer;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { method, token, body, raw, headers = {} }: Asked = {}) {
  const isBytes = Buffer.isBuffer(body);
  const payload = raw ?? (isBytes ? new Uint8Array(body) : body === undefined ? null : canonicalText(body));
  const type = payload === null ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' };
  const answer = await fetch(`${url}${path}`, {
    method: method ?? (payload === null ? 'GET' : 'POST'),
    headers: { [PROTOCOL_HEADER]: '1', ...type, ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body: payload,
  });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers, body: () => parseCanonical(text) };
}

/** The code of a refusal, after checking that its body is that of 001 section 5.2 and tells nothing of the inside. */
async function refused(path: string, asked: Asked = {}): Promise<string> {
  const answer = await ask(path, asked);
  const { error } = zErrorAnswer.parse(answer.body());
  expect(error.request_id).toBe(answer.headers.get('x-request-id'));
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|SELECT|stack/);
  return `${answer.status} ${error.code}`;
}

async function tokenOf(one: TestDesk): Promise<string> {
  const proof = { deviceId: one.deviceId, at: server.clock.now(), nonce: randomBytes(12).toString('hex') };
  const body = { ...proof, signature: one.signRaw(deviceAuthText(proof)) };
  return zTokenAnswer.parse((await ask('/auth/device', { body })).body()).token;
}

async function userToken(one: TestDesk, email: string): Promise<string> {
  const answer = await ask('/auth/sign-in', { token: await tokenOf(one), body: { email, password } });
  return zSignInAnswer.parse(answer.body()).token;
}

beforeAll(async () => {
  server = await openTestServer(null);
  app = buildApp(server.context);
  url = await app.http.listen({ port: 0, host: '127.0.0.1' });
  [mine, theirs] = [await makeCollege(server, 'MINE'), await makeCollege(server, 'THEIRS')];
  desk = await enrolDesk(server, [mine.id]);
  deviceToken = await tokenOf(desk);
  tokens.set('college_accounts_admin', await userToken(desk, mine.accountant));
  tokens.set('principal', await userToken(desk, mine.principal));
  const group = await enrolDesk(server, [mine.id, theirs.id], 'Group');
  for (const role of groupRoles) {
    const email = `${role}@group.example`;
    await addPerson(server.context, { name: role, email, role, password }, [mine.id, theirs.id]);
    tokens.set(role, await userToken(group, email));
  }
});
afterAll(async () => {
  await app.http.close();
  expect(server.faults).toEqual([]);
  await server.close();
});

describe('every answer', () => {
  test('to an address that is not there, in a browser too, is an error in JSON', async () => {
    expect(await refused('/index.html', { headers: { accept: 'text/html' } })).toBe('404 NOT_FOUND');
    expect(await refused('/api/v1/colleges', { method: 'DELETE', headers: { accept: 'text/html' } })).toBe(
      '404 NOT_FOUND',
    );
  });

  test('forbids sniffing, framing, caching and scripts', async () => {
    const { headers } = await ask('/healthz');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('server')).toBeNull();
  });

  test('health and readiness', async () => {
    expect((await ask('/healthz')).body()).toEqual({ status: 'ok' });
    expect((await ask('/readyz')).body()).toMatchObject({ status: 'ok', database: 'embedded' });
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
    expect(await refused('/enrol', { method: 'POST', ...asked })).toBe(expected);
  });

  test('a push up to a mebibyte is read, a larger one is refused', async () => {
    const commands = (size: number) => ({ commands: [{ text: 'x'.repeat(size), signature: 'y' }] });
    expect(await refused('/sync/push', { token: deviceToken, body: commands(1_000_000) })).toBe(
      '401 AUTH_BAD_SIGNATURE',
    );
    expect(await refused('/sync/push', { token: deviceToken, body: commands(1_100_000) })).toBe('413 SYNC_TOO_LARGE');
    const many = { commands: Array.from({ length: 501 }, () => ({ text: '', signature: '' })) };
    expect(await refused('/sync/push', { token: deviceToken, body: many })).toBe('400 INPUT_INVALID');
  });

  test('a desk of another protocol is told to update', async () => {
    for (const headers of [{ [PROTOCOL_HEADER]: '2' }, { [PROTOCOL_HEADER]: '' }]) {
      expect(await refused('/sync/pull', { token: deviceToken, body: {}, headers })).toBe('426 UNSUPPORTED_VERSION');
    }
  });
});

describe('tokens', () => {
  test('nothing, nonsense, a changed token and an old one open nothing', async () => {
    const [body = '', mac = ''] = deviceToken.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const longer = Buffer.from(JSON.stringify({ ...claims, expiresAt: claims.expiresAt + 1 })).toString('base64url');
    for (const token of ['', 'x', `${body}.`, `${longer}.${mac}`, `${deviceToken}.${mac}`]) {
      expect(await refused('/sync/pull', { token, body: {} })).toBe('401 AUTH_REQUIRED');
    }
    const fresh = await tokenOf(desk);
    server.clock.advance(limits.auth.deviceTokenMs - 1);
    expect(await refused('/sync/pull', { token: fresh, body: {} })).toBe('400 INPUT_INVALID');
    server.clock.advance(1);
    expect(await refused('/sync/pull', { token: fresh, body: {} })).toBe('401 AUTH_REQUIRED');
    deviceToken = await tokenOf(desk);
    for (const [role, email] of [
      ['college_accounts_admin', mine.accountant],
      ['principal', mine.principal],
    ] as const) {
      tokens.set(role, await userToken(desk, email));
    }
  });

  test('a device proves its key, once, with its clock', async () => {
    const at = server.clock.now();
    const proof = (change: object = {}) => {
      const asked = { deviceId: desk.deviceId, at, nonce: randomBytes(12).toString('hex'), ...change };
      return { ...asked, signature: desk.signRaw(deviceAuthText(asked)) };
    };
    const good = proof();
    expect((await ask('/auth/device', { body: good })).status).toBe(200);
    expect(await refused('/auth/device', { body: good })).toBe('401 AUTH_BAD_SIGNATURE');
    expect(await refused('/auth/device', { body: { ...proof(), at: at + 1 } })).toBe('401 AUTH_BAD_SIGNATURE');
    expect(await refused('/auth/device', { body: proof({ at: at + limits.sync.clockAheadMaxMs + 1 }) })).toBe(
      '422 SYNC_CLOCK_AHEAD',
    );
    expect(await refused('/auth/device', { body: proof({ at: at - limits.sync.clockAheadMaxMs - 1 }) })).toBe(
      '422 SYNC_CLOCK_BEHIND',
    );
    expect(await refused('/auth/device', { body: proof({ deviceId: mine.id }) })).toBe('401 AUTH_DEVICE_UNKNOWN');
    expect(await refused('/auth/device', { body: proof({ deviceId: server.context.keys.deviceId }) })).toBe(
      '401 AUTH_DEVICE_UNKNOWN',
    );
  });

  test('a wrong person and a wrong password look alike, and both rest after too many tries', async () => {
    for (const email of [mine.principal, 'nobody@mine.example']) {
      const attempt = () =>
        refused('/auth/sign-in', { token: deviceToken, body: { email: email.toUpperCase(), password: 'wrong' } });
      for (let tries = 0; tries < limits.auth.signInTriesMax; tries++)
        expect(await attempt()).toBe('401 AUTH_BAD_CREDENTIALS');
      expect(await attempt()).toBe('429 RATE_LIMITED');
    }
    const right = { token: deviceToken, body: { email: mine.principal, password } };
    const answer = await ask('/auth/sign-in', right);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([
      429,
      String(limits.auth.signInWindowMs / 1000),
    ]);
    server.clock.advance(limits.auth.signInWindowMs);
    deviceToken = await tokenOf(desk);
    expect((await ask('/auth/sign-in', { ...right, token: deviceToken })).status).toBe(200);
  });

  test('a person of another college does not get in on this desk', async () => {
    expect(await refused('/auth/sign-in', { token: deviceToken, body: { email: theirs.accountant, password } })).toBe(
      '403 AUTH_FORBIDDEN',
    );
  });

  test('enrolment from one address is limited, and a wrong code says no more than an old or used one', async () => {
    const { code } = await issueEnrolCode(server.context, [mine.id]);
    const body = {
      code: code.toLowerCase().replaceAll('-', ' '),
      publicKey: publicKeyOf(newPrivateKey()),
      deviceName: 'New',
    };
    const answer = await ask('/enrol', { body });
    expect(answer.body()).toMatchObject({
      colleges: [{ id: mine.id, code: 'MINE' }],
      nextSeq: 1,
      serverName: 'Test server',
    });
    const another = { ...body, publicKey: publicKeyOf(newPrivateKey()) };
    expect(await refused('/enrol', { body: another })).toBe('403 ENROL_CODE_INVALID');
    expect(await refused('/enrol', { body: { ...another, publicKey: 'AAAA' } })).toBe('401 AUTH_BAD_SIGNATURE');
    const old = await issueEnrolCode(server.context, [mine.id]);
    server.clock.advance(limits.auth.enrolCodeMs);
    expect(await refused('/enrol', { body: { ...another, code: old.code } })).toBe('403 ENROL_CODE_INVALID');
    const guess = () => refused('/enrol', { body: { ...another, code: '0000-0000-0000-0000' } });
    const answers = new Set<string>();
    for (let tries = 0; tries <= limits.server.enrolTriesPerAddressMax; tries++) answers.add(await guess());
    expect(answers).toEqual(new Set(['403 ENROL_CODE_INVALID', '429 RATE_LIMITED']));
    await refreshTokens();
  });
});

/** After the clock was moved on. */
async function refreshTokens(): Promise<void> {
  deviceToken = await tokenOf(desk);
  tokens.set('college_accounts_admin', await userToken(desk, mine.accountant));
  tokens.set('principal', await userToken(desk, mine.principal));
  const group = await enrolDesk(server, [mine.id, theirs.id], 'Group');
  for (const role of groupRoles) tokens.set(role, await userToken(group, `${role}@group.example`));
}

const a = 'college_accounts_admin';
const p = 'principal';
const [s, u, i, x] = groupRoles;
/** Who gets an answer; everybody else is refused with AUTH_FORBIDDEN. */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['GET', '/api/v1/colleges', [a, p, s, u, i, x]],
  ['GET', '/api/v1/users', [p, s, u, i, x]],
  ['GET', '/api/v1/config/gl-codes', [a, p, s, u, i, x]],
  ['GET', '/api/v1/config/expense-categories', [a, p, s, u, i, x]],
  ['GET', '/api/v1/budgets/summary', [a, p, s, u]],
  ['GET', '/api/v1/expenses/export', [a, p, s, u]],
  ['GET', '/api/v1/consolidation', [s, u]],
  ['GET', '/admin/devices', [i, x]],
  ['POST', '/admin/enrol-codes', [i, x]],
  ['POST', '/admin/devices/018f0000-0000-7000-8000-000000000001/revoke', [i, x]],
];

describe('roles', () => {
  test.each(table)('%s %s', async (method, path, allowed) => {
    const body = method === 'POST' ? { body: { collegeIds: [mine.id] } } : {};
    expect(await refused(path, { method, ...body })).toBe('401 AUTH_REQUIRED');
    expect(await refused(path, { method, ...body, token: deviceToken })).toBe('401 AUTH_REQUIRED');
    for (const role of [a, p, ...groupRoles]) {
      const { status } = await ask(path, { method, ...body, token: tokens.get(role) ?? '' });
      expect([role, status]).toEqual([
        role,
        allowed.includes(role) ? (path.endsWith('revoke') ? 404 : method === 'POST' ? 201 : 200) : 403,
      ]);
    }
  });

  test('a college that is not his looks like one that does not exist', async () => {
    const token = tokens.get(a) ?? '';
    expect(await refused(`/api/v1/expenses/export?college_id=${theirs.id}`, { token })).toBe('404 NOT_FOUND');
    expect(await refused('/api/v1/expenses/export?college_id=1', { token })).toBe('400 INPUT_INVALID');
    expect(await refused('/api/v1/expenses/export?where=1', { token })).toBe('400 INPUT_INVALID');
    const colleges = (await ask('/api/v1/colleges', { token })).body() as { data: { id: string }[] };
    expect(colleges.data.map(({ id }) => id)).toEqual([mine.id]);
  });

  test('an IT admin gives no code for a college that is not his and takes no desk of others away', async () => {
    await addPerson(server.context, { name: 'Local admin', email: 'it@mine.example', role: 'it_admin', password }, [
      mine.id,
    ]);
    const token = await userToken(desk, 'it@mine.example');
    expect(await refused('/admin/enrol-codes', { token, body: { collegeIds: [mine.id, theirs.id] } })).toBe(
      '404 NOT_FOUND',
    );
    const group = await enrolDesk(server, [mine.id, theirs.id], 'Both');
    expect(await refused(`/admin/devices/${group.deviceId}/revoke`, { method: 'POST', token })).toBe('404 NOT_FOUND');
    const lost = await enrolDesk(server, [mine.id], 'Lost');
    const lostToken = await tokenOf(lost);
    expect((await ask(`/admin/devices/${lost.deviceId}/revoke`, { method: 'POST', token })).status).toBe(200);
    expect(await refused('/sync/pull', { token: lostToken, body: {} })).toBe('403 AUTH_DEVICE_REVOKED');
    const { devices } = (await ask('/admin/devices', { token })).body() as {
      devices: { id: string; revokedAt: number | null }[];
    };
    expect(devices.find(({ id }) => id === lost.deviceId)?.revokedAt).toBe(server.clock.now());
    expect(devices.some(({ id }) => id === server.context.keys.deviceId)).toBe(false);
  });

  test('a new password ends the sessions of before', async () => {
    const person = { name: 'Changing', email: 'changing@mine.example', role: 'auditor' as const, password };
    await addPerson(server.context, person, [mine.id]);
    const token = await userToken(desk, person.email);
    expect((await ask('/api/v1/colleges', { token })).status).toBe(200);
    server.clock.advance(1);
    await addPerson(server.context, person, [mine.id]);
    expect(await refused('/api/v1/colleges', { token })).toBe('401 AUTH_REQUIRED');
  });
});

describe('the reads of the contract, in rupees', () => {
  test('figures are the posted ones to the paisa', async () => {
    const [vendorId, expenseId] = [desk.newId(), desk.newId()];
    const say = (name: string, args: object, actor = mine.accountantId) => desk.command(mine.id, actor, name, args);
    const { results } = await pushed(server, desk, [
      say('vendor.create', { vendorId, fields: vendorFields('Office Mart') }),
      say(
        'budget.set',
        { financialYear: '2026-27', category: 'supplies', allocated: { from: 0n, to: 100_000_00n } },
        mine.principalId,
      ),
      say('expense.create', {
        expenseId,
        fields: billFields(vendorId, { taxablePaise: 400_050n, cgstPaise: 36_004n, sgstPaise: 36_005n }),
      }),
      say('expense.submit', { expenseId, overBudgetReason: null }),
    ]);
    expect(results.map(({ status, code }) => code ?? status)).toEqual(['applied', 'applied', 'applied', 'applied']);
    const token = tokens.get('auditor') ?? '';
    const college = `college_id=${mine.id}`;
    expect((await ask(`/api/v1/budgets/summary?${college}&financial_year=2026-27`, { token })).text).toBe(
      `{"college_id":"${mine.id}","financial_year":"2026-27","budgets":[{"category":"supplies","allocated_amount":100000,"utilized_amount":4720.59,"remaining_amount":95279.41,"utilization_percentage":4.72,"alert_level":"normal"}]}`,
    );
    const exported = await ask(
      `/api/v1/expenses/export?${college}&from_date=2026-11-01&to_date=2026-11-30&status=approved`,
      { token },
    );
    expect(exported.text).toBe(
      `{"data":[{"expense_number":"EXP-2026-27-000001","college_id":"${mine.id}","college_name":"MINE College","category":"supplies","amount":4720.59,"expense_date":"2026-11-10","vendor_name":"Office Mart","gl_code":"5200","status":"approved","approved_by_name":${JSON.stringify(await deciderOf(expenseId))},"approved_at":"${new Date(server.clock.now()).toISOString()}"}],"summary":{"total_expenses":4720.59,"expense_count":1}}`,
    );
    const consolidated = await ask('/api/v1/consolidation?financial_year=2026-27', { token });
    expect(consolidated.text).toContain('"summary":{"income":0,"expenses":4720.59,"net_income":-4720.59}');
    expect(consolidated.text).toContain(
      `"month":"2026-11","category":"supplies","gl_code":"5200","gl_name":"Office Supplies","kind":"expense","debit":4720.59,"credit":0,"line_count":1`,
    );
    const codes = await ask('/api/v1/config/gl-codes', { token });
    expect(codes.text).toContain('"code":"5100","name":"Salaries & Wages","category":"salaries","is_active":true}');
    const categories = await ask('/api/v1/config/expense-categories', { token });
    expect(categories.text).toContain(
      '{"value":"supplies","label":"Office Supplies","requires_approval":false,"receipt_threshold":5000}',
    );
  });

  async function deciderOf(expenseId: string): Promise<unknown> {
    const answer = await ask('/sync/pull', {
      token: deviceToken,
      body: { collegeId: mine.id, cursor: 0, ackedSeq: 0, limitRows: 2_000 },
    });
    return zPullAnswer.parse(answer.body()).rows.find(({ id }) => id === expenseId)?.row?.decidedByName;
  }
});

describe('receipts', () => {
  const pdf = Buffer.from('%PDF-1.4 a bill');
  const nameOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const at = (collegeId: string, bytes: Buffer): string => `/blobs/${collegeId}/${nameOf(bytes)}`;

  test('come back as they were put, for the college only', async () => {
    const put = { method: 'PUT', token: deviceToken, body: pdf };
    expect((await ask(at(mine.id, pdf), put)).status).toBe(201);
    expect((await ask(at(mine.id, pdf), put)).status).toBe(201);
    const got = await ask(at(mine.id, pdf), { token: deviceToken });
    expect([got.status, got.text, got.headers.get('content-disposition')]).toEqual([200, pdf.toString(), 'attachment']);
    const others = await enrolDesk(server, [theirs.id], 'Theirs');
    const token = await tokenOf(others);
    expect(await refused(at(mine.id, pdf), { token })).toBe('404 NOT_FOUND');
    expect(await refused(at(theirs.id, pdf), { token })).toBe('404 NOT_FOUND');
    expect(await refused(at(theirs.id, pdf), put)).toBe('404 NOT_FOUND');
  });

  test('another content, another kind, another name and a file too large are refused', async () => {
    const put = (path: string, body: Buffer, token = deviceToken) => refused(path, { method: 'PUT', token, body });
    expect(await put(at(mine.id, pdf), Buffer.from('%PDF-1.4 another'))).toBe('400 INPUT_INVALID');
    const html = Buffer.from('<script>alert(1)</script>');
    expect(await put(at(mine.id, html), html)).toBe('415 RECEIPT_TYPE');
    expect(await put(`/blobs/${mine.id}/..%2f..%2fserver-keys.json`, pdf)).toBe('400 INPUT_INVALID');
    const large = Buffer.concat([pdf, Buffer.alloc(limits.file.receiptBytesMax)]);
    expect(await put(at(mine.id, large), large)).toBe('413 RECEIPT_TOO_LARGE');
    expect(await put(at(mine.id, pdf), pdf, '')).toBe('401 AUTH_REQUIRED');
  });
});

describe('the socket', () => {
  const dial = (): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/socket`);
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  const closed = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  const hello = (token: string): string => canonicalText({ kind: 'hello', token });
  const admitted = async (count: number): Promise<void> => {
    while (app.sockets.size !== count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('pokes the desks of the college that moved and no others', async () => {
    const others = await enrolDesk(server, [theirs.id], 'Theirs');
    const [here, there] = [await dial(), await dial()];
    const heard: string[] = [];
    here.on('message', (data) => heard.push(`here ${String(data)}`));
    there.on('message', (data) => heard.push(`there ${String(data)}`));
    here.send(hello(deviceToken));
    there.send(hello(await tokenOf(others)));
    await admitted(2);
    const poked = new Promise((resolve) => here.once('message', resolve));
    await pushed(server, desk, [
      desk.command(mine.id, mine.accountantId, 'vendor.create', {
        vendorId: desk.newId(),
        fields: vendorFields('Poke'),
      }),
    ]);
    await poked;
    const body = { collegeId: mine.id, cursor: 0, ackedSeq: 0, limitRows: 2_000 };
    const { cursor } = zPullAnswer.parse((await ask('/sync/pull', { token: deviceToken, body })).body());
    expect(heard).toEqual([`here ${canonicalText({ kind: 'poke', collegeId: mine.id, version: cursor })}`]);
    here.close();
    there.close();
    await admitted(0);
  });

  test('without a good token in time, or with a message too large, it is closed', async () => {
    const answers: number[] = [];
    for (const text of ['', 'x', hello('nonsense'), canonicalText({ kind: 'poke', collegeId: mine.id, version: 1 })]) {
      const socket = await dial();
      socket.send(text);
      answers.push(await closed(socket));
    }
    expect(answers).toEqual([4401, 4401, 4401, 4401]);
    const silent = await dial();
    await new Promise((resolve) => setTimeout(resolve, 20));
    server.clock.advance(limits.server.helloMs);
    expect(await closed(silent)).toBe(4401);
    const loud = await dial();
    loud.send('x'.repeat(limits.server.socketMessageBytesMax + 1));
    expect(await closed(loud)).toBe(1009);
  });

  test('of a desk that is taken out of use is closed at once', async () => {
    await refreshTokens();
    const lost = await enrolDesk(server, [mine.id], 'Lost');
    const socket = await dial();
    socket.send(hello(await tokenOf(lost)));
    await admitted(1);
    const end = closed(socket);
    await ask(`/admin/devices/${lost.deviceId}/revoke`, { method: 'POST', token: tokens.get('it_admin') ?? '' });
    expect(await end).toBe(4403);
  });

  test('elsewhere there is none', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/other`);
    const problem = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(problem.message).toContain('404');
  });
});

test('a request that is no HTTP is turned away without words about the inside', async () => {
  const { port, hostname } = new URL(url);
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
