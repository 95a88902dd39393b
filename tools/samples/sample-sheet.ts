import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { decimalText } from '../../shared/kernel/money.ts';

/** A cell of a sample: text, exact rupees, a day, a plain number, or something that only workbooks have. */
export type SampleCell =
  | null
  | string
  | { readonly paise: bigint }
  | { readonly day: string }
  | { readonly number: number; readonly format?: string }
  | { readonly formula: string; readonly paise?: bigint; readonly error?: '#DIV/0!' | '#REF!' | '#N/A' };

export interface SampleSheet {
  readonly name: string;
  readonly rows: readonly (readonly SampleCell[])[];
  readonly widths?: readonly number[];
  /** Ranges such as `A1:J1`. */
  readonly merges?: readonly string[];
  readonly boldRows?: readonly number[];
}

/** Every workbook says it was made at this moment, so that a new one differs only where its rows do. */
const MADE_AT = new Date('2026-04-01T00:00:00Z');

export async function writeSampleWorkbook(path: string, sheets: readonly SampleSheet[]): Promise<void> {
  const file = createWriteStream(path);
  await once(file, 'open');
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: true,
    zip: { zlib: { level: 9 } },
  });
  book.creator = 'Munim samples';
  book.created = MADE_AT;
  book.modified = MADE_AT;
  for (const sheet of sheets) await writeSheet(book, sheet);
  await book.commit();
}

async function writeSheet(book: ExcelJS.stream.xlsx.WorkbookWriter, sample: SampleSheet): Promise<void> {
  const sheet = book.addWorksheet(sample.name);
  sheet.columns = (sample.widths ?? []).map((width) => ({ width }));
  let ahead = 0;
  for (const [index, cells] of sample.rows.entries()) {
    const row = sheet.getRow(index + 1);
    cells.forEach((cell, column) => {
      if (cell !== null) setCell(row.getCell(column + 1), cell);
    });
    if (sample.boldRows?.includes(index + 1)) row.font = { bold: true };
    // Merged ranges lie in the first rows, which therefore stay open until all of them are there.
    if (index + 1 <= MERGED_WITHIN_ROWS && sample.merges !== undefined) continue;
    if (ahead === 0) for (const range of sample.merges ?? []) sheet.mergeCells(range);
    ahead += 1;
    row.commit();
    if (ahead % 500 === 0) await setImmediate();
  }
  sheet.commit();
}
const MERGED_WITHIN_ROWS = 8;

function setCell(target: ExcelJS.Cell, cell: Exclude<SampleCell, null>): void {
  if (typeof cell === 'string') target.value = cell;
  else if ('day' in cell) {
    target.value = new Date(`${cell.day}T00:00:00Z`);
    target.numFmt = 'dd-mm-yyyy';
  } else if ('formula' in cell) target.value = formulaValue(cell);
  else if ('number' in cell) {
    target.value = cell.number;
    if (cell.format !== undefined) target.numFmt = cell.format;
  } else {
    target.value = Number(decimalText(cell.paise));
    target.numFmt = '#,##0.00';
  }
}

function formulaValue(cell: Extract<SampleCell, { readonly formula: string }>): ExcelJS.CellFormulaValue {
  if (cell.error !== undefined) return { formula: cell.formula, result: { error: cell.error } };
  if (cell.paise !== undefined) return { formula: cell.formula, result: Number(decimalText(cell.paise)) };
  return { formula: cell.formula };
}
