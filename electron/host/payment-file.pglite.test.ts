import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runQuery } from '../../shared/db/queries/run-query.ts';
import type { PaymentOrder } from '../../shared/domain/bank-rows.ts';
import { bulkPresets } from '../../shared/domain/bulk-file/presets.ts';
import { wireReference } from '../../shared/domain/payment-order/reference.ts';
import { fileFormatText } from '../../shared/ipc/contract/bulk-layout.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { expectOk } from '../../shared/testing/college-world.ts';
import { PaymentWorld } from '../../shared/testing/payment-world.ts';
import { FileService } from '../services/files.ts';
import { refusal } from './file-desk.fixture.ts';
import { paymentFileHandlers } from './payment-file.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

let folder: string;
let made: PaymentWorld;
let orders: readonly PaymentOrder[];
let desk: TestDesk;
let files: FileService;
let handlers: ReturnType<typeof paymentFileHandlers>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'munim-bank-file-'));
  made = await PaymentWorld.create(7);
  await layout('icici_cib');
  orders = await made.released(3);
  desk = await openTestDesk(folder, made.world);
  const { clock, random } = desk.context;
  files = new FileService({ temp: desk.tools.temp, clock, random });
  handlers = handlersOf(RUNNING);
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The desk whose commands the test desk signs. */
const RUNNING: Id = '018f0000-0000-7000-8000-0000000000dd';
const handlersOf = (id: Id) =>
  paymentFileHandlers({ ...desk.context, device: () => ({ id, name: 'PC', serverUrl: '', serverName: '' }) }, files);

async function layout(fileFormat: string): Promise<void> {
  const edits = { fileFormat: { from: made.account.fileFormat, to: fileFormat } };
  const { world, bankAccountId } = made;
  expectOk(await world.run('bankAccount.edit', { bankAccountId, edits }, world.accountant));
}

const question = () => ({
  collegeId: made.world.collegeId,
  batchId: orders[0]?.batchId ?? '',
  orderIds: orders.map(({ id }) => id),
  client: 'SVCE',
});
const preview = async (serial: number | null = null) =>
  contract['payments.previewFile'].output.parse(await handlers['payments.previewFile']({ ...question(), serial }));
const makeFile = (serial = 1) => handlers['payments.exportFile']({ ...question(), serial });
const statuses = () => runQuery(desk.db, sql`select distinct "status", "fence" from "payment_orders"`);
/** The answer of the server has come. */
const confirm = () => desk.db.execute(sql`update "payment_orders" set "version" = 9`);

async function contentOf(answer: Awaited<ReturnType<typeof makeFile>>): Promise<{ name: string; text: string }> {
  if (answer.state !== 'made') throw new Error(`it is ${answer.state}`);
  const { personId } = desk.context.requireSession();
  const part = await files.read(personId, answer.fileId, 0);
  return { name: answer.fileName, text: new TextDecoder().decode(part.bytes) };
}

test('the file leaves only when the server has confirmed it, and comes out the same a day later', async () => {
  const before = await preview();
  expect(before).toMatchObject({ count: 3, again: false, serial: 1 });
  expect(await statuses()).toEqual([{ status: 'released', fence: 0 }]);

  expect(await makeFile()).toEqual({ state: 'waiting' });
  expect(await statuses()).toEqual([{ status: 'exported', fence: 1 }]);
  expect(await makeFile()).toEqual({ state: 'waiting' });
  expect(await statuses()).toEqual([{ status: 'exported', fence: 1 }]);

  await confirm();
  const first = await contentOf(await makeFile());
  expect(first.name).toBe(before.fileName);
  const rows = first.text
    .split('\r\n')
    .filter((line) => line.startsWith('PRB'))
    .map((line) => line.split('|'));
  expect(rows).toEqual(before.rows);
  const byId = [...orders].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(rows.map((cells) => cells[6])).toEqual(byId.map(({ reference }) => wireReference(reference, 1)));
  expect(rows.map((cells) => cells[3])).toEqual(byId.map(({ accountNumber }) => accountNumber));

  made.world.now += 24 * 60 * 60_000;
  expect(await preview()).toMatchObject({ again: true, serial: 1, date: before.date });
  expect(await contentOf(await makeFile())).toEqual(first);
  expect(await statuses()).toEqual([{ status: 'exported', fence: 1 }]);
});

test('what the bank would not take, and a layout that is none, are refused before anything is written', async () => {
  const tight = { ...bulkPresets.icici_cib, row: bulkPresets.icici_cib.row.map((cell) => ({ ...cell, max: 3 })) };
  const refusedBy = async (fileFormat: string): Promise<string> => {
    await desk.db.execute(sql`update "bank_accounts" set "file_format" = ${fileFormat}`);
    return refusal(makeFile());
  };
  expect(await refusedBy('{"delimiter":","}')).toBe('BULK_LAYOUT_INVALID');
  expect(await refusedBy('icici')).toBe('BULK_LAYOUT_INVALID');
  const widened = tight.row.map((cell) => (cell.kind === 'value' ? cell : { kind: 'text' as const, text: 'PRB' }));
  expect(await refusedBy(fileFormatText({ ...tight, row: widened }))).toBe('BULK_VALUE_TOO_LONG');
  expect(await statuses()).toEqual([{ status: 'released', fence: 0 }]);
});

test('a layout of the college is kept as text and used', async () => {
  const own = { ...bulkPresets.hdfc_enet, delimiter: ';' as const, fileName: '{client}-{serial}.csv' };
  await desk.db.execute(sql`update "bank_accounts" set "file_format" = ${fileFormatText(own)}`);
  await makeFile(12);
  await confirm();
  const { name, text } = await contentOf(await makeFile(12));
  expect(name).toBe('SVCE-012.csv');
  expect(text.split('\r\n')[0]?.split(';')).toHaveLength(own.row.length);
});

test('it is handed out to nobody who might pay twice or look into other books', async () => {
  const foreign = { ...question(), batchId: made.world.newId(), serial: 1 };
  expect(await refusal(handlers['payments.exportFile'](foreign))).toBe('NOT_FOUND');
  const elsewhere = { ...question(), collegeId: made.world.newId(), serial: 1 };
  expect(await refusal(handlers['payments.exportFile'](elsewhere))).toBe('NOT_FOUND');

  await makeFile();
  await confirm();
  const mine = handlers;
  handlers = handlersOf('018f0000-0000-7000-8000-0000000000ee');
  expect(await refusal(makeFile())).toBe('PAYMENT_HELD_ELSEWHERE');
  handlers = mine;
  desk.signIn(made.world.principal);
  expect(await refusal(makeFile())).toBe('AUTH_FORBIDDEN');
  desk.signIn(made.world.accountant);

  // The bank has said something of one: uploading the rest again, or all, could pay once more.
  const [paid, ...rest] = orders;
  await desk.db.execute(sql`update "payment_orders" set "status" = 'paid' where "id" = ${paid?.id}::uuid`);
  expect(await refusal(makeFile())).toBe('ORDER_WRONG_STATE');
  const fewer = { ...question(), orderIds: rest.map(({ id }) => id), serial: 1 };
  expect(await refusal(handlers['payments.exportFile'](fewer))).toBe('ORDER_WRONG_STATE');
});
