import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { noFilter } from '../../shared/db/queries/testing.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { makeZip, xlsxParts } from '../adapters/workbook/zip.fixture.ts';
import {
  countExpenses,
  desk,
  download,
  ended,
  freshDesks,
  orderOf,
  planOf,
  reasonsOf,
  refusal,
  runPlan,
  upload,
} from './file-desk.fixture.ts';

freshDesks();

const clean = readFileSync(new URL('../../resources/samples/expenses-clean-2000.xlsx', import.meta.url));
const dirty = readFileSync(new URL('../../resources/samples/expenses-dirty.xlsx', import.meta.url));

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
    expect(await reasonsOf(job)).toEqual({
      title: 'Reason',
      said: ['Vendor: The vendor "Vendor 3" is no longer used.'],
    });

    const order = { ...orderOf(await planOf(await upload(file, 'bills.csv', 'import'))), language: 'hi' as const };
    const inHindi = await ended((await desk.call('imports.run', order)).id);
    expect(inHindi.result).toMatchObject({ known: 6, refused: 1, fileName: 'bills - अस्वीकृत पंक्तियाँ.xlsx' });
    expect(await reasonsOf(inHindi)).toEqual({
      title: 'कारण',
      said: ['विक्रेता: विक्रेता "Vendor 3" अब काम में नहीं है।'],
    });
  });

  test('a disk that does not take the refused rows is told, and what went in is counted and stays', async () => {
    const lines = [
      '01-05-2026,Vendor 1,supplies,B1,1000',
      '02-05-2026,Vendor 2,supplies,B2,1000',
      'never,V,supplies,B3,1',
    ];
    const file = Buffer.from(['Bill date,Vendor name,Category,Bill no,Total amount', ...lines].join('\n'));
    const { temp } = desk.context.paths;
    desk.beforeCommand = () => {
      for (const name of readdirSync(temp)) if (name.endsWith('.part')) rmSync(path.join(temp, name));
    };
    const job = await runPlan(await planOf(await upload(file, 'bills.csv', 'import')));
    expect(job).toMatchObject({
      state: 'failed',
      error: { code: 'EXPORT_FAILED' },
      result: { added: 2, known: 0, refused: 1, fileId: null },
    });
    expect(await countExpenses()).toBe(2);
    desk.beforeCommand = () => {};
    const again = await runPlan(await planOf(await upload(file, 'bills.csv', 'import')));
    expect(again).toMatchObject({ state: 'done', result: { added: 0, known: 2, refused: 1 } });
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

  test('a disk that fills up in the midst ends it in words; what is in is whole, counted, and known to the next run', async () => {
    const plan = await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import'));
    let batches = 0;
    desk.beforeCommand = () => {
      batches += 1;
      if (batches === 2) throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    };
    const job = await runPlan(plan);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ENGINE_DISK_FULL' } });
    const added = job.result?.added ?? 0;
    expect(added).toBeGreaterThan(0);
    expect(await countExpenses()).toBe(added);
    desk.beforeCommand = () => {};
    const rest = await runPlan(await planOf(await upload(clean, 'expenses-clean-2000.xlsx', 'import')));
    expect(rest.result).toMatchObject({ added: 2_000 - added, known: added, refused: 0 });
  });

  test('a sheet that breaks off behind what the plan showed is damaged, and not one row of it is entered', async () => {
    const cells = (texts: readonly string[], number: number): string =>
      `<row r="${number}">${texts.map((text, at) => `<c r="${'ABCD'[at]}${number}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
    const head = cells(['Bill date', 'Vendor name', 'Category', 'Total amount'], 1);
    const bills = Array.from({ length: 2_000 }, (_, at) =>
      cells(['01-05-2026', `Vendor ${at}`, 'supplies', '1000'], at + 2),
    );
    const file = makeZip(xlsxParts({ rows: `${head}${bills.join('')}<row r="2002"><c r="A2002"><v>1</row>` }));
    const plan = await planOf(await upload(file, 'broken.xlsx', 'import'));
    expect(plan.preview.length).toBeGreaterThan(0);
    expect(await runPlan(plan)).toMatchObject({ state: 'failed', error: { code: 'IMPORT_CORRUPT' } });
    expect(await countExpenses()).toBe(0);
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
      kind: 'expenses',
      collegeId: desk.world.newId(),
      fileId,
      sheet: null,
      headerRow: null,
      mapping: null,
    });
    expect(await refusal(plan)).toBe('NOT_FOUND');
  });
});
