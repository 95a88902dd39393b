import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openingsOf, voucherIds } from '../../shared/db/queries/exchange.ts';
import { allocationsOf, mastersOf } from '../../shared/db/queries/masters.ts';
import type { ImportKind } from '../../shared/domain/import/sheet-kinds.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { desk, ended, freshDesks, orderOf, planOf, reasonsOf, refusal, runPlan, upload } from './file-desk.fixture.ts';

freshDesks();

const sample = (kind: string): Buffer =>
  readFileSync(new URL(`../../resources/samples/${kind}-sample.xlsx`, import.meta.url));
const csv = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\n'));
const run = async (kind: ImportKind, bytes: Uint8Array, name = 'sheet.csv') =>
  runPlan(await planOf(await upload(bytes, name, 'import'), kind), kind);
const posted = async (): Promise<number> => (await voucherIds(desk.db, desk.world.collegeId)).size;

describe('sheets of the samples', () => {
  test.each([
    ['vouchers', 7],
    ['openings', 4],
    ['budgets', 3],
    ['accounts', 3],
  ] as const)('%s go in whole, and a second time add nothing', async (kind, rows) => {
    if (kind === 'budgets') desk.signIn(desk.world.principal);
    const name = `${kind}-sample.xlsx`;
    const plan = await planOf(await upload(sample(kind), name, 'import'), kind);
    expect(plan.columns.filter(({ field }) => field === null)).toEqual([]);
    expect(plan.preview.map(({ problems, duplicate }) => [problems, duplicate])).toEqual(
      Array.from({ length: rows }, () => [[], false]),
    );
    expect(await runPlan(plan, kind)).toMatchObject({
      ...{ state: 'done', done: rows, total: rows, result: { added: rows, known: 0, refused: 0, fileId: null } },
    });
    const again = await planOf(await upload(sample(kind), name, 'import'), kind);
    expect(again.preview.every(({ duplicate }) => duplicate)).toBe(true);
    expect((await runPlan(again, kind)).result).toMatchObject({ added: 0, known: rows, refused: 0 });
    const { collegeId } = desk.world;
    const { accounts } = await mastersOf(desk.db, collegeId);
    const found = {
      vouchers: await posted(),
      openings: (await openingsOf(desk.db, collegeId, '2026-03-31')).length,
      budgets: (await allocationsOf(desk.db, collegeId)).filter(({ allocatedPaise }) => allocatedPaise > 0n).length,
      accounts: accounts.filter(({ code }) => ['1295', '4195', '5295'].includes(code)).length,
    };
    expect(found[kind]).toBe({ vouchers: 3, openings: 1, budgets: 3, accounts: 3 }[kind]);
  });
});

describe('vouchers of a sheet', () => {
  test('that do not balance are refused as a whole with the difference, the others go in', async () => {
    const bytes = csv(
      'Vch no,Date,Type,Ledger,Amount,Dr/Cr',
      '1,06-04-2026,Journal,1620,"1,000.00",Dr',
      '2,06-04-2026,Journal,1620,500,Dr',
      '1,06-04-2026,Journal,1310,999.50,Cr',
      '2,06-04-2026,Journal,1310,500,Cr',
    );
    const job = await run('vouchers', bytes);
    expect(job.result).toMatchObject({ added: 2, known: 0, refused: 2, fileName: 'sheet - refused rows.xlsx' });
    const reason = 'Amount: Debit is 1,000.00 and credit is 999.50; the difference is 0.50.';
    expect((await reasonsOf(job, 'vouchers')).said).toEqual([reason, reason]);
    expect(await posted()).toBe(1);
  });

  test('with a mistake in one row are refused whole, each row with its own reason', async () => {
    const bytes = csv(
      'Voucher no,Date,Account,Party,Debit,Credit,Department',
      '1,06-04-2026,1620,,100,,',
      '1,06-04-2026,No such,,,100,',
      '2,31-02-2026,1620,,100,,',
      '2,06-04-2026,1310,,,100,Nowhere',
      '3,06-04-2026,1620,,100,100,',
      '4,06-04-2026,2100,Nobody & Co,,5,',
    );
    const plan = await planOf(await upload(bytes, 'sheet.csv', 'import'), 'vouchers');
    expect(plan.preview.map(({ problems }) => problems.map(({ code }) => code.slice('IMPORT_ROW_'.length)))).toEqual([
      ['OTHER_ROW'],
      ['ACCOUNT_UNKNOWN'],
      ['DATE_UNREADABLE'],
      ['CENTRE_UNKNOWN'],
      ['ONE_SIDE'],
      ['PARTY_UNKNOWN'],
    ]);
    expect((await runPlan(plan, 'vouchers')).result).toMatchObject({ added: 0, refused: 6 });
    expect(await posted()).toBe(0);
  });

  test('make and settle bills of a party, and what the books refuse is named', async () => {
    const fields = { name: 'Om Stores', gstin: null, pan: null, ifsc: null };
    const none = { accountNumber: null, accountName: null, email: null, phone: null };
    const { collegeId } = desk.world;
    const vendorId = desk.world.newId();
    const args = { vendorId, fields: { ...fields, ...none } };
    await desk.context.runCommand({ collegeId, name: 'vendor.create', args });
    const bytes = csv(
      'Voucher no,Date,Type,Account,Party,Debit,Credit,Reference,Bill',
      'P1,06-04-2026,Purchase,1620,,900,,OM/17,',
      'P1,06-04-2026,Purchase,,Om Stores,,900,OM/17,OM/17',
      'B1,07-04-2026,Payment,,Om Stores,400,,UTR 9,OM/17',
      'B1,07-04-2026,Payment,1200,,,400,UTR 9,',
      'J1,07-04-2026,Journal,1200,,5,,,',
      'J1,07-04-2026,Journal,1310,,,5,,',
    );
    const job = await run('vouchers', bytes);
    expect(job.result).toMatchObject({ added: 4, refused: 2 });
    expect((await reasonsOf(job, 'vouchers')).said?.[0]).toContain('VOUCHER_INVALID');
    expect((await run('vouchers', bytes)).result).toMatchObject({ added: 0, known: 4, refused: 2 });
  });

  test('stopped half way keep what is in, and the next run adds the rest', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => [
      `${index},06-04-2026,1620,${index + 1},`,
      `${index},06-04-2026,1310,,${index + 1}`,
    ]).flat();
    const bytes = csv('Voucher no,Date,Account,Debit,Credit', ...lines);
    let seen = 0;
    let jobId = '';
    desk.beforeCommand = () => {
      seen += 1;
      if (seen === 10) desk.call('jobs.cancel', { id: jobId }).catch(() => {});
    };
    const plan = await planOf(await upload(bytes, 'sheet.csv', 'import'), 'vouchers');
    const started = await desk.call('imports.run', { ...orderOf(plan), kind: 'vouchers' });
    jobId = started.id;
    const job = await ended(jobId);
    const added = job.result?.added ?? 0;
    expect(job.state).toBe('cancelled');
    expect(added).toBeGreaterThan(16);
    expect(added).toBeLessThan(80);
    expect(await posted()).toBe(added / 2);
    desk.beforeCommand = () => {};
    expect((await run('vouchers', bytes)).result).toMatchObject({ added: 80 - added, known: added, refused: 0 });
  });
});

describe('other sheets', () => {
  test('opening balances that differ by anything are refused as a whole', async () => {
    const job = await run('openings', csv('Account,Debit,Credit', '1200,100,', 'General fund,,99.99'));
    expect(job.result).toMatchObject({ added: 0, refused: 2 });
    const wrong = await run('openings', csv('Account,Debit,Credit', '1200,100,', 'Water,,100'));
    expect((await reasonsOf(wrong, 'openings')).said).toEqual([
      'Debit: Row 3 of the same voucher has a mistake; vouchers go in whole.',
      'Account: Income and expenditure begin each year at nothing.',
    ]);
    expect((await run('openings', csv('Account,Debit,Credit', '1200,100,', '3100,,100'))).result?.added).toBe(2);
    const other = await run('openings', csv('Account,Debit,Credit', '1200,200,', '3100,,200'));
    expect((await reasonsOf(other, 'openings')).said?.[0]).toContain('other opening balances of 31-03-2026');
  });

  test('GL codes and budgets say what is wrong with them', async () => {
    const accounts = csv(
      'GL code,Account name,Kind,Category',
      '1200,Another bank,Asset,',
      'x y,Wrong code,Asset,',
      '1296,Cash box,Cupboard,',
      '5296,Gardens,Expense,supplies',
      '5296,Gardens,Expense,',
      '1297,Gardens of the trust,Asset,supplies',
    );
    const plan = await planOf(await upload(accounts, 'sheet.csv', 'import'), 'accounts');
    expect(plan.preview.map(({ problems }) => problems.map(({ code }) => code.slice('IMPORT_ROW_'.length)))).toEqual([
      ['CODE_TAKEN'],
      ['CODE_FORM'],
      ['KIND_UNKNOWN'],
      [],
      ['TWICE', 'TWICE'],
      ['CATEGORY_UNKNOWN'],
    ]);
    desk.signIn(desk.world.principal);
    const budgets = csv(
      'Category,Budget,Year',
      'supplies,1000,2026-27',
      'supplies,5,2026-2027',
      'gold,5,',
      'travel,5,26',
    );
    const job = await run('budgets', budgets);
    expect(job.result).toMatchObject({ added: 1, refused: 3 });
  });

  test('who may not enter them ends the work with nothing in', async () => {
    desk.signIn(desk.world.auditor);
    const job = await run('accounts', csv('GL code,Account name,Kind', '1299,Imprest,Asset'));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'AUTH_FORBIDDEN' }, result: { added: 0 } });
  });

  test('a full disk ends it, a hostile file and a half mapping are refused', async () => {
    desk.beforeCommand = () => {
      throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    };
    const full = await run('vouchers', sample('vouchers'), 'v.xlsx');
    expect(full).toMatchObject({ state: 'failed', error: { code: 'ENGINE_DISK_FULL' }, result: { added: 0 } });
    const broken = await upload(sample('vouchers').subarray(0, 3_000), 'broken.xlsx', 'import');
    expect(await refusal(planOf(broken, 'vouchers'))).toBe('IMPORT_CORRUPT');
    const plan = await planOf(await upload(sample('vouchers'), 'v.xlsx', 'import'), 'vouchers');
    const half = { ...orderOf(plan), kind: 'vouchers' as const, mapping: [] };
    expect(await refusal(desk.call('imports.run', half))).toBe('IMPORT_MAPPING_INCOMPLETE');
    expect(await refusal(planOf(await upload(sample('budgets'), 'b.xlsx', 'import'), 'vouchers'))).toBe(
      'IMPORT_NO_HEADER',
    );
  });
});
