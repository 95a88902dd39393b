import type { FileHandle } from 'node:fs/promises';
import type ExcelJS from 'exceljs';
import { formatDate, isIsoDate } from '../../../shared/kernel/dates.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { decimalText } from '../../../shared/kernel/money.ts';
import { moneyValue } from './money-value.ts';
import { throwIfStopped, writeWhole } from './output-file.ts';
import { DATE_FORMAT, dateValue, MONEY_FORMAT, TEXT_FORMAT, textValue, writeXlsx } from './xlsx-output.ts';

export type ColumnKind = 'text' | 'money' | 'date' | 'int';

export interface ListColumn {
  /** Of the value in each row: text is a string, money bigint paise, date an IsoDate, int a number or bigint; null or undefined is empty. */
  readonly key: string;
  readonly header: string;
  readonly kind: ColumnKind;
}

export interface ListExport {
  readonly columns: readonly ListColumn[];
  readonly rows: AsyncIterable<Readonly<Record<string, unknown>>>;
  readonly path: string;
  readonly format: 'xlsx' | 'csv';
  /** Becomes the name of the sheet. */
  readonly title: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

/** Rows of one sheet of the format, less the heading. */
const SHEET_ROWS_MAX = 1_048_575;
const PROGRESS_EVERY_ROWS = 500;

/**
 * Writes a list of any length to a file and answers with the number of its rows; the file appears only when it is whole.
 * Errors: EXPORT_FAILED, EXPORT_AMOUNT_TOO_LARGE and EXPORT_TOO_MANY_ROWS (both `.xlsx` only), CANCELLED.
 */
export async function writeList(list: ListExport): Promise<number> {
  let count = 0;
  await writeWhole(list.path, async (file) => {
    count = list.format === 'xlsx' ? await writeXlsxList(file, list) : await writeCsvList(file, list);
  });
  return count;
}

async function writeXlsxList(file: FileHandle, list: ListExport): Promise<number> {
  let count = 0;
  const widths = list.columns.map((column) => Math.max(WIDTHS[column.kind], Math.min(40, column.header.length + 4)));
  await writeXlsx(file, { name: list.title, widths, frozenRows: 1 }, list.signal, async (sheet, pace) => {
    const head = sheet.addRow(list.columns.map((column) => textValue(column.header)));
    head.font = { bold: true };
    head.commit();
    for await (const row of list.rows) {
      count += 1;
      if (count > SHEET_ROWS_MAX) throw new MunimError('EXPORT_TOO_MANY_ROWS', { limit: SHEET_ROWS_MAX });
      const line = sheet.addRow([]);
      list.columns.forEach((column, index) => {
        const value = cellValue(column, row[column.key]);
        if (value === null) return;
        const cell = line.getCell(index + 1);
        cell.value = value;
        const format = FORMATS[column.kind];
        if (format !== undefined) cell.numFmt = format;
      });
      line.commit();
      if (count % PROGRESS_EVERY_ROWS === 0) list.onProgress?.(count);
      await pace();
    }
  });
  list.onProgress?.(count);
  return count;
}

const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 24, money: 18, date: 12, int: 10 };
const FORMATS: Readonly<Record<ColumnKind, string | undefined>> = {
  text: TEXT_FORMAT,
  money: MONEY_FORMAT,
  date: DATE_FORMAT,
  int: undefined,
};

function cellValue({ key, kind }: ListColumn, value: unknown): ExcelJS.CellValue {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'money':
      return moneyValue(moneyOf(key, value));
    case 'date':
      return dateValue(dateOf(key, value));
    case 'int':
      return Number(intOf(key, value));
    case 'text':
      return textValue(textOf(key, value));
  }
}

async function writeCsvList(file: FileHandle, list: ListExport): Promise<number> {
  let count = 0;
  // Without the mark Excel reads the file in the PC's old code page and Hindi becomes noise.
  let waiting = `\ufeff${list.columns.map((column) => csvText(column.header)).join(',')}\r\n`;
  for await (const row of list.rows) {
    throwIfStopped(list.signal);
    count += 1;
    waiting += `${list.columns.map((column) => csvCell(column, row[column.key])).join(',')}\r\n`;
    if (count % PROGRESS_EVERY_ROWS !== 0) continue;
    list.onProgress?.(count);
    await file.writeFile(waiting);
    waiting = '';
  }
  await file.writeFile(waiting);
  throwIfStopped(list.signal);
  list.onProgress?.(count);
  return count;
}

function csvCell({ key, kind }: ListColumn, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (kind) {
    case 'money':
      return decimalText(moneyOf(key, value));
    case 'date':
      return formatDate(dateOf(key, value));
    case 'int':
      return intOf(key, value).toString();
    case 'text':
      return csvText(textOf(key, value));
  }
}

/** Programs that open CSV run a cell as a formula when it begins with one of these, full-width forms included (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;

/** A text cell of RFC 4180; one that could be run as a formula gets an apostrophe in front, which spreadsheets take as "this is text". */
export function csvText(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function moneyOf(key: string, value: unknown): bigint {
  if (typeof value !== 'bigint') throw new TypeError(`column ${key}: money is bigint paise`);
  return value;
}

function dateOf(key: string, value: unknown): string {
  if (typeof value !== 'string' || !isIsoDate(value)) throw new TypeError(`column ${key}: a date is YYYY-MM-DD`);
  return value;
}

function intOf(key: string, value: unknown): number | bigint {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return value as number | bigint;
  throw new TypeError(`column ${key}: not an integer`);
}

function textOf(key: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`column ${key}: not a text`);
  return value;
}
