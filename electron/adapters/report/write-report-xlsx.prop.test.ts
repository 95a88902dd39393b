import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAmount, labelColumn, type ReportDocument } from '../../../shared/domain/report/document.ts';
import { anyLedger, anyStatement } from '../../../shared/testing/report-documents.ts';
import { testFolder } from '../workbook/workbook.fixture.ts';
import { writeAs } from './report.fixture.ts';

const { path } = testFolder();

/** What a spreadsheet makes of a cell, in paise: formulas of SUM, ROUND, plus and minus, over what they name and not over kept results. */
function evaluate(sheet: ExcelJS.Worksheet, address: string, known: Map<string, bigint>): bigint {
  const found = known.get(address);
  if (found !== undefined) return found;
  const { value, formula } = sheet.getCell(address);
  const made = formula ? calculate(sheet, formula, known) : typeof value === 'number' ? paise(value) : 0n;
  known.set(address, made);
  return made;
}

const paise = (rupees: number): bigint => BigInt(Math.round(rupees * 100));

function calculate(sheet: ExcelJS.Worksheet, formula: string, known: Map<string, bigint>): bigint {
  const tokens = formula.match(/[A-Z]+\d+|[A-Z]+|\d+|[(),:+-]/g) ?? [];
  expect(tokens.join('')).toBe(formula);
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const sum = (): bigint => {
    let total = term();
    while (tokens[at] === '+' || tokens[at] === '-') total += take() === '+' ? term() : -term();
    return total;
  };
  const term = (): bigint => {
    const token = take();
    if (/^\d+$/.test(token)) return BigInt(token) * 100n;
    if (/^[A-Z]+\d+$/.test(token)) return tokens[at] === ':' ? range(token) : evaluate(sheet, token, known);
    expect(['SUM', 'ROUND']).toContain(token);
    expect(take()).toBe('(');
    const parts = [sum()];
    while (take() === ',') parts.push(sum());
    // The figures are whole paise, so rounding to the paisa changes nothing.
    return token === 'ROUND' ? (parts[0] ?? 0n) : parts.reduce((total, part) => total + part, 0n);
  };
  const range = (first: string): bigint => {
    take();
    const letter = first.replace(/\d/g, '');
    const [from, to] = [first, take()].map((cell) => Number(cell.replace(/\D/g, '')));
    let total = 0n;
    for (let row = from ?? 0; row <= (to ?? 0); row += 1) total += evaluate(sheet, `${letter}${row}`, known);
    return total;
  };
  return sum();
}

async function sheetOf(document: ReportDocument): Promise<{ sheet: ExcelJS.Worksheet; first: number }> {
  await writeAs('xlsx', document, path('any.xlsx'));
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path('any.xlsx'));
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  return { sheet, first: Number(sheet.pageSetup.printTitlesRow?.split(':')[0]) + 1 };
}

it('a workbook makes every figure of its report again, by formulas wherever the report says what it is made of', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyStatement, anyLedger), async (document) => {
      const { sheet, first } = await sheetOf(document);
      const known = new Map<string, bigint>();
      for (const [index, row] of document.rows.entries()) {
        for (const [at, column] of document.columns.entries()) {
          const cell = sheet.getCell(first + index, at + 1);
          if (row.kind !== 'line' && column === labelColumn(document.columns)) expect(cell.text).toBe(row.label);
          const wanted = row.kind === 'heading' ? null : (row.cells[column.key] ?? null);
          if (!isAmount(column)) continue;
          if (typeof wanted !== 'bigint') {
            expect(cell.value).toBeNull();
            continue;
          }
          expect(evaluate(sheet, cell.address, known)).toBe(wanted);
          const moved =
            column.key === document.running?.balance &&
            row.kind === 'line' &&
            (typeof row.cells.debit === 'bigint' || typeof row.cells.credit === 'bigint');
          expect(cell.formula !== undefined, `${cell.address} is a formula`).toBe(row.kind === 'total' || moved);
          if (cell.formula !== undefined) expect(paise(Number(cell.result))).toBe(wanted);
        }
      }
    }),
    { numRuns: 60 },
  );
});
