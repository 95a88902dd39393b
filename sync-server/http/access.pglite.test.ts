import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { minReader, zPullAnswer } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { addPerson } from '../services/set-up-college.ts';
import { groupRoles, type HttpWorld, openHttpWorld } from '../testing/http-world.ts';
import {
  billFields,
  enrolDesk,
  password,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from '../testing/test-server.ts';
import { pushed } from '../testing/world.ts';

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
    expect(await world.refused(path, { method, ...body })).toBe('401 AUTH_REQUIRED');
    expect(await world.refused(path, { method, ...body, token: world.deviceToken })).toBe('401 AUTH_REQUIRED');
    for (const role of [a, p, ...groupRoles]) {
      const { status } = await world.ask(path, { method, ...body, token: world.tokens.get(role) ?? '' });
      expect([role, status]).toEqual([
        role,
        allowed.includes(role) ? (path.endsWith('revoke') ? 404 : method === 'POST' ? 201 : 200) : 403,
      ]);
    }
  });

  test('a college that is not his looks like one that does not exist', async () => {
    const token = world.tokens.get(a) ?? '';
    expect(await world.refused(`/api/v1/expenses/export?college_id=${theirs.id}`, { token })).toBe('404 NOT_FOUND');
    expect(await world.refused('/api/v1/expenses/export?college_id=1', { token })).toBe('400 INPUT_INVALID');
    expect(await world.refused('/api/v1/expenses/export?where=1', { token })).toBe('400 INPUT_INVALID');
    const colleges = (await world.ask('/api/v1/colleges', { token })).body() as { data: { id: string }[] };
    expect(colleges.data.map(({ id }) => id)).toEqual([mine.id]);
  });

  test('an IT admin gives no code for a college that is not his and takes no desk of others away', async () => {
    await addPerson(server.context, { name: 'Local admin', email: 'it@mine.example', role: 'it_admin', password }, [
      mine.id,
    ]);
    const token = await world.userToken(desk, 'it@mine.example');
    expect(await world.refused('/admin/enrol-codes', { token, body: { collegeIds: [mine.id, theirs.id] } })).toBe(
      '404 NOT_FOUND',
    );
    const group = await enrolDesk(server, [mine.id, theirs.id], 'Both');
    expect(await world.refused(`/admin/devices/${group.deviceId}/revoke`, { method: 'POST', token })).toBe(
      '404 NOT_FOUND',
    );
    const lost = await enrolDesk(server, [mine.id], 'Lost');
    const lostToken = await world.tokenOf(lost);
    expect((await world.ask(`/admin/devices/${lost.deviceId}/revoke`, { method: 'POST', token })).status).toBe(200);
    expect(await world.refused('/sync/pull', { token: lostToken, body: {} })).toBe('403 AUTH_DEVICE_REVOKED');
    const { devices } = (await world.ask('/admin/devices', { token })).body() as {
      devices: { id: string; revokedAt: number | null }[];
    };
    expect(devices.find(({ id }) => id === lost.deviceId)?.revokedAt).toBe(server.clock.now());
    expect(devices.some(({ id }) => id === server.context.keys.deviceId)).toBe(false);
  });

  test('a new password ends the sessions of before', async () => {
    const person = { name: 'Changing', email: 'changing@mine.example', role: 'auditor' as const, password };
    await addPerson(server.context, person, [mine.id]);
    const token = await world.userToken(desk, person.email);
    expect((await world.ask('/api/v1/colleges', { token })).status).toBe(200);
    server.clock.advance(1);
    await addPerson(server.context, person, [mine.id]);
    expect(await world.refused('/api/v1/colleges', { token })).toBe('401 AUTH_REQUIRED');
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
    const token = world.tokens.get('auditor') ?? '';
    const college = `college_id=${mine.id}`;
    expect((await world.ask(`/api/v1/budgets/summary?${college}&financial_year=2026-27`, { token })).text).toBe(
      `{"college_id":"${mine.id}","financial_year":"2026-27","budgets":[{"category":"supplies","allocated_amount":100000,"utilized_amount":4720.59,"remaining_amount":95279.41,"utilization_percentage":4.72,"alert_level":"normal"}]}`,
    );
    const exported = await world.ask(
      `/api/v1/expenses/export?${college}&from_date=2026-11-01&to_date=2026-11-30&status=approved`,
      { token },
    );
    expect(exported.text).toBe(
      `{"data":[{"expense_number":"EXP-2026-27-000001","college_id":"${mine.id}","college_name":"MINE College","category":"supplies","amount":4720.59,"expense_date":"2026-11-10","vendor_name":"Office Mart","gl_code":"5200","status":"approved","approved_by_name":${JSON.stringify(await deciderOf(expenseId))},"approved_at":"${new Date(server.clock.now()).toISOString()}"}],"summary":{"total_expenses":4720.59,"expense_count":1}}`,
    );
    const consolidated = await world.ask('/api/v1/consolidation?financial_year=2026-27', { token });
    expect(consolidated.text).toContain('"summary":{"income":0,"expenses":4720.59,"net_income":-4720.59}');
    expect(consolidated.text).toContain(
      `"month":"2026-11","category":"supplies","gl_code":"5200","gl_name":"Office Supplies","kind":"expense","debit":4720.59,"credit":0,"line_count":1`,
    );
    const codes = await world.ask('/api/v1/config/gl-codes', { token });
    expect(codes.text).toContain('"code":"5100","name":"Salaries & Wages","category":"salaries","is_active":true}');
    const categories = await world.ask('/api/v1/config/expense-categories', { token });
    expect(categories.text).toContain(
      '{"value":"supplies","label":"Office Supplies","requires_approval":false,"receipt_threshold":5000}',
    );
  });

  async function deciderOf(expenseId: string): Promise<unknown> {
    const answer = await world.ask('/sync/pull', {
      token: world.deviceToken,
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
    const put = { method: 'PUT', token: world.deviceToken, body: pdf };
    expect((await world.ask(at(mine.id, pdf), put)).status).toBe(201);
    expect((await world.ask(at(mine.id, pdf), put)).status).toBe(201);
    const got = await world.ask(at(mine.id, pdf), { token: world.deviceToken });
    expect([got.status, got.text, got.headers.get('content-disposition')]).toEqual([200, pdf.toString(), 'attachment']);
    const others = await enrolDesk(server, [theirs.id], 'Theirs');
    const token = await world.tokenOf(others);
    expect(await world.refused(at(mine.id, pdf), { token })).toBe('404 NOT_FOUND');
    expect(await world.refused(at(theirs.id, pdf), { token })).toBe('404 NOT_FOUND');
    expect(await world.refused(at(theirs.id, pdf), put)).toBe('404 NOT_FOUND');
  });

  test('which of them are missing is told for the college only', async () => {
    const [here, gone] = [nameOf(pdf), 'a'.repeat(64)];
    await world.ask(at(mine.id, pdf), { method: 'PUT', token: world.deviceToken, body: pdf });
    const ask = (collegeId: string, sha256s: Plain) => ({
      path: `/blobs/${collegeId}/missing`,
      call: { token: world.deviceToken, body: { sha256s } },
    });
    const own = ask(mine.id, [gone, here]);
    expect((await world.ask(own.path, own.call)).body()).toEqual({ missing: [gone] });
    const foreign = ask(theirs.id, [here]);
    expect(await world.refused(foreign.path, foreign.call)).toBe('404 NOT_FOUND');
    for (const wrong of [[], ['../x'], Array(limits.sync.blobsAskedMax + 1).fill(here), here]) {
      const { path, call } = ask(mine.id, wrong);
      expect(await world.refused(path, call)).toBe('400 INPUT_INVALID');
    }
    expect(await world.refused(own.path, { ...own.call, token: '' })).toBe('401 AUTH_REQUIRED');
  });

  test('another content, another kind, another name and a file too large are refused', async () => {
    const put = (path: string, body: Buffer, token = world.deviceToken) =>
      world.refused(path, { method: 'PUT', token, body });
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
      const socket = new WebSocket(`${world.url.replace('http', 'ws')}/sync/socket`);
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  const closed = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  const admitted = async (count: number): Promise<void> => {
    while (world.app.sockets.size !== count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('pokes the desks of the college that moved and no others', async () => {
    const others = await enrolDesk(server, [theirs.id], 'Theirs');
    const [here, there] = [await dial(), await dial()];
    const heard: string[] = [];
    here.on('message', (data) => heard.push(`here ${String(data)}`));
    there.on('message', (data) => heard.push(`there ${String(data)}`));
    here.send(await world.hello(desk));
    there.send(await world.hello(others));
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
    const { cursor } = zPullAnswer.parse((await world.ask('/sync/pull', { token: world.deviceToken, body })).body());
    expect(heard).toEqual([
      `here ${canonicalText({ kind: 'poke', collegeId: mine.id, minReader: minReader.poke, version: cursor })}`,
    ]);
    here.close();
    there.close();
    await admitted(0);
  });

  test('without a good token in time, or with a message too large, it is closed', async () => {
    const answers: number[] = [];
    for (const text of [
      '',
      'x',
      canonicalText({ kind: 'hello', token: 'nonsense', signature: '' }),
      canonicalText({ kind: 'poke', collegeId: mine.id, version: 1 }),
    ]) {
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
    await world.refreshTokens();
    const lost = await enrolDesk(server, [mine.id], 'Lost');
    const socket = await dial();
    socket.send(await world.hello(lost));
    await admitted(1);
    const end = closed(socket);
    await world.ask(`/admin/devices/${lost.deviceId}/revoke`, {
      method: 'POST',
      token: world.tokens.get('it_admin') ?? '',
    });
    expect(await end).toBe(4403);
  });

  test('elsewhere there is none', async () => {
    const socket = new WebSocket(`${world.url.replace('http', 'ws')}/other`);
    const problem = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(problem.message).toContain('404');
  });
});
