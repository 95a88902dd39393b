import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { noFilter } from '../../shared/db/queries/testing.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { desk, download, ended, freshDesks, planOf, refusal, runPlan, upload } from './file-desk.fixture.ts';

freshDesks();

const clean = readFileSync(new URL('../../resources/samples/expenses-clean-2000.xlsx', import.meta.url));

describe('files in pieces', () => {
  test('a file of 200 MB is refused before its first byte, and nothing is kept', async () => {
    const begin = desk.call('files.begin', { fileName: 'all.xlsx', sizeBytes: 200 * 1024 * 1024, purpose: 'import' });
    expect(await refusal(begin)).toBe('IMPORT_FILE_TOO_LARGE');
    expect(readdirSync(desk.context.paths.temp)).toEqual([]);
  });

  test.runIf(existsSync('/dev/full'))('a full disk is said while a file comes, and nothing of it is kept', async () => {
    const { fileId } = await desk.call('files.begin', { fileName: 'a.csv', sizeBytes: 6, purpose: 'import' });
    const { temp } = desk.context.paths;
    rmSync(path.join(temp, fileId));
    symlinkSync('/dev/full', path.join(temp, fileId));
    expect(await refusal(desk.call('files.write', { fileId, offset: 0, bytes: btoa('abc') }))).toBe('ENGINE_DISK_FULL');
    await desk.call('files.discard', { fileId });
    expect(readdirSync(temp)).toEqual([]);
  });

  test('pieces come in order, a repeated one is taken, one beyond the end is refused', async () => {
    const { fileId } = await desk.call('files.begin', { fileName: 'a.csv', sizeBytes: 6, purpose: 'import' });
    const piece = (text: string): string => Buffer.from(text).toString('base64');
    expect(await refusal(desk.call('files.write', { fileId, offset: 3, bytes: piece('def') }))).toBe('INPUT_INVALID');
    await desk.call('files.write', { fileId, offset: 0, bytes: piece('abc') });
    await desk.call('files.write', { fileId, offset: 0, bytes: piece('abc') });
    expect(await refusal(desk.call('files.write', { fileId, offset: 3, bytes: piece('defg') }))).toBe('INPUT_INVALID');
    expect(await refusal(planOf(fileId))).toBe('INPUT_INVALID');
    await desk.call('files.write', { fileId, offset: 3, bytes: piece('def') });
    expect((await download(fileId)).toString()).toBe('abcdef');
  });

  test('nobody reads the file of another person', async () => {
    const fileId = await upload(Buffer.from('abc'), 'a.csv', 'import');
    desk.signIn(desk.world.principal);
    expect(await refusal(desk.call('files.read', { fileId, offset: 0 }))).toBe('NOT_FOUND');
    expect(await refusal(desk.call('files.discard', { fileId }))).toBe('NOT_FOUND');
  });
});

describe('receipts', () => {
  const pdf = Buffer.from('%PDF-1.7\nbill');
  const sha256 = createHash('sha256').update(pdf).digest('hex');

  async function draft(): Promise<string> {
    const { world } = desk;
    const [vendorId, expenseId] = [world.newId(), world.newId()];
    const fields = {
      name: 'Deccan Traders',
      gstin: null,
      pan: null,
      ifsc: null,
      accountNumber: null,
      accountName: null,
      email: null,
      phone: null,
    };
    const { collegeId } = world;
    await desk.context.runCommand({ collegeId, name: 'vendor.create', args: { vendorId, fields } });
    await desk.context.runCommand({
      collegeId,
      name: 'expense.create',
      args: { expenseId, fields: world.bill(vendorId) },
    });
    return expenseId;
  }

  test('the bytes are on the disk before the books speak of them, and go to the server', async () => {
    const expenseId = await draft();
    const fileId = await upload(pdf, 'bill.pdf', 'receipt');
    const seen: string[] = [];
    desk.beforeCommand = (order) => {
      seen.push(order.name, String(desk.tools.blobs.has(sha256)));
    };
    const { receiptId } = await desk.call('receipts.attach', { collegeId: desk.world.collegeId, expenseId, fileId });
    expect(seen).toEqual(['receipt.attach', 'true']);
    await desk.uploadReceipts();
    expect(Buffer.from(desk.server.get(sha256) ?? [])).toEqual(pdf);
    const { fileId: opened, mime } = await desk.call('receipts.open', { receiptId });
    expect(mime).toBe('application/pdf');
    expect(await download(opened)).toEqual(pdf);
    const { receipts } = await desk.call('expenses.get', { id: expenseId });
    expect(receipts).toMatchObject([{ id: receiptId, sha256, fileName: 'bill.pdf', local: true }]);
  });

  test('a paper of a voucher is kept as that of an expense is, and shown with the voucher', async () => {
    const { collegeId } = desk.world;
    const voucherId = desk.world.newId();
    const line = { vendorId: null, departmentCode: null, fundCode: null };
    await desk.context.runCommand({
      collegeId,
      name: 'voucher.post',
      args: {
        ...{ voucherId, kind: 'receipt', date: desk.world.today, narration: 'Fees', reference: null },
        referenceDate: null,
        lines: [
          { ...line, accountCode: '1100', debitPaise: 500_00n, creditPaise: 0n },
          { ...line, accountCode: '4100', debitPaise: 0n, creditPaise: 500_00n },
        ],
      },
    });
    const fileId = await upload(pdf, 'slip.pdf', 'receipt');
    const { receiptId } = await desk.call('vouchers.attach', { collegeId, voucherId, fileId });
    await desk.uploadReceipts();
    expect(Buffer.from(desk.server.get(sha256) ?? [])).toEqual(pdf);
    const { fileId: opened } = await desk.call('receipts.open', { receiptId });
    expect(await download(opened)).toEqual(pdf);
    const { receipts, timeline } = await desk.call('vouchers.get', { id: voucherId });
    expect(receipts).toMatchObject([{ id: receiptId, sha256, fileName: 'slip.pdf', local: true }]);
    expect(timeline.map(({ commandName }) => commandName)).toEqual(['voucher.post', 'voucher.attach']);
    const elsewhere = await upload(pdf, 'slip.pdf', 'receipt');
    const unknown = { collegeId, voucherId: desk.world.newId(), fileId: elsewhere };
    expect(await refusal(desk.call('vouchers.attach', unknown))).toBe('NOT_FOUND');
  });

  test('without the server it waits and is sent later; nothing is sent twice', async () => {
    desk.offline = true;
    const expenseId = await draft();
    const fileId = await upload(pdf, 'bill.pdf', 'receipt');
    await desk.call('receipts.attach', { collegeId: desk.world.collegeId, expenseId, fileId });
    expect(await refusal(desk.uploadReceipts())).toBe('SYNC_OFFLINE');
    desk.offline = false;
    desk.refusedBlobs.add(sha256);
    expect(await desk.uploadReceipts()).toBe(0);
    desk.refusedBlobs.clear();
    expect(await desk.uploadReceipts()).toBe(1);
    expect(await desk.uploadReceipts()).toBe(0);
  });

  test('what the server has already is not sent again', async () => {
    const expenseId = await draft();
    const fileId = await upload(pdf, 'bill.pdf', 'receipt');
    await desk.call('receipts.attach', { collegeId: desk.world.collegeId, expenseId, fileId });
    desk.server.set(sha256, pdf);
    desk.refusedBlobs.add(sha256);
    expect(await desk.uploadReceipts()).toBe(0);
    desk.refusedBlobs.clear();
    desk.server.delete(sha256);
    expect(await desk.uploadReceipts()).toBe(0);
    expect(desk.server.has(sha256)).toBe(false);
  });

  test('one that is not here, or was damaged here, comes from the server and is checked', async () => {
    const expenseId = await draft();
    const fileId = await upload(pdf, 'bill.pdf', 'receipt');
    const { receiptId } = await desk.call('receipts.attach', { collegeId: desk.world.collegeId, expenseId, fileId });
    await desk.uploadReceipts();
    writeFileSync(path.join(desk.context.paths.blobs, sha256.slice(0, 2), sha256), '%PDF-1.7\nbilk');
    const { fileId: opened } = await desk.call('receipts.open', { receiptId });
    expect(await download(opened)).toEqual(pdf);
    rmSync(path.join(desk.context.paths.blobs, sha256.slice(0, 2), sha256));
    desk.server.set(sha256, Buffer.from('<html>'));
    expect(await refusal(desk.call('receipts.open', { receiptId }))).toBe('SYNC_BAD_ANSWER');
  });

  test('what is no picture and no PDF is refused whatever it is called', async () => {
    const expenseId = await draft();
    const fileId = await upload(Buffer.from('MZ program'), 'bill.pdf', 'receipt');
    const order = { collegeId: desk.world.collegeId, expenseId, fileId };
    expect(await refusal(desk.call('receipts.attach', order))).toBe('RECEIPT_TYPE');
    expect(readdirSync(desk.context.paths.blobs)).toEqual([]);
  });
});

describe('exports', () => {
  const order = (change: Partial<Input<'exports.run'>> = {}): Input<'exports.run'> => ({
    kind: 'expenses',
    format: 'csv',
    collegeId: desk.world.collegeId,
    financialYear: '2025-26',
    filter: noFilter(),
    sort: 'amount_desc',
    text: '',
    language: 'en',
    ...change,
  });

  test('a list of expenses has every row of the filter once, in its order, and adds up', async () => {
    await runPlan(await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import')));
    for (const sort of ['amount_desc', 'date_asc', 'vendor_asc'] as const) {
      const { id } = await desk.call('exports.run', order({ sort }));
      const job = await ended(id);
      expect(job).toMatchObject({ state: 'done', done: 2_000, result: { added: 2_000 } });
      const lines = (await download(job.result?.fileId ?? '')).toString('utf8').trim().split('\r\n').slice(1);
      const references = lines.map((line) => line.split(',')[1]);
      expect(new Set(references).size).toBe(2_000);
      const wanted: string[] = [];
      for (let offset = 0; offset < 2_000; offset += 500) {
        const { rows } = await desk.call('expenses.page', { filter: noFilter(), sort, offset, limit: 500 });
        wanted.push(...rows.map((row) => row.reference));
      }
      expect(references).toEqual(wanted);
    }
  });

  test.each(['vendors', 'budgets', 'audit', 'consolidation'] as const)(
    '%s come out as workbook and in Hindi',
    async (kind) => {
      const { id } = await desk.call(
        'exports.run',
        order({ kind, format: 'xlsx', language: 'hi', filter: null, sort: null }),
      );
      const job = await ended(id);
      expect(job).toMatchObject({ state: 'done', error: null });
      expect((await download(job.result?.fileId ?? '')).subarray(0, 2).toString()).toBe('PK');
    },
  );

  test('stopped, it leaves no file behind', async () => {
    await runPlan(await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import')));
    const before = readdirSync(desk.context.paths.temp);
    const { id } = await desk.call('exports.run', order());
    await desk.call('jobs.cancel', { id });
    expect((await ended(id)).state).toBe('cancelled');
    expect(readdirSync(desk.context.paths.temp)).toEqual(before);
  });
});
