import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noFilter } from '../../shared/db/queries/testing.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

let folder: string;
let desk: TestDesk;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'munim-files-'));
  desk = await openTestDesk(folder);
  // A year in which the samples' bills can be entered.
  desk.world.now = Date.UTC(2026, 4, 15, 5);
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const clean = readFileSync(new URL('../../resources/samples/expenses-clean-2000.xlsx', import.meta.url));
const dirty = readFileSync(new URL('../../resources/samples/expenses-dirty.xlsx', import.meta.url));

async function upload(bytes: Uint8Array, fileName: string, purpose: 'import' | 'receipt'): Promise<string> {
  const { fileId } = await desk.call('files.begin', { fileName, sizeBytes: bytes.length, purpose });
  const step = limits.file.uploadChunkBytes;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = Buffer.from(bytes.subarray(offset, offset + step)).toString('base64');
    await desk.call('files.write', { fileId, offset, bytes: piece });
  }
  return fileId;
}

async function download(fileId: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { bytes, sizeBytes } = await desk.call('files.read', { fileId, offset });
    const piece = Buffer.from(bytes, 'base64');
    pieces.push(piece);
    offset += piece.length;
    if (offset >= sizeBytes || piece.length === 0) return Buffer.concat(pieces);
  }
}

async function ended(id: string): Promise<Output<'jobs.get'>> {
  for (;;) {
    const job = await desk.call('jobs.get', { id });
    if (job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  if (thrown instanceof MunimError) return thrown.code;
  throw thrown ?? new Error('not refused');
}

async function planOf(fileId: string): Promise<Output<'imports.plan'>> {
  return desk.call('imports.plan', {
    collegeId: desk.world.collegeId,
    fileId,
    sheet: null,
    headerRow: null,
    mapping: null,
  });
}

async function runPlan(plan: Output<'imports.plan'>): Promise<Output<'jobs.get'>> {
  const { id } = await desk.call('imports.run', orderOf(plan));
  return ended(id);
}

const orderOf = (plan: Output<'imports.plan'>): Input<'imports.run'> => ({
  collegeId: desk.world.collegeId,
  fileId: plan.fileId,
  sheet: plan.sheet,
  headerRow: plan.headerRow,
  mapping: plan.columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }])),
});

const countExpenses = async (): Promise<number> => (await desk.call('expenses.totals', { filter: noFilter() })).count;

describe('files in pieces', () => {
  test('a file of 200 MB is refused before its first byte, and nothing is kept', async () => {
    const begin = desk.call('files.begin', { fileName: 'all.xlsx', sizeBytes: 200 * 1024 * 1024, purpose: 'import' });
    expect(await refusal(begin)).toBe('IMPORT_FILE_TOO_LARGE');
    expect(readdirSync(desk.context.paths.temp)).toEqual([]);
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

describe('imports', () => {
  test('the clean sample goes in whole, and a second time adds nothing', async () => {
    const plan = await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import'));
    expect(plan.preview).toHaveLength(50);
    expect(plan.preview.filter((row) => row.problems.length > 0 || row.duplicate)).toEqual([]);
    const job = await runPlan(plan);
    expect(job).toMatchObject({ state: 'done', done: 2_000, total: 2_000, error: null });
    expect(job.result).toEqual({ added: 2_000, known: 0, refused: 0, fileId: null, fileName: null });
    expect(await countExpenses()).toBe(2_000);
    const again = await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import'));
    expect(again.preview.every((row) => row.duplicate)).toBe(true);
    expect((await runPlan(again)).result).toMatchObject({ added: 0, known: 2_000, refused: 0 });
    expect(await countExpenses()).toBe(2_000);
  });

  test('every bill of a dirty sheet is entered, known or refused with a reason, and mended rows can come again', async () => {
    const plan = await planOf(await upload(dirty, 'expenses-dirty.xlsx', 'import'));
    expect(plan.preview.some((row) => row.problems.length > 0)).toBe(true);
    const job = await runPlan(plan);
    const result = job.result ?? { added: 0, known: 0, refused: 0, fileId: null, fileName: null };
    expect(job.state).toBe('done');
    expect(result.added + result.known + result.refused).toBe(job.total);
    expect(result.refused).toBeGreaterThan(20);
    expect(await countExpenses()).toBe(result.added);
    const refused = await download(result.fileId ?? '');
    const replan = await planOf(await upload(refused, 'mended.xlsx', 'import'));
    expect(replan.columns.at(-1)?.title).toBe('Reason');
    const rerun = await runPlan(replan);
    // A row that was refused as a repetition is alone in this file, and the books know it.
    const { added, known, refused: still } = rerun.result ?? result;
    expect([added, known + still]).toEqual([0, result.refused]);
  });

  test('a row that only the books refuse is taken out of its batch, the others go in', async () => {
    const lines = Array.from(
      { length: 7 },
      (_, index) => `0${index + 1}-05-2026,Vendor ${index},supplies,B${index},1000`,
    );
    const file = Buffer.from(['Bill date,Vendor name,Category,Bill no,Total amount', ...lines].join('\n'));
    desk.beforeCommand = (order) => {
      if (order.name !== 'expense.import') return;
      const bad = order.args.rows.find((row) => row.vendorName === 'Vendor 3');
      if (bad) throw new MunimError('VENDOR_INVALID', { field: 'name', reason: 'inactive', importKey: bad.importKey });
    };
    const job = await runPlan(await planOf(await upload(file, 'bills.csv', 'import')));
    expect(job.result).toMatchObject({ added: 6, known: 0, refused: 1, fileName: 'bills - refused rows.xlsx' });
    expect(await countExpenses()).toBe(6);
  });

  test('a batch too large for one message goes in by halves', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `01-05-2026,Vendor,supplies,B${index},1000`);
    const file = Buffer.from(['Bill date,Vendor name,Category,Bill no,Total amount', ...lines].join('\n'));
    desk.beforeCommand = (order) => {
      if (order.name === 'expense.import' && order.args.rows.length > 8) throw new MunimError('SYNC_TOO_LARGE');
    };
    expect((await runPlan(await planOf(await upload(file, 'bills.csv', 'import')))).result).toMatchObject({
      added: 30,
    });
  });

  test('stopped between batches it keeps and counts what is in, and the next run adds the rest', async () => {
    const plan = await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import'));
    let jobId = '';
    let batches = 0;
    desk.beforeCommand = () => {
      batches += 1;
      if (batches === 2) desk.call('jobs.cancel', { id: jobId }).catch(() => {});
    };
    const started = await desk.call('imports.run', orderOf(plan));
    jobId = started.id;
    const job = await ended(jobId);
    expect(job.state).toBe('cancelled');
    const added = job.result?.added ?? 0;
    expect(added).toBeGreaterThan(0);
    expect(added).toBeLessThan(2_000);
    expect(await countExpenses()).toBe(added);
    desk.beforeCommand = () => {};
    const rest = await runPlan(await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import')));
    expect(rest.result).toMatchObject({ added: 2_000 - added, known: added });
  });

  test('other calls are answered while it runs', async () => {
    const plan = await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import'));
    const { id } = await desk.call('imports.run', orderOf(plan));
    let answered = 0;
    while ((await desk.call('jobs.get', { id })).state === 'running') {
      await desk.call('expenses.page', { filter: noFilter(), sort: 'date_desc', offset: 0, limit: 20 });
      answered += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(answered).toBeGreaterThan(5);
    expect(desk.events.filter((event) => event.name === 'job').length).toBeGreaterThan(1);
  });

  test('a damaged file, an unknown sheet and a half mapping are refused in words, and nothing is entered', async () => {
    const broken = await upload(clean.subarray(0, 20_000), 'broken.xlsx', 'import');
    expect(await refusal(planOf(broken))).toBe('IMPORT_CORRUPT');
    const plan = await planOf(await upload(clean, 'a.xlsx', 'import'));
    const order = orderOf(plan);
    expect(await refusal(desk.call('imports.run', { ...order, mapping: order.mapping.slice(0, 1) }))).toBe(
      'IMPORT_MAPPING_INCOMPLETE',
    );
    const { id } = await desk.call('imports.run', { ...order, sheet: 'No such sheet' });
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' } });
    expect(await countExpenses()).toBe(0);
  });

  test('a college outside the scope is refused', async () => {
    const fileId = await upload(clean, 'a.xlsx', 'import');
    const plan = desk.call('imports.plan', {
      collegeId: desk.world.newId(),
      fileId,
      sheet: null,
      headerRow: null,
      mapping: null,
    });
    expect(await refusal(plan)).toBe('NOT_FOUND');
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
