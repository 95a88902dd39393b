import { pbkdf2 } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '../../../shared/kernel/money.ts';
import { ZipParts } from './read-zip.ts';
import { codeOf, readAll, testFolder } from './workbook.fixture.ts';
import { defaultLimits } from './workbook-limits.ts';
import { csvText, type ListColumn, type ListExport, writeList } from './write-workbook.ts';
import { sheetName } from './xlsx-output.ts';

const { path, put } = testFolder();
const pbkdf = promisify(pbkdf2);
const columns: readonly ListColumn[] = [
  { key: 'vendor', header: 'Vendor', kind: 'text' },
  { key: 'total', header: 'Total', kind: 'money' },
  { key: 'billDate', header: 'Bill date', kind: 'date' },
  { key: 'count', header: 'Count', kind: 'int' },
];
type Row = Readonly<Record<string, unknown>>;
async function* stream(rows: Iterable<Row>): AsyncGenerator<Row, void> {
  yield* rows;
}
const write = (name: string, format: 'xlsx' | 'csv', rows: Iterable<Row>, more: Partial<ListExport> = {}) =>
  writeList({ columns, rows: stream(rows), path: path(name), format, title: 'Expenses', ...more });
const row = { vendor: 'श्री गणेश', total: 1_25_000_50n, billDate: '2026-04-05', count: 3 };
/** What spreadsheets run when a cell begins with it. */
const DANGEROUS = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "=cmd|' /C calc'!A0", '＝1+1'];

async function sheetOf(name: string) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path(name));
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe('a list as a workbook', () => {
  it('has real amounts and days in Indian dress, a frozen heading and a filter', async () => {
    expect(await write('list.xlsx', 'xlsx', [row, { vendor: null }])).toBe(2);
    const sheet = await sheetOf('list.xlsx');
    expect(sheet.name).toBe('Expenses');
    expect(sheet.getCell('B2').value).toBe(125_000.5);
    // exceljs takes the backslashes off while it reads, so the file itself is looked at.
    const parts = await ZipParts.open(path('list.xlsx'), defaultLimits);
    const styles = (await parts.head('xl/styles.xml', 100_000)).toString();
    parts.close();
    expect(styles).toContain('"[&gt;=10000000]##\\,##\\,##\\,##0.00;[&gt;=100000]##\\,##\\,##0.00;##,##0.00"');
    expect(sheet.getCell('C2').value).toEqual(new Date('2026-04-05T00:00:00Z'));
    expect(sheet.getCell('C2').numFmt).toBe('dd-mm-yyyy');
    expect(sheet.getCell('D2').value).toBe(3);
    expect(sheet.getCell('A2').text).toBe('श्री गणेश');
    expect(sheet.getCell('A3').value).toBeNull();
    expect(sheet.getRow(1).font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:D1');
    expect(sheet.getColumn(1).width).toBe(24);
  });

  it('keeps every amount to the paisa', async () => {
    const amounts = fc.sample(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), 2_000);
    await write(
      'money.xlsx',
      'xlsx',
      amounts.map((total) => ({ total })),
    );
    const read = await readAll(path('money.xlsx'));
    const plain = (total: bigint): string => (total === 0n ? '0' : decimalText(total).replace(/\.?0+$/, ''));
    expect(read.slice(1).map(({ cells }) => cells[1]?.text)).toEqual(amounts.map(plain));
  });

  it('refuses an amount that it could not keep exactly, and leaves nothing behind', async () => {
    expect(await codeOf(write('large.xlsx', 'xlsx', [row, { total: 10n ** 15n }]))).toBe('EXPORT_AMOUNT_TOO_LARGE');
    expect([existsSync(path('large.xlsx')), existsSync(path('large.xlsx.part'))]).toEqual([false, false]);
    expect(await write('large.csv', 'csv', [{ total: 10n ** 15n }])).toBe(1);
    expect(readFileSync(path('large.csv'), 'utf8')).toContain(',10000000000000.00,');
  });

  it('holds no formula, whatever a text begins with', async () => {
    await write(
      'formula.xlsx',
      'xlsx',
      DANGEROUS.map((vendor) => ({ vendor })),
    );
    const sheet = await sheetOf('formula.xlsx');
    DANGEROUS.forEach((vendor, index) => {
      const cell = sheet.getCell(index + 2, 1);
      expect(cell.type).toBe(ExcelJS.ValueType.RichText);
      expect(cell.text.trim()).toBe(vendor.trim());
      // Format Text keeps it a text when somebody opens the cell and presses Enter.
      expect(cell.numFmt).toBe('@');
    });
    const read = await readAll(path('formula.xlsx'));
    expect(read.some(({ cells }) => cells.some((cell) => cell.formula === true))).toBe(false);
  });

  it('takes a text longer than a cell, and one with broken letters', async () => {
    await write('long.xlsx', 'xlsx', [{ vendor: 'x'.repeat(40_000) }, { vendor: 'a\ud800b\u0001c' }]);
    const read = await readAll(path('long.xlsx'));
    expect(read[1]?.cells[0]?.text).toBe(`${'x'.repeat(32_766)}…`);
    expect(read[2]?.cells[0]?.text).toBe('a\ufffdbc');
  });

  it('of 60,000 rows passes through in little memory', async () => {
    function* many(): Generator<Row, void> {
      for (let count = 0; count < 60_000; count += 1)
        yield { ...row, vendor: `Vendor ${count} of a list that is long`, count };
    }
    let peak = 0;
    const before = process.memoryUsage().rss;
    await write('many.xlsx', 'xlsx', many(), { onProgress: () => (peak = Math.max(peak, process.memoryUsage().rss)) });
    // Kept as objects the rows take some 400 MiB in exceljs.
    expect(peak - before).toBeLessThan(200 * 1024 * 1024);
    expect((await readAll(path('many.xlsx'))).length).toBe(60_001);
  });
});

describe('a list as CSV', () => {
  it('is RFC 4180 with a byte order mark, plain decimals and Indian dates', async () => {
    expect(
      await write('list.csv', 'csv', [
        { ...row, vendor: 'Om "Sai", Pune\nIndia' },
        { vendor: ' x', total: -5n },
      ]),
    ).toBe(2);
    expect(readFileSync(path('list.csv'), 'utf8')).toBe(
      '\ufeffVendor,Total,Bill date,Count\r\n"Om ""Sai"", Pune\nIndia",125000.50,05-04-2026,3\r\n" x",-0.05,,\r\n',
    );
  });

  it('disarms a text that could be run as a formula', async () => {
    await write(
      'formula.csv',
      'csv',
      DANGEROUS.map((vendor) => ({ vendor })),
    );
    const read = await readAll(path('formula.csv'));
    expect(read.slice(1).map(({ cells }) => cells[0]?.text)).toEqual(DANGEROUS.map((vendor) => `'${vendor}`));
  });

  it('comes back as it was written, whatever the texts are', async () => {
    const texts = fc
      .sample(fc.string({ unit: fc.constantFrom(...'ab",;\n\r\t\'श्री =+-@') }), 500)
      .filter((text) => /\S/.test(text));
    await write(
      'texts.csv',
      'csv',
      texts.map((vendor) => ({ vendor, count: 1 })),
    );
    const read = await readAll(path('texts.csv'));
    const written = texts.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text));
    expect(read.slice(1).map(({ cells }) => cells[0]?.text)).toEqual(written);
    expect(csvText('plain')).toBe('plain');
  });
});

describe.each(['xlsx', 'csv'] as const)('a list as %s', (format) => {
  it('that is stopped half way leaves what was there before', async () => {
    put(`stop.${format}`, 'the earlier export');
    // Many stops, at many rows, while the threads that work on files are busy: the first bytes are still under way at some of them.
    for (let stopAt = 400; stopAt <= 1_200; stopAt += 20) {
      const stop = new AbortController();
      function* endless(): Generator<Row, void> {
        for (let count = 0; ; count += 1) {
          if (count === stopAt) stop.abort();
          yield row;
        }
      }
      const busy = Promise.all(Array.from({ length: 8 }, () => pbkdf('x', 'y', 2_000 + stopAt * 10, 32, 'sha256')));
      expect(await codeOf(write(`stop.${format}`, format, endless(), { signal: stop.signal }))).toBe('CANCELLED');
      await busy;
      await setTimeout(2);
      expect(readFileSync(path(`stop.${format}`), 'utf8')).toBe('the earlier export');
      expect(existsSync(path(`stop.${format}.part`)), `stopped at row ${stopAt}`).toBe(false);
    }
  });

  it('whose rows fail half way leaves nothing', async () => {
    async function* failing(): AsyncGenerator<Row, void> {
      yield row;
      throw new Error('the books are gone');
    }
    await expect(write(`fail.${format}`, format, [], { rows: failing() })).rejects.toThrow('the books are gone');
    expect([existsSync(path(`fail.${format}`)), existsSync(path(`fail.${format}.part`))]).toEqual([false, false]);
  });

  it('into a folder that is not there says so', async () => {
    await expect(write(`no folder/x.${format}`, format, [row])).rejects.toMatchObject({
      code: 'EXPORT_FAILED',
      details: { detail: 'ENOENT' },
    });
  });

  it.runIf(existsSync('/dev/full'))('onto a full disk says so and leaves nothing', async () => {
    symlinkSync('/dev/full', path(`full.${format}.part`));
    await expect(
      write(
        `full.${format}`,
        format,
        Array.from({ length: 5_000 }, () => row),
      ),
    ).rejects.toMatchObject({
      code: 'EXPORT_FAILED',
      details: { detail: 'ENOSPC' },
    });
    expect([existsSync(path(`full.${format}`)), existsSync(path(`full.${format}.part`))]).toEqual([false, false]);
  });

  it('with a value of the wrong kind is a fault, not a wrong file', async () => {
    await expect(write(`kind.${format}`, format, [{ total: 5 }])).rejects.toThrow(/total: money is bigint paise/);
    await expect(write(`kind.${format}`, format, [{ billDate: '05-04-2026' }])).rejects.toThrow(/billDate/);
  });
});

describe('the name of a sheet', () => {
  it.each([
    ['Expenses: 2026/27 [all]', 'Expenses 2026 27 all'],
    ['x'.repeat(40), 'x'.repeat(31)],
    ["'quoted'", 'quoted'],
    ['???', 'Munim'],
    ['History', 'Munim'],
    ['व्यय', 'व्यय'],
  ])('%s becomes %s', (title, name) => {
    expect(sheetName(title)).toBe(name);
  });
});
