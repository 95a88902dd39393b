import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportDocument } from '../../../domain/report/document.ts';
import type { EntryKind } from '../../../domain/rows.ts';
import { CollegeWorld, expectOk } from '../../../testing/college-world.ts';
import type { Db } from '../../tables.ts';
import { openTestBooks } from '../testing.ts';
import { ageingFigures } from './ageing.ts';
import { monthFigures } from './monthly.ts';
import { seriesNumbers } from './number-gaps.ts';
import { ask, forAnyBooks, insertWorld, oracleAt, totalCell } from './testing.ts';

let pg: PGlite;
let db: Db;
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
});
afterAll(() => pg.close());

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);
const question = { language: 'en', from: '2026-04-01', to: '2027-03-31' } as const;

test('what is open of vendors at any date is the balance of their accounts, bill by bill', () =>
  forAnyBooks(
    () => db,
    10,
    async ({ world, from, to }) => {
      const document = await ask(db, world, 'ageing', { from, to });
      const own = world.books.rows('bill_allocations').filter(({ date }) => date <= to);
      const onOthers = own.filter(({ accountCode }) => accountCode !== '2100');
      const others = sum(onOthers.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));
      expect(totalCell(document, 'Total', 'total')).toBe((oracleAt(world, to).get('2100') ?? 0n) + others);
      const open = new Map<string, bigint>();
      for (const { vendorId, name, debitPaise, creditPaise } of own) {
        const key = `${vendorId} ${name ?? ''}`;
        open.set(key, (open.get(key) ?? 0n) + debitPaise - creditPaise);
      }
      const wanted = [...open].filter(([, left]) => left !== 0n).sort();
      const { bills } = await ageingFigures(db, { ...question, report: 'ageing', collegeId: world.collegeId, to });
      const found = bills.map(({ vendorId, name, openPaise }) => [`${vendorId} ${name ?? ''}`, openPaise] as const);
      expect([...found].sort()).toEqual(wanted);
      for (const row of document.rows) {
        if (row.kind === 'heading') continue;
        const ages = ['30', '60', '90', '180', 'older', 'advance', 'onAccount'].map((key) => row.cells[key] ?? 0n);
        expect(sum(ages as bigint[])).toBe(row.cells.total);
      }
    },
  ));

const line = (accountCode: string, debitPaise: bigint, creditPaise: bigint, more: object = {}) => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null, debitPaise, creditPaise, ...more },
});

async function post(world: CollegeWorld, kind: EntryKind, date: string, lines: readonly ReturnType<typeof line>[]) {
  const paper = { narration: '', reference: 'R-1', referenceDate: null };
  const args = { voucherId: world.newId(), kind, date, ...paper, lines };
  expectOk(await world.run('voucher.post', args, world.accountant));
  return args.voucherId;
}

const cellOf = (document: ReportDocument, particulars: string, key: string) => {
  const row = document.rows.find((one) => one.kind === 'line' && one.cells.particulars === particulars);
  return row?.kind === 'line' ? row.cells[key] : undefined;
};

test('a bill stands in the column of its age at the date, and moves on with it', async () => {
  const world = await CollegeWorld.create(41);
  const vendorId = await world.vendor({ name: 'Deccan Traders' });
  const bill = (kind: 'new' | 'advance' | 'against', name: string, amountPaise: bigint) => ({
    ...{ vendorId, bills: [{ kind, name, amountPaise, dueOn: kind === 'new' ? '2026-07-01' : null }] },
  });
  await post(world, 'journal', '2026-06-01', [
    line('1620', 900n, 0n),
    line('2100', 0n, 900n, bill('new', 'B-1', 900n)),
  ]);
  await post(world, 'payment', '2026-06-20', [
    line('2100', 50n, 0n, bill('advance', 'A-1', 50n)),
    line('1200', 0n, 50n),
  ]);
  await post(world, 'payment', '2026-08-01', [
    line('2100', 400n, 0n, bill('against', 'B-1', 400n)),
    line('1200', 0n, 400n),
  ]);
  await insertWorld(db, world);
  const at = (to: string) => ask(db, world, 'ageing', { from: to, to });
  const cases = [
    ['2026-07-01', '30', -900n, 30],
    ['2026-07-02', '60', -900n, 31],
    ['2026-08-01', '90', -500n, 61],
    ['2026-08-31', '180', -500n, 91],
    ['2026-11-29', 'older', -500n, 181],
  ] as const;
  for (const [to, key, open, age] of cases) {
    const document = await at(to);
    expect([to, cellOf(document, 'B-1', key), cellOf(document, 'B-1', 'age')]).toEqual([to, open, age]);
    expect(cellOf(document, 'B-1', 'dueDate')).toBe('2026-07-01');
    expect(cellOf(document, 'A-1', 'advance')).toBe(50n);
  }
});

test('a utilisation certificate says what came for the grant, what was spent of it, and what is left', async () => {
  const world = await CollegeWorld.create(42);
  const grant = {
    code: 'UGC-1',
    name: 'Minor research',
    kind: 'grant',
    agency: 'UGC',
    sanctionNo: 'F.4-2/2025',
  } as const;
  const fields = { ...grant, sanctionedPaise: 10_000_00n, startsOn: null, endsOn: null };
  expectOk(await world.run('costCentre.create', { costCentreId: world.newId(), fields }, world.accountant));
  for (const category of ['supplies', 'library']) await world.setBudget(category, 90_000_00n);
  const own = { fundCode: 'UGC-1' };
  await post(world, 'receipt', '2026-01-10', [line('1200', 600_00n, 0n), line('4200', 0n, 600_00n, own)]);
  await post(world, 'receipt', '2026-05-10', [line('1200', 900_00n, 0n, own), line('4200', 0n, 900_00n, own)]);
  await post(world, 'payment', '2026-06-01', [line('5200', 250_00n, 0n, own), line('1200', 0n, 250_00n, own)]);
  await post(world, 'payment', '2026-06-02', [line('1620', 400_00n, 0n, own), line('1200', 0n, 400_00n)]);
  // An advance is not spent yet, and other money is not the grant's.
  await post(world, 'payment', '2026-06-03', [line('1510', 70_00n, 0n, own), line('1200', 0n, 70_00n, own)]);
  await post(world, 'payment', '2026-06-04', [line('5200', 11_00n, 0n), line('1200', 0n, 11_00n)]);
  await insertWorld(db, world);
  const dates = { from: '2026-04-01', to: '2027-03-31' };
  const document = await ask(db, world, 'utilisation', { ...dates, centreCode: 'UGC-1' });
  expect(cellOf(document, 'Sanctioned', 'sanctioned')).toBe(10_000_00n);
  expect(cellOf(document, 'Unspent balance brought forward', 'amount')).toBe(600_00n);
  expect(cellOf(document, 'Office Supplies', 'amount')).toBe(250_00n);
  expect(cellOf(document, 'Laboratory equipment', 'amount')).toBe(400_00n);
  expect(cellOf(document, 'Advances to staff', 'amount')).toBeUndefined();
  expect(totalCell(document, 'Total available', 'amount')).toBe(1_500_00n);
  expect(totalCell(document, 'Unspent balance', 'amount')).toBe(850_00n);
  expect(document.notes[0]).toContain('under letter no. F.4-2/2025 and ₹600.00');
  expect(document.notes[0]).toContain('a sum of ₹650.00 has been utilised');
  expect(document.signatures).toHaveLength(3);
  await expect(ask(db, world, 'utilisation', dates)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(ask(db, world, 'utilisation', { ...dates, centreCode: 'X' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a voucher that was taken back leaves every statement of the day after as if it had not been', async () => {
  const world = await CollegeWorld.create(43);
  await world.setBudget('supplies', 90_000_00n);
  await post(world, 'receipt', '2026-05-10', [line('1200', 900_00n, 0n), line('4100', 0n, 900_00n)]);
  const twin = await CollegeWorld.create(44);
  await post(twin, 'receipt', '2026-05-10', [line('1200', 900_00n, 0n), line('4100', 0n, 900_00n)]);
  const voucherId = await post(world, 'payment', '2026-06-01', [line('5200', 250_00n, 0n), line('1200', 0n, 250_00n)]);
  const reversal = { voucherId, date: '2026-07-01', reason: 'Entered twice' };
  expectOk(await world.run('voucher.reverse', reversal, world.accountant));
  for (const one of [world, twin]) await insertWorld(db, one);
  for (const report of ['balance_sheet', 'income_expenditure', 'receipts_payments', 'monthly'] as const) {
    const rows = async (one: CollegeWorld, to: string) => (await ask(db, one, report, { from: '2026-04-01', to })).rows;
    expect(await rows(world, '2026-08-31')).toEqual(await rows(twin, '2026-08-31'));
    if (report !== 'monthly') expect(await rows(world, '2026-06-30')).not.toEqual(await rows(twin, '2026-06-30'));
  }
});

test('the budget report and the month say what the books in memory do', () =>
  forAnyBooks(
    () => db,
    6,
    async ({ world, to }) => {
      const budget = await ask(db, world, 'budget', { from: '2026-04-01', to: '2026-11-21' });
      const kept = world.books.rows('budgets').filter(({ financialYear }) => financialYear === '2026-27');
      expect(totalCell(budget, 'Total', 'allocated')).toBe(sum(kept.map((one) => one.allocatedPaise)));
      const left = kept.map((one) => one.allocatedPaise - one.committedPaise - one.spentPaise);
      expect(totalCell(budget, 'Total', 'available')).toBe(sum(left));
      const month = to.slice(0, 7);
      const kinds = new Map(world.books.rows('accounts').map(({ code, kind }) => [code, kind]));
      const own = world.books.rows('voucher_lines').filter(({ date }) => date.startsWith(month));
      const moved = (kind: string) =>
        sum(own.flatMap((one) => (kinds.get(one.accountCode) === kind ? [one.debitPaise - one.creditPaise] : [])));
      const figures = await monthFigures(db, world.collegeId, month);
      expect(figures.revenuePaise).toBe(-moved('income'));
      expect(sum(figures.expenses.map(({ amountPaise }) => amountPaise))).toBe(moved('expense'));
    },
  ));

test('no number is missing in books that the server numbered, and one that is gone is found', () =>
  forAnyBooks(
    () => db,
    4,
    async ({ world }) => {
      const { collegeId } = world;
      const all = { ...question, report: 'number_gaps', collegeId, from: '2023-04-01' } as const;
      const found = await seriesNumbers(db, all);
      const numbers = [...world.books.rows('vouchers'), ...world.books.rows('expenses')].flatMap(
        (one) => one.number ?? [],
      );
      expect(found.reduce((total, { count }) => total + count, 0)).toBe(numbers.length);
      expect(found.flatMap(({ missing }) => missing)).toEqual([]);
      for (const { number } of world.books.rows('vouchers').slice(0, 3)) {
        await db.execute(
          sql`update "vouchers" set "number" = null where "college_id" = ${collegeId}::uuid and "number" = ${number}`,
        );
        const serial = Number(number?.slice(-6));
        const [hit, ...more] = (await seriesNumbers(db, all)).filter(({ missing }) => missing.length > 0);
        expect(more).toEqual([]);
        expect(hit?.missing).toEqual([[serial, serial]]);
        expect(number?.startsWith(hit?.series ?? '?')).toBe(true);
        await db.execute(
          sql`update "vouchers" set "number" = ${number} where "college_id" = ${collegeId}::uuid and "number" is null`,
        );
      }
    },
  ));

test('a statement stands under the groups of the chart, in Hindi where they have a Hindi name, and says when it is provisional', async () => {
  const world = await CollegeWorld.create(45);
  await post(world, 'receipt', '2026-05-10', [line('1200', 900_00n, 0n), line('4100', 0n, 900_00n)]);
  await post(world, 'contra', '2026-05-11', [line('1210', 100_00n, 0n), line('1200', 0n, 100_00n)]);
  await insertWorld(db, world);
  const dates = { from: '2026-04-01', to: '2026-06-30' };
  const shape = ({ rows }: ReportDocument) =>
    rows.map((row) => `${row.kind} ${row.depth} ${row.kind === 'line' ? row.cells.account : row.label}`);
  const english = await ask(db, world, 'trial_balance', dates);
  expect(shape(english)).toEqual([
    'heading 0 Assets',
    'heading 1 Current assets',
    'heading 2 Bank accounts',
    'line 3 Bank: current account',
    'line 3 Bank: fee collection account',
    'total 2 Total: Bank accounts',
    // A group of a single row has no total of its own.
    'total 0 Total: Assets',
    'heading 0 Income',
    'heading 1 Fees',
    'line 2 Tuition fees',
    'total 0 Total: Income',
    'total 0 Total',
  ]);
  expect(english).toMatchObject({ period: '1 April 2026 to 30 June 2026', notes: [] });
  await db.execute(sql`update "vouchers" set "version" = 0 where "college_id" = ${world.collegeId}::uuid`);
  const hindi = await ask(db, world, 'trial_balance', { ...dates, language: 'hi' });
  expect(shape(hindi).slice(0, 4)).toEqual([
    'heading 0 परिसंपत्तियाँ',
    'heading 1 चालू परिसंपत्तियाँ',
    'heading 2 बैंक खाते',
    'line 3 Bank: current account',
  ]);
  expect(hindi.notes).toEqual(['अनंतिम: इस डेस्क की 2 प्रविष्टियाँ सर्वर की प्रतीक्षा में हैं।']);
  expect((await ask(db, world, 'trial_balance', { from: '2026-04-01', to: '2026-05-09' })).notes).toEqual([]);
});
