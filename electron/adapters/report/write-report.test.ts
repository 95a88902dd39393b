import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportDocument, ReportRow, RowRange } from '../../../shared/domain/report/document.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { decimalText } from '../../../shared/kernel/money.ts';
import { anyLedger, anyStatement } from '../../../shared/testing/report-documents.ts';
import { codeOf, testFolder } from '../workbook/workbook.fixture.ts';
import { headOf, ledger, statement, writeAs } from './report.fixture.ts';

const { path, put } = testFolder();
const formats = ['xlsx', 'csv', 'pdf'] as const;
/** What spreadsheets run when a cell begins with it. */
const DANGEROUS = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', "=cmd|' /C calc'!A0", '＝1+1'];

async function sheetOf(document: ReportDocument): Promise<ExcelJS.Worksheet> {
  await writeAs('xlsx', document, path('sheet.xlsx'));
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path('sheet.xlsx'));
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe.each(formats)('a report as %s', (format) => {
  it('is refused when a total is not what its rows make', async () => {
    const document = statement(10);
    const last = document.rows.at(-1);
    if (last?.kind !== 'total') throw new Error('no total');
    const rows: ReportRow[] = [...document.rows.slice(0, -1), { ...last, cells: { ...last.cells, now: 5n } }];
    await expect(writeAs(format, { ...document, rows }, path(`wrong.${format}`))).rejects.toMatchObject({
      code: 'REPORT_TOTALS_DISAGREE',
      details: { label: 'Grand total', column: '2026-27 ₹', stated: '5', made: String(last.cells.now) },
    });
    expect([existsSync(path(`wrong.${format}`)), existsSync(path(`wrong.${format}.part`))]).toEqual([false, false]);
  });

  it('that is stopped half way leaves what was there before', async () => {
    for (const stopAt of [0, 500, 2_000]) {
      put(`stop.${format}`, 'the earlier report');
      const stop = new AbortController();
      if (stopAt === 0) stop.abort();
      const onProgress = (rows: number): void => (rows >= stopAt ? stop.abort() : undefined);
      const work = writeAs(format, ledger(3_000), path(`stop.${format}`), { signal: stop.signal, onProgress });
      expect(await codeOf(work)).toBe('CANCELLED');
      expect(readFileSync(path(`stop.${format}`), 'utf8')).toBe('the earlier report');
      expect(existsSync(path(`stop.${format}.part`))).toBe(false);
    }
  });

  it('tells how far it is, up to the last row', async () => {
    const told: number[] = [];
    const document = ledger(1_200);
    await writeAs(format, document, path(`told.${format}`), { onProgress: (rows) => told.push(rows) });
    expect(told).toEqual([500, 1_000, document.rows.length]);
  });

  it('into a folder that is not there says so', async () => {
    await expect(writeAs(format, statement(1), path(`no folder/x.${format}`))).rejects.toMatchObject({
      code: 'EXPORT_FAILED',
      details: { detail: 'ENOENT' },
    });
  });

  it.runIf(existsSync('/dev/full'))('onto a full disk says so and leaves nothing', async () => {
    symlinkSync('/dev/full', path(`full.${format}.part`));
    await expect(writeAs(format, ledger(2_000), path(`full.${format}`))).rejects.toMatchObject({
      code: 'EXPORT_FAILED',
      details: { detail: 'ENOSPC' },
    });
    expect([existsSync(path(`full.${format}`)), existsSync(path(`full.${format}.part`))]).toEqual([false, false]);
  });

  it('with a value of the wrong kind is a fault, not a wrong file', async () => {
    const rows: ReportRow[] = [{ kind: 'line', depth: 0, cells: { day: '05-04-2026' } }];
    const document = { ...headOf('en', [{ key: 'day', header: 'Day', kind: 'date' }]), rows };
    await expect(writeAs(format, document, path(`kind.${format}`))).rejects.toThrow(/day: a date is YYYY-MM-DD/);
    expect(existsSync(path(`kind.${format}`))).toBe(false);
  });

  it('of no rows is written', async () => {
    await writeAs(format, { ...statement(1), rows: [] }, path(`empty.${format}`));
    expect(readFileSync(path(`empty.${format}`)).length).toBeGreaterThan(10);
  });
});

describe('a report as CSV', () => {
  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyStatement, anyLedger), async (document) => {
        await writeAs('csv', document, path('any.csv'));
        const [head, ...lines] = parse(readFileSync(path('any.csv')), { bom: true }) as string[][];
        expect(head).toEqual(
          document.columns.map(({ header, kind }) => (kind === 'balance' ? `${header} (+ Dr, - Cr)` : header)),
        );
        expect(lines).toEqual(
          document.rows.map((row) => document.columns.map(({ key, kind }) => plain(row, key, kind))),
        );
      }),
    );
  });

  it('says whose books these are by its name alone, and begins with a byte order mark', async () => {
    await writeAs('csv', statement(1, 'hi'), path('hindi.csv'));
    expect(readFileSync(path('hindi.csv'), 'utf8').split('\r\n')[0]).toBe('\ufeffकोड,विवरण,2026-27 ₹,2025-26 ₹');
  });
});

function plain(row: ReportRow, key: string, kind: string): string {
  const cell =
    row.kind !== 'line' && key === 'name' ? row.label : row.kind === 'heading' ? null : (row.cells[key] ?? null);
  if (cell === null) return '';
  if (typeof cell === 'bigint') return decimalText(cell);
  if (kind === 'date') return formatDate(String(cell));
  return /^[=+\-@\t\r\n]/.test(String(cell)) ? `'${cell}` : String(cell);
}

describe('a report as a workbook', () => {
  it('is laid out for A4, with its title above and its headings on every page', async () => {
    const document = ledger(20);
    const sheet = await sheetOf(document);
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '7:7',
    });
    expect(sheet.headerFooter.oddFooter).toBe('&L&8Printed on 05-04-2027 16:30 by Asha Patil&R&8Page &P of &N');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 7 });
    expect([1, 2, 3, 4, 5].map((row) => sheet.getCell(row, 1).text)).toEqual([
      document.collegeName,
      document.collegeAddress,
      document.title,
      document.period,
      ...document.notes,
    ]);
    expect(sheet.getRow(7).values).toHaveLength(document.columns.length + 1);
    const upright = await sheetOf(statement(20));
    expect(upright.pageSetup.orientation).toBe('portrait');
    const foot = upright.lastRow;
    expect(document.signatures.every((office) => JSON.stringify(foot?.values).includes(office))).toBe(true);
  });

  it('adds neighbouring ranges as one, and none twice or too few where they meet or overlap', async () => {
    const lines: ReportRow[] = Array.from({ length: 6 }, () => ({ kind: 'line', depth: 0, cells: { now: 1n } }));
    const formulaOf = async (adds: readonly RowRange[], now: bigint): Promise<string> => {
      const total: ReportRow = { kind: 'total', depth: 0, label: '', cells: { now }, adds };
      const columns = [{ key: 'now', header: 'Now', kind: 'money' }] as const;
      return (await sheetOf({ ...headOf('en', columns), rows: [...lines, total] })).getCell('A14').formula;
    };
    expect(
      await formulaOf(
        [
          [0, 0],
          [1, 3],
          [5, 5],
        ],
        5n,
      ),
    ).toBe('SUM(A8:A11,A13)');
    expect(
      await formulaOf(
        [
          [0, 2],
          [2, 3],
        ],
        5n,
      ),
    ).toBe('SUM(A8:A10,A10:A11)');
  });

  it('takes the running balance from the line before', async () => {
    const sheet = await sheetOf(ledger(3));
    expect([sheet.getCell('H8').formula, sheet.getCell('H9').formula]).toEqual([undefined, 'ROUND(H8+F9-G9,2)']);
    expect([sheet.getCell('F12').formula, sheet.getCell('H12').formula]).toEqual(['SUM(F8:F11)', 'H11']);
  });

  it('groups by lakh and crore and marks debit and credit, for amounts of either sign', async () => {
    const sheet = await sheetOf(ledger(3));
    expect(sheet.getCell('H9').numFmt).toBe('##,##0.00" Dr";##,##0.00" Cr";0.00');
    const rules = (
      sheet as unknown as {
        conditionalFormattings: {
          ref: string;
          rules: { formulae: string[]; style: { numFmt: { formatCode: string } } }[];
        }[];
      }
    ).conditionalFormattings;
    const balance = rules
      .find(({ ref }) => ref === 'H8:H12')
      ?.rules.map(({ formulae, style }) => [formulae[0], style.numFmt.formatCode.replaceAll('\\', '')]);
    expect(balance).toEqual([
      ['ABS(H8)>=1000000000', '##,##,##,##,##0.00" Dr";##,##,##,##,##0.00" Cr"'],
      ['ABS(H8)>=10000000', '##,##,##,##0.00" Dr";##,##,##,##0.00" Cr"'],
      ['ABS(H8)>=100000', '##,##,##0.00" Dr";##,##,##0.00" Cr"'],
    ]);
  });

  it('runs no text as a formula, in cells, labels, headings or the foot', async () => {
    const rows = DANGEROUS.flatMap((text): ReportRow[] => [
      { kind: 'heading', depth: 0, label: text },
      { kind: 'line', depth: 0, cells: { name: text } },
    ]);
    const columns = [{ key: 'name', header: '=1+1', kind: 'text' }] as const;
    await writeAs('xlsx', { ...headOf('en', columns), collegeName: '=1+1', title: '@A1', rows }, path('formula.xlsx'), {
      printed: { at: 0, by: 'A & B' },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path('formula.xlsx'));
    const sheet = book.worksheets[0];
    sheet?.eachRow((row) => row.eachCell((cell) => expect(cell.type, cell.address).toBe(ExcelJS.ValueType.RichText)));
    expect(sheet?.headerFooter.oddFooter).toContain('by A && B&R');
  });

  it('adds more parts than a function takes, and has the figure itself where no formula holds them', async () => {
    for (const [count, held] of [
      [600, true],
      [3_000, false],
    ] as const) {
      const rows: ReportRow[] = Array.from({ length: 2 * count }, () => ({
        kind: 'line',
        depth: 0,
        cells: { now: 1n },
      }));
      const adds = Array.from({ length: count }, (_none, index) => [2 * index, 2 * index] as const);
      rows.push({ kind: 'total', depth: 0, label: 'Every second', cells: { now: BigInt(count) }, adds });
      const sheet = await sheetOf({ ...headOf('en', [{ key: 'now', header: 'Now', kind: 'money' }]), rows });
      const cell = sheet.getCell(7 + rows.length, 1);
      const formula = cell.formula ?? '';
      if (!held) {
        expect(cell.value).toBe(count / 100);
        continue;
      }
      expect(formula.length).toBeLessThan(8_192);
      expect(formula).toMatch(/^SUM\(SUM\(A8,A10,/);
      for (const part of formula.match(/SUM\([^()]*\)/g) ?? []) expect(part.split(',').length).toBeLessThan(255);
    }
  });
});
