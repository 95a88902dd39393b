import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { RawCell } from '../../../shared/domain/import/raw-cell.ts';
import { type RefusedRow, writeRefusedRows } from './annotate.ts';
import { codeOf, readAll, testFolder } from './workbook.fixture.ts';

const { path } = testFolder();
const headings = ['Bill Date', 'Vendor', 'Amount', 'Paid'];
const cells: readonly RawCell[] = [
  { kind: 'date', text: '2026-04-05' },
  { kind: 'text', text: '=cmd()' },
  { kind: 'number', text: '-12.5', formula: true },
  { kind: 'boolean', text: 'TRUE' },
];
const refused: readonly RefusedRow[] = [
  {
    cells,
    reasons: [
      { column: 2, text: 'Total: The amount is -12.50.' },
      { column: 2, text: 'Total: second reason' },
      { column: null, text: 'Category: This is empty; it is needed.' },
    ],
  },
  {
    cells: [{ kind: 'text', text: '31/02/2026' }],
    reasons: [
      { column: 0, text: 'Bill date: not a date' },
      { column: 3, text: 'Paid: empty' },
    ],
  },
  {
    cells: [
      { kind: 'error', text: '#DIV/0!' },
      { kind: 'formula', text: '' },
      { kind: 'number', text: '12345678901234567890' },
    ],
    reasons: [],
  },
];
async function* stream(rows: Iterable<RefusedRow>): AsyncGenerator<RefusedRow, void> {
  yield* rows;
}
const write = (
  name: string,
  rows: Iterable<RefusedRow>,
  more: { readonly notesMax?: number; readonly signal?: AbortSignal } = {},
) =>
  writeRefusedRows({
    path: path(name),
    sheetName: 'Refused',
    headings,
    reasonHeading: 'Reason',
    rows: stream(rows),
    ...more,
  });
async function sheetOf(name: string) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path(name));
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}
const noteOf = (cell: ExcelJS.Cell): string | undefined => {
  const { note } = cell;
  return typeof note === 'object' ? note.texts?.map(({ text }) => text).join('') : note;
};
const isFilled = (cell: ExcelJS.Cell): boolean => cell.fill?.type === 'pattern' && cell.fill.pattern === 'solid';

describe('the workbook of refused rows', () => {
  it('has the rows as they were, in their columns', async () => {
    expect(await write('rows.xlsx', refused)).toBe(3);
    const read = await readAll(path('rows.xlsx'));
    expect(read[0]?.cells.map(({ text }) => text)).toEqual([...headings, 'Reason']);
    expect(read[1]?.cells.slice(0, 4)).toEqual([cells[0], cells[1], { kind: 'number', text: '-12.5' }, cells[3]]);
    expect(read[2]?.cells[0]).toEqual({ kind: 'text', text: '31/02/2026' });
    // What a number cell cannot hold exactly goes in as text, and so does a failed formula.
    expect(read[3]?.cells.slice(0, 3)).toEqual([
      { kind: 'text', text: '#DIV/0!' },
      { kind: 'empty', text: '' },
      { kind: 'text', text: '12345678901234567890' },
    ]);
  });

  it('marks the cells to blame with a fill and a comment, and gives all reasons in the last column', async () => {
    await write('marks.xlsx', refused);
    const sheet = await sheetOf('marks.xlsx');
    expect(noteOf(sheet.getCell('C2'))).toBe('Total: The amount is -12.50.\nTotal: second reason');
    expect(noteOf(sheet.getCell('D3'))).toBe('Paid: empty');
    expect(noteOf(sheet.getCell('A2'))).toBeUndefined();
    expect(['A2', 'B2', 'C2', 'D2', 'A3', 'D3'].map((address) => isFilled(sheet.getCell(address)))).toEqual([
      false,
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(sheet.getCell('E2').text).toBe(
      'Total: The amount is -12.50.\nTotal: second reason\nCategory: This is empty; it is needed.',
    );
    expect(sheet.getCell('A2').numFmt).toBe('dd-mm-yyyy');
  });

  it('stops commenting after so many cells, never giving reasons', async () => {
    await write('notes.xlsx', refused, { notesMax: 1 });
    const sheet = await sheetOf('notes.xlsx');
    expect(noteOf(sheet.getCell('C2'))).toBeDefined();
    expect(noteOf(sheet.getCell('A3'))).toBeUndefined();
    expect(isFilled(sheet.getCell('A3'))).toBe(true);
    expect(sheet.getCell('E3').text).toBe('Bill date: not a date\nPaid: empty');
  });

  it('can be stopped', async () => {
    function* endless(): Generator<RefusedRow, void> {
      for (;;) yield { cells, reasons: [] };
    }
    expect(await codeOf(write('stop.xlsx', endless(), { signal: AbortSignal.abort() }))).toBe('CANCELLED');
  });
});
