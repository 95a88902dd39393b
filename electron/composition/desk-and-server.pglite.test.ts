import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { billFields } from '../../shared/testing/entries.ts';
import { enterVendor, joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

const { folder, remove } = testFolder();
let server: TestServer;
let accountant: TestDesk;
let principal: TestDesk;
let collegeId: Id;

const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
const today = istDate(Date.now());

async function enterExpense(desk: TestDesk, vendorId: Id, billNo: string, taxablePaise: bigint): Promise<Id> {
  const expenseId = newId();
  const { categories } = await desk.call('masters.get', { collegeId });
  const category = categories.find(({ code }) => code === 'supplies');
  if (category === undefined) throw new Error('no such category');
  await desk.call('commands.run', {
    collegeId,
    name: 'expense.create',
    args: {
      expenseId,
      fields: billFields(vendorId, today, {
        category: category.code,
        accountCode: category.defaultAccountCode,
        billNo,
        description: 'Chalk and registers',
        taxablePaise,
      }),
    },
  });
  return expenseId;
}

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC', 'PUN']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'principal', 'NHC');
  [accountant, principal] = await Promise.all([
    openTestDesk(path.join(folder, 'accountant')),
    openTestDesk(path.join(folder, 'principal')),
  ]);
});

afterAll(async () => {
  await Promise.all([accountant?.close(), principal?.close()]);
  await server?.stop();
  remove();
});

describe('a desk and its server', () => {
  it('starts unenrolled, enrols, and shows the college after the first pull', async () => {
    expect(await accountant.call('session.get', {})).toMatchObject({ phase: 'unenrolled', colleges: [] });
    await joinDesk(accountant, server, 'asha.kulkarni@example.in', 'NHC');
    const session = await accountant.call('session.get', {});
    expect(session).toMatchObject({
      phase: 'signed_in',
      person: { name: 'Asha Kulkarni', role: 'college_accounts_admin' },
      colleges: [{ code: 'NHC' }],
      knownPeople: [{ email: 'asha.kulkarni@example.in' }],
      demonstration: false,
    });
    collegeId = session.colleges[0]?.id ?? '';
    expect(await accountant.call('sync.status', {})).toMatchObject({ state: 'synced', pending: 0, error: null });
  });

  it('brings what one desk entered to the other, and forgets the confirmed entries', async () => {
    await joinDesk(principal, server, 'ravi.deshmukh@example.in', 'NHC');
    const vendorId = await enterVendor(accountant, collegeId, 'Saraswati Stationers');
    const expenseId = await enterExpense(accountant, vendorId, 'SS-1', 123_456_700n);
    await accountant.call('sync.now', {});
    expect(await accountant.call('sync.status', {})).toMatchObject({ state: 'synced', pending: 0, attention: 0 });
    await principal.call('sync.now', {});
    const there = await principal.call('expenses.get', { id: expenseId });
    expect(there).toMatchObject({ status: 'draft', totalPaise: 123_456_700n, pending: false });
    const here = await accountant.call('expenses.get', { id: expenseId });
    expect({ ...here, actions: null, timeline: null }).toEqual({ ...there, actions: null, timeline: null });
    expect(await accountant.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
    const year = { collegeId, from: '2026-04-01', to: '2027-03-31', language: 'hi' } as const;
    const numbers = await principal.call('reports.get', { ...year, report: 'number_gaps' });
    expect(numbers).toMatchObject({ title: 'वाउचर और व्यय के क्रमांक' });
    expect(await principal.call('reports.get', { ...year, report: 'trial_balance' })).toMatchObject({
      rows: [{ kind: 'total', cells: { debit: 0n, credit: 0n } }],
    });
  });

  it('moves a waiting entry onto rows that came meanwhile, and shows a refused one', async () => {
    await Promise.all([accountant, principal].map((desk) => desk.call('sync.pause', { paused: true })));
    const vendorId = await enterVendor(accountant, collegeId, 'Vidarbha Paper');
    const expenseId = await enterExpense(accountant, vendorId, 'VP-9', 7_500_000n);
    await accountant.call('sync.pause', { paused: false });
    await accountant.call('sync.now', {});
    await principal.call('sync.pause', { paused: false });
    await principal.call('sync.now', {});
    // Both set the same budget while they are apart.
    const { financialYear } = await principal.call('session.get', {});
    await Promise.all([accountant, principal].map((desk) => desk.call('sync.pause', { paused: true })));
    await expect(
      accountant.call('commands.run', {
        collegeId,
        name: 'budget.set',
        args: { financialYear, category: 'supplies', allocated: { from: 0n, to: 100n } },
      }),
    ).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    const edit = (desk: TestDesk, description: string) =>
      desk.call('commands.run', {
        collegeId,
        name: 'expense.edit',
        args: { expenseId, edits: { description: { from: 'Chalk and registers', to: description } } },
      });
    await edit(accountant, 'Chalk');
    await server.addPerson('Meera Joshi', 'college_accounts_admin', 'NHC');
    await principal.call('session.signOut', {});
    await principal.call('sync.pause', { paused: false });
    await principal.call('session.signIn', { email: 'meera.joshi@example.in', password: server.password });
    await principal.call('sync.now', {});
    await edit(principal, 'Registers');
    await principal.call('sync.now', {});
    await accountant.call('sync.pause', { paused: false });
    await accountant.call('sync.now', {});
    expect(await accountant.call('sync.status', {})).toMatchObject({ state: 'synced', pending: 0, attention: 1 });
    expect(await accountant.call('expenses.get', { id: expenseId })).toMatchObject({
      fields: { description: 'Registers' },
      pending: false,
    });
    const { rows } = await accountant.call('attention.list', {});
    expect(rows).toMatchObject([
      {
        name: 'expense.edit',
        code: 'COMMAND_CONFLICT',
        documentId: expenseId,
        typed: [{ field: 'description', kind: 'text', mine: 'Chalk', theirs: 'Registers' }],
        ways: ['keep_mine', 'take_theirs', 'edit'],
      },
    ]);
    const seq = rows[0]?.seq ?? 0;
    const { commandId } = await accountant.call('attention.settle', { seq, way: 'keep_mine' });
    expect(commandId).not.toBeNull();
    await accountant.call('sync.now', {});
    expect(await accountant.call('attention.list', {})).toEqual({ rows: [] });
    await principal.call('sync.now', {});
    expect(await principal.call('expenses.get', { id: expenseId })).toMatchObject({ fields: { description: 'Chalk' } });
  });

  it('signs in offline with the password the server confirmed, and with no other', async () => {
    await accountant.call('session.signOut', {});
    await accountant.call('sync.pause', { paused: true });
    const email = 'asha.kulkarni@example.in';
    await expect(accountant.call('session.signIn', { email, password: 'not this one at all' })).rejects.toMatchObject({
      code: 'AUTH_BAD_CREDENTIALS',
    });
    await expect(
      accountant.call('session.signIn', { email: 'ravi.deshmukh@example.in', password: server.password }),
    ).rejects.toMatchObject({ code: 'AUTH_OFFLINE_UNKNOWN' });
    const session = await accountant.call('session.signIn', { email, password: server.password });
    expect(session.phase).toBe('signed_in');
    await accountant.call('sync.pause', { paused: false });
  });

  it('keeps the waiting entries over a new enrolment', async () => {
    await accountant.call('sync.pause', { paused: true });
    const vendorId = await enterVendor(accountant, collegeId, 'Godavari Books');
    const expenseId = await enterExpense(accountant, vendorId, 'GB-3', 990_000n);
    const before = await accountant.call('session.get', {});
    const { rows: waiting } = await accountant.call('sync.pendingList', {});
    expect(waiting.map(({ name }) => name)).toEqual(['vendor.create', 'expense.create']);
    await accountant.call('session.enrol', {
      serverUrl: server.url,
      code: await server.enrolCode('NHC'),
      deviceName: 'The same desk, new key',
    });
    await accountant.call('sync.pause', { paused: false });
    await accountant.call('sync.now', {});
    // The new desk has not yet seen the person while connected: nothing is sent in her name.
    expect(await accountant.call('sync.status', {})).toMatchObject({
      state: 'refused',
      pending: 2,
      error: { code: 'AUTH_ACTOR_NOT_ON_DEVICE' },
    });
    await accountant.call('session.signIn', { email: 'asha.kulkarni@example.in', password: server.password });
    await accountant.call('sync.now', {});
    expect(await accountant.call('sync.status', {})).toMatchObject({ state: 'synced', pending: 0, attention: 0 });
    expect((await accountant.call('session.get', {})).device?.id).not.toBe(before.device?.id);
    await principal.call('sync.now', {});
    expect(await principal.call('expenses.get', { id: expenseId })).toMatchObject({ totalPaise: 990_000n });
    expect(await server.ask('verify', {})).toMatchObject({ sound: true });
  });
});
