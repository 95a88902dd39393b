import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { billFields, vendorFields } from '../../shared/testing/entries.ts';
import { joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

/** Two desks of one college that were apart: what fits together comes together, what does not is put before a person. */
const { folder, remove } = testFolder();
let server: TestServer;
let here: TestDesk;
let there: TestDesk;
let collegeId: Id;
let vendorId: Id;
let serial = 0;

const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
type Order = Input<'commands.run'>;
const run = (desk: TestDesk, name: Order['name'], args: object) =>
  desk.call('commands.run', { collegeId, name, args } as Order);
const signIn = (desk: TestDesk, email: string) =>
  desk.call('session.signIn', { email: `${email}@example.in`, password: server.password });

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Meera Joshi', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'principal', 'NHC');
  await server.addPerson('Lata Bhide', 'principal', 'NHC');
  [here, there] = await Promise.all([
    openTestDesk(path.join(folder, 'here')),
    openTestDesk(path.join(folder, 'there')),
  ]);
  for (const [desk, principal, accountant] of [
    [here, 'ravi.deshmukh', 'asha.kulkarni'],
    [there, 'lata.bhide', 'meera.joshi'],
  ] as const) {
    await joinDesk(desk, server, `${principal}@example.in`, 'NHC');
    await signIn(desk, accountant);
  }
  collegeId = (await here.call('session.get', {})).colleges[0]?.id ?? '';
  vendorId = newId();
  await run(here, 'vendor.create', { vendorId, fields: vendorFields('Saraswati Stationers') });
});
afterAll(async () => {
  await Promise.all([here?.close(), there?.close()]);
  await server?.stop();
  remove();
});

const online = async (...desks: readonly TestDesk[]): Promise<void> => {
  for (const desk of desks) {
    await desk.call('sync.pause', { paused: false });
    await desk.call('sync.now', {});
  }
};
const apart = () => Promise.all([here, there].map((desk) => desk.call('sync.pause', { paused: true })));
const edit = (desk: TestDesk, expenseId: Id, field: string, from: string | null, to: string) =>
  run(desk, 'expense.edit', { expenseId, edits: { [field]: { from, to } } });
const attention = async (desk: TestDesk) => (await desk.call('attention.list', {})).rows;

/** A bill that both desks have. */
async function shared(): Promise<Id> {
  const expenseId = newId();
  serial += 1;
  const fields = billFields(vendorId, istDate(Date.now()), { billNo: `S-${serial}`, description: 'Chalk' });
  await run(here, 'expense.create', { expenseId, fields });
  await online(here, there);
  return expenseId;
}

test('edits of different fields come together without asking anybody', async () => {
  const expenseId = await shared();
  await apart();
  await edit(here, expenseId, 'description', 'Chalk', 'Chalk and dusters');
  await edit(there, expenseId, 'department', null, 'Physics');
  await online(here, there, here);
  for (const desk of [here, there]) {
    expect(await desk.call('expenses.get', { id: expenseId })).toMatchObject({
      fields: { description: 'Chalk and dusters', department: 'Physics' },
      pending: false,
    });
    expect(await attention(desk)).toEqual([]);
  }
});

test('a conflict shows both values and holds back what was built on it; mine is kept, and the rest sent again', async () => {
  const expenseId = await shared();
  await apart();
  await edit(here, expenseId, 'description', 'Chalk', 'Mine');
  await run(here, 'expense.submit', { expenseId, overBudgetReason: 'The term begins' });
  await edit(there, expenseId, 'description', 'Chalk', 'Theirs');
  await online(there, here);
  const [conflict, depending, ...more] = await attention(here);
  expect(more).toEqual([]);
  expect(conflict).toMatchObject({
    code: 'COMMAND_CONFLICT',
    typed: [{ field: 'description', mine: 'Mine', theirs: 'Theirs' }],
    ways: ['keep_mine', 'take_theirs', 'edit'],
  });
  expect(depending).toMatchObject({
    name: 'expense.submit',
    code: 'COMMAND_DEPENDS',
    ways: ['resubmit', 'take_theirs'],
  });
  expect(await here.call('expenses.get', { id: expenseId })).toMatchObject({ fields: { description: 'Theirs' } });
  // One after the other without a word of the server between them: the second knows what the first came after.
  await here.call('attention.settle', { seq: conflict?.seq ?? 0, way: 'keep_mine' });
  await here.call('attention.settle', { seq: depending?.seq ?? 0, way: 'resubmit' });
  await online(here, there);
  for (const desk of [here, there]) {
    expect(await desk.call('expenses.get', { id: expenseId })).toMatchObject({
      status: 'submitted',
      fields: { description: 'Mine' },
      pending: false,
    });
    expect(await attention(desk)).toEqual([]);
  }
});

test('theirs is taken, or what was typed is put right and sent again', async () => {
  const expenseId = await shared();
  for (const way of ['take_theirs', 'edit'] as const) {
    const before = (await here.call('expenses.get', { id: expenseId })).fields.description;
    await apart();
    await edit(here, expenseId, 'description', before, `Mine ${way}`);
    await edit(there, expenseId, 'description', before, `Theirs ${way}`);
    await online(there, here);
    const [row] = await attention(here);
    expect(row).toMatchObject({ code: 'COMMAND_CONFLICT' });
    expect(await here.call('attention.settle', { seq: row?.seq ?? 0, way })).toEqual({ commandId: null });
    expect(await attention(here)).toEqual([]);
    if (way === 'edit') await edit(here, expenseId, 'description', `Theirs ${way}`, 'Put right');
    await online(here, there);
    const expected = way === 'edit' ? 'Put right' : 'Theirs take_theirs';
    for (const desk of [here, there]) {
      expect(await desk.call('expenses.get', { id: expenseId })).toMatchObject({ fields: { description: expected } });
    }
  }
});

test('who decides second is told who decided, what and when', async () => {
  const expenseId = await shared();
  await run(here, 'expense.submit', { expenseId, overBudgetReason: 'The term begins' });
  await online(here, there);
  await signIn(here, 'ravi.deshmukh');
  await signIn(there, 'lata.bhide');
  const { revision } = await there.call('expenses.get', { id: expenseId });
  await apart();
  const approval = { expenseId, revision, comment: null, overBudgetReason: 'Agreed' };
  await run(here, 'expense.approve', approval);
  await run(there, 'expense.reject', { expenseId, revision, reason: 'Not now' });
  expect(await there.call('expenses.get', { id: expenseId })).toMatchObject({ status: 'rejected', pending: true });
  await online(here, there);
  expect(await attention(there)).toMatchObject([
    {
      name: 'expense.reject',
      code: 'APPROVAL_DECIDED',
      details: { name: 'Ravi Deshmukh', decision: 'approved' },
      ways: ['take_theirs'],
    },
  ]);
  expect(String((await attention(there))[0]?.details.at)).toMatch(/\d{4} \d{2}:\d{2}/);
  expect(await there.call('expenses.get', { id: expenseId })).toMatchObject({ status: 'approved', pending: false });
});

test('a payment is with the desk that the server heard first; the other is told, and can pay once it was taken away', async () => {
  await signIn(here, 'asha.kulkarni');
  const expenseId = await shared();
  await run(here, 'expense.submit', { expenseId, overBudgetReason: 'The term begins' });
  await online(here, there);
  const approve = async () => {
    const { revision } = await there.call('expenses.get', { id: expenseId });
    await run(there, 'expense.approve', { expenseId, revision, comment: null, overBudgetReason: 'Agreed' });
  };
  const about = async (desk: TestDesk) => (await attention(desk)).filter((row) => row.documentId === expenseId);
  const page = (desk: TestDesk) => desk.call('expenses.get', { id: expenseId });
  await signIn(there, 'lata.bhide');
  await approve();
  await signIn(there, 'meera.joshi');
  await online(there, here);
  await apart();
  for (const desk of [here, there]) {
    await run(desk, 'payment.take', { expenseId });
    const shown = await page(desk);
    expect(shown).toMatchObject({ status: 'paying', payment: { isHere: true, isConfirmed: false } });
    expect(shown.actions).not.toContain('pay');
  }
  await online(there, here);
  expect((await page(there)).actions).toContain('pay');
  expect(await page(here)).toMatchObject({ payment: { holderName: 'Meera Joshi', isHere: false } });
  expect((await page(here)).actions).not.toContain('pay');
  const [refused] = await about(here);
  expect(refused).toMatchObject({ name: 'payment.take', code: 'EXPENSE_WRONG_STATE' });
  await here.call('attention.settle', { seq: refused?.seq ?? 0, way: 'take_theirs' });

  // The other desk records its payment offline, after the payment was taken from it.
  await apart();
  const payment = { expenseId, paidOn: istDate(Date.now()), reference: 'UTR 7', accountCode: '1200' };
  await run(there, 'expense.pay', payment);
  await signIn(here, 'ravi.deshmukh');
  await run(here, 'payment.takeAway', { expenseId, fence: 1, reason: 'The desk is gone' });
  await signIn(here, 'asha.kulkarni');
  await run(here, 'payment.take', { expenseId });
  await online(here, there);
  expect(await about(there)).toMatchObject([{ name: 'expense.pay', code: 'PAYMENT_HELD_ELSEWHERE' }]);
  expect(await page(here)).toMatchObject({ payment: { fence: 2, isHere: true, isConfirmed: true } });
  await run(here, 'expense.pay', payment);
  await online(here, there);
  for (const desk of [here, there]) expect(await page(desk)).toMatchObject({ status: 'paid', payment: null });
});

test('a line of the bank that two desks matched, and a rule that both worded, are told with what was done and the ways on', async () => {
  await signIn(here, 'asha.kulkarni');
  await signIn(there, 'meera.joshi');
  const bankAccountId = newId();
  const named = { name: 'Current account', bankName: 'ICICI Bank', accountNumber: '002105001200', ifsc: 'ICIC0000021' };
  const fields = { ...named, accountCode: '1200', connector: null, fileFormat: null };
  await run(here, 'bankAccount.create', { bankAccountId, fields });
  const day = istDate(Date.now());
  const [year, month, date] = day.split('-');
  const csv = Buffer.from(
    [
      'Account Number,002105001200',
      'Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance',
      `${date}/${month}/${year},CHQ RETURNED,,7.00,,93.00`,
      `${date}/${month}/${year},CHQ DEPOSITED,,,7.00,100.00`,
    ].join('\n'),
  );
  const upload = { fileName: 'day.csv', sizeBytes: csv.length, purpose: 'import' } as const;
  const { fileId } = await here.call('files.begin', upload);
  await here.call('files.write', { fileId, offset: 0, bytes: csv.toString('base64') });
  const { id } = await here.call('statements.import', { collegeId, bankAccountId, fileId });
  await expect.poll(() => here.call('jobs.get', { id })).toMatchObject({ state: 'done', result: { added: 2 } });
  const rule = { bankAccountId: null, words: 'sms charges', direction: 'out', accountCode: '5200', narration: '' };
  const ruleId = newId();
  await run(here, 'bankRule.set', { ruleId, revision: 0, fields: { ...rule, isActive: true } });
  await online(here, there);
  expect((await there.call('bankRules.list', { collegeId })).rows).toMatchObject([{ words: 'sms charges' }]);

  const question = { collegeId, bankAccountId, to: day, text: '', offset: 0, limit: 10 };
  await apart();
  for (const desk of [there, here]) {
    const lineIds = (await desk.call('reconciliation.lines', question)).rows.map(({ id }) => id);
    const match = { matchId: newId(), lineIds, entryIds: [], pass: 'manual', because: '' };
    await run(desk, 'reconciliation.match', { bankAccountId, matches: [match] });
    const words = desk === here ? 'sms alert charges' : 'charges sms';
    await run(desk, 'bankRule.set', { ruleId, revision: 1, fields: { ...rule, words, isActive: true } });
  }
  await online(there, here);
  const rows = (await attention(here)).filter(({ name }) => /^reconciliation|^bankRule/.test(name));
  const about = (name: string) => rows.find((row) => row.name === name);
  expect(about('reconciliation.match')).toMatchObject({
    ...{ code: 'MATCH_TAKEN', details: { date: day }, ways: ['take_theirs'] },
    typed: [
      { field: 'bankAccountId', mine: bankAccountId },
      { field: 'bankLines', mine: '2' },
      { field: 'bookEntries', mine: '0' },
    ],
  });
  const reworded = about('bankRule.set');
  expect(reworded).toMatchObject({ code: 'COMMAND_CONFLICT', ways: ['keep_mine', 'take_theirs'] });
  expect(reworded?.typed).toContainEqual({
    ...{ field: 'words', kind: 'text', mine: 'sms alert charges', theirs: 'charges sms' },
  });
  await here.call('attention.settle', { seq: about('reconciliation.match')?.seq ?? 0, way: 'take_theirs' });
  await here.call('attention.settle', { seq: reworded?.seq ?? 0, way: 'keep_mine' });
  await online(here, there);
  for (const desk of [here, there]) {
    expect((await desk.call('bankRules.list', { collegeId })).rows).toMatchObject([{ words: 'sms alert charges' }]);
    expect((await attention(desk)).filter(({ name }) => /^reconciliation|^bankRule/.test(name))).toEqual([]);
  }
});
