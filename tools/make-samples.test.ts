import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { againstBooks } from '../shared/domain/import/validate-row.ts';
import { sumPaise } from '../shared/kernel/money.ts';
import { makeSamples, sampleFiles } from './make-samples.ts';
import { cleanBills } from './samples/clean-book.ts';
import {
  BILLS_SHEET,
  dirtyBook,
  HINDI_SHEET,
  type KnownRow,
  MIXED_DATES_SHEET,
  NOTES_SHEET,
  REGISTER_ROWS,
  REGISTER_SHEET,
} from './samples/dirty-book.ts';
import { type Fate, goodRows, readExpenses, withWorkbook } from './testing/read-expenses.ts';

const shipped = join(import.meta.dirname, '..', 'resources', 'samples');
let made = '';
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'munim samples '));
  await makeSamples(made);
});
afterAll(() => rm(made, { recursive: true, force: true }));

const readSheet = async (name: string, sheet: string) => {
  const read = await withWorkbook(join(shipped, name), (book) => readExpenses(book, sheet));
  if (read === undefined) throw new Error(`no headings in ${sheet}`);
  return read;
};

/** Everything in a workbook as one list of texts. */
const contentOf = (path: string): Promise<readonly string[]> =>
  withWorkbook(path, async (book) => {
    const content: string[] = [];
    for (const { name, hidden } of book.sheets) {
      content.push(`${name} ${hidden}`);
      for await (const row of book.rows(name)) content.push(JSON.stringify(row));
    }
    return content;
  });

describe('the sample files', () => {
  const { clean, dirty, vouchers, openings, budgets, accounts } = sampleFiles;
  it.each([clean, dirty, vouchers, openings, budgets, accounts])('%s holds what the tool makes', async (name) => {
    const [ours, fresh] = [await contentOf(join(shipped, name)), await contentOf(join(made, name))];
    expect(ours.length).toBe(fresh.length);
    expect(ours.findIndex((line, index) => line !== fresh[index])).toBe(-1);
  });

  it.each([sampleFiles.csv, sampleFiles.readme])('%s is what the tool makes', async (name) => {
    expect(await readFile(join(shipped, name), 'utf8')).toBe(await readFile(join(made, name), 'utf8'));
  });

  it('stay small', async () => {
    expect((await stat(join(shipped, sampleFiles.dirty))).size).toBeLessThan(6 * 1024 * 1024);
  });
});

describe('the clean sample', () => {
  it('is 2,000 good rows to the paisa, and nothing new the second time', async () => {
    const { fates } = await readSheet(sampleFiles.clean, 'Expenses 2025-26');
    const good = goodRows(fates);
    expect(fates.size).toBe(2_000);
    expect(good.length).toBe(2_000);
    expect(
      sumPaise(
        good.map(({ row: { fields } }) => fields.taxablePaise + fields.cgstPaise + fields.sgstPaise + fields.igstPaise),
      ),
    ).toBe(sumPaise(cleanBills().map((bill) => bill.total)));
    expect(good[0]?.row.fields.category).toBe(cleanBills()[0]?.category);
    const known = new Set(good.map(({ row }) => row.importKey));
    expect(known.size).toBe(2_000);
    const again = goodRows((await readSheet(sampleFiles.clean, 'Expenses 2025-26')).fates);
    expect(again.filter((row) => againstBooks(row, known, undefined) === 'new')).toEqual([]);
  });

  it('and its first quarter as CSV are the same bills', async () => {
    const known = new Set(
      goodRows((await readSheet(sampleFiles.clean, 'Expenses 2025-26')).fates).map(({ row }) => row.importKey),
    );
    const { fates } = await readSheet(sampleFiles.csv, 'CSV');
    const quarter = goodRows(fates);
    expect(quarter.length).toBe(cleanBills().filter((bill) => bill.date <= '2025-06-30').length);
    expect(quarter.filter((row) => againstBooks(row, known, undefined) !== 'known')).toEqual([]);
  });
});

describe('the dirty sample', () => {
  const { known } = dirtyBook();
  const ofSheet = (sheet: string): readonly KnownRow[] => known.filter((row) => row.sheet === sheet);

  it('has at least 25 kinds of mistakes that are refused, and as many that are forgiven', () => {
    expect(
      new Set(known.filter(({ expect: fate }) => 'refused' in fate).map(({ kind }) => kind)).size,
    ).toBeGreaterThanOrEqual(25);
    expect(
      new Set(known.filter(({ expect: fate }) => 'taken' in fate).map(({ kind }) => kind)).size,
    ).toBeGreaterThanOrEqual(25);
  });

  it.each([BILLS_SHEET, MIXED_DATES_SHEET, HINDI_SHEET])(
    'sheet %s: every row has the fate it is documented with',
    async (sheet) => {
      const { fates } = await readSheet(sampleFiles.dirty, sheet);
      const rows = ofSheet(sheet);
      expect(rows.map((row) => [row.kind, fateOf(fates.get(row.row), row)])).toEqual(
        rows.map((row) => [row.kind, row.expect]),
      );
      expect(fates.size).toBe(rows.length);
    },
  );

  it('reads the sheet of 100,000 rows to its end', async () => {
    const { fates } = await readSheet(sampleFiles.dirty, REGISTER_SHEET);
    const refused = ofSheet(REGISTER_SHEET);
    expect(fates.size).toBe(REGISTER_ROWS);
    expect(goodRows(fates).length).toBe(REGISTER_ROWS - refused.length);
    for (const row of refused) expect(fateOf(fates.get(row.row), row)).toEqual(row.expect);
  });

  it('finds no headings in a sheet that is no list', async () => {
    const read = await withWorkbook(join(shipped, sampleFiles.dirty), (book) => readExpenses(book, NOTES_SHEET));
    expect(read).toBeUndefined();
  });
});

/** What became of a row, in the words of its expectation: only the values that were expected are compared. */
function fateOf(fate: Fate | undefined, { expect: wanted }: KnownRow): unknown {
  if (fate === undefined) return 'missing';
  if ('skipped' in fate) return fate;
  if (!fate.ok) return fate.error.length === 1 ? { refused: fate.error[0]?.code } : { refused: fate.error };
  const { row } = fate.value;
  const { taxablePaise, cgstPaise, sgstPaise, igstPaise, billDate, category } = row.fields;
  const all = {
    totalPaise: taxablePaise + cgstPaise + sgstPaise + igstPaise,
    billDate,
    vendorName: row.vendorName,
    vendorGstin: row.vendorGstin,
    category,
  };
  const names = 'taken' in wanted ? Object.keys(wanted.taken) : Object.keys(all);
  return { taken: Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) };
}
