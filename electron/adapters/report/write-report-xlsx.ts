import type { FileHandle } from 'node:fs/promises';
import type ExcelJS from 'exceljs';
import {
  amountCell,
  dateCell,
  integerCell,
  isAmount,
  labelColumn,
  type ReportCell,
  type ReportColumn,
  type ReportDocument,
  type ReportRow,
  textCell,
} from '../../../shared/domain/report/document.ts';
import { type ReportLanguage, reportWords } from '../../../shared/domain/report/file-words.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { ReportOrder } from '../../../shared/ports/reports.ts';
import { moneyValue } from '../workbook/money-value.ts';
import {
  DATE_FORMAT,
  dateValue,
  footText,
  MONEY_FORMAT,
  type SheetWriter,
  TEXT_FORMAT,
  textValue,
  writeXlsx,
} from '../workbook/xlsx-output.ts';
import { pacer } from './pacer.ts';
import { printedLine } from './printed-line.ts';
import { balanceFormat, groupingRules } from './report-formats.ts';
import { formulaOf, type SheetPlace } from './report-formulas.ts';

const SHEET_ROWS_MAX = 1_048_576;
const LANDSCAPE_WIDTH = 105;
const ROWS_BEFORE_SIGNATURES = 3;
/** In points. */
const LINE_HEIGHT = 15;
/** A unit of width is a figure; most letters are narrower. */
const LETTERS_A_WIDTH = 1.1;
/** A row is 409 points high at most. */
const ROW_LINES_MAX = 27;
/** A font without a name is another one in every program. */
const FONT: Partial<ExcelJS.Font> = { name: 'Calibri', size: 11, family: 2 };
const BOLD: Partial<ExcelJS.Font> = { ...FONT, bold: true };
const TOP_RULE: Partial<ExcelJS.Borders> = { top: { style: 'thin' } };
const LAST_RULES: Partial<ExcelJS.Borders> = { top: { style: 'thin' }, bottom: { style: 'double' } };
const HEAD_RULES: Partial<ExcelJS.Borders> = { top: { style: 'thin' }, bottom: { style: 'thin' } };
const HEAD_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } };

/** A workbook that can be checked: totals and running balances are formulas over the cells above, kept with the results they have. */
export async function writeReportXlsx(file: FileHandle, order: ReportOrder): Promise<void> {
  const { document } = order;
  const { columns, rows, language } = document;
  const titles = titleBlock(document);
  const headRow = titles.length + 1;
  const rowsMax = SHEET_ROWS_MAX - headRow - ROWS_BEFORE_SIGNATURES - document.signatures.length;
  if (rows.length > rowsMax) throw new MunimError('EXPORT_TOO_MANY_ROWS', { limit: rowsMax });
  const words = reportWords[language];
  const widths = columns.map(widthOf);
  const print = {
    landscape: widths.reduce((sum, width) => sum + width, 0) > LANDSCAPE_WIDTH,
    titleRow: headRow,
    footLeft: footText(printedLine(order)),
    footRight: words.page('&P', '&N'),
  };
  const letters = new Map(columns.map(({ key }, index) => [key, columnLetters(index)]));
  const place: SheetPlace = { letter: (key) => letters.get(key) ?? 'A', row: (index) => headRow + 1 + index };
  const { rowDone } = pacer(order.signal, order.onProgress);
  await writeXlsx(
    file,
    { name: document.title, widths, frozenRows: headRow, print },
    order.signal,
    async (sheet, pace) => {
      for (const { text, font } of titles) {
        const line = sheet.addRow([textValue(text)]);
        line.font = font;
        line.commit();
      }
      addHeadRow(sheet, columns);
      let balanceBefore: number | undefined;
      for (const [index, row] of rows.entries()) {
        addReportRow(sheet, document, index, place, balanceBefore);
        if (hasBalance(row, document)) balanceBefore = index;
        await pace();
        await rowDone();
      }
      addSignatures(sheet, document);
      groupByLakh(sheet, document, place);
    },
  );
}

const hasBalance = (row: ReportRow, { running }: ReportDocument): boolean =>
  row.kind === 'line' && running !== undefined && typeof row.cells[running.balance] === 'bigint';

interface TitleLine {
  readonly text: string;
  readonly font: Partial<ExcelJS.Font>;
}

const titleBlock = (document: ReportDocument): readonly TitleLine[] => [
  { text: document.collegeName, font: { ...BOLD, size: 14 } },
  ...(document.collegeAddress === '' ? [] : [{ text: document.collegeAddress, font: { ...FONT, size: 9 } }]),
  { text: document.title, font: { ...BOLD, size: 12 } },
  { text: document.period, font: FONT },
  ...document.notes.map((text) => ({ text, font: { ...FONT, size: 9, italic: true } })),
  { text: '', font: FONT },
];

function addHeadRow(sheet: SheetWriter, columns: readonly ReportColumn[]): void {
  const head = sheet.addRow(columns.map(({ header }) => textValue(header)));
  columns.forEach((column, index) => {
    const cell = head.getCell(index + 1);
    cell.font = BOLD;
    cell.border = HEAD_RULES;
    cell.fill = HEAD_FILL;
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: isFigure(column) ? 'right' : 'left' };
  });
  head.commit();
}

function addReportRow(
  sheet: SheetWriter,
  document: ReportDocument,
  index: number,
  place: SheetPlace,
  balanceBefore: number | undefined,
): void {
  const row = document.rows[index];
  if (row === undefined) return;
  const line = sheet.addRow([]);
  const label = labelColumn(document.columns);
  document.columns.forEach((column, at) => {
    const isLabel = column === label;
    const labelled = isLabel && row.kind !== 'line';
    const cell = row.kind === 'heading' ? null : (row.cells[column.key] ?? null);
    const ruled = row.kind === 'total' && (isAmount(column) || row.strong === true);
    if (cell === null && !labelled && !ruled) return;
    const target = line.getCell(at + 1);
    if (labelled) target.value = textValue(row.label);
    else if (cell !== null) {
      const formula = isAmount(column) ? formulaOf(document, index, column, place, balanceBefore) : undefined;
      const value = cellValue(column, cell);
      target.value = formula === undefined ? value : { formula, result: Number(value) };
    }
    const format = labelled ? TEXT_FORMAT : formatOf(column, document.language);
    if (format !== undefined) target.numFmt = format;
    if (row.kind !== 'line') target.font = BOLD;
    if (ruled) target.border = row.strong === true ? LAST_RULES : TOP_RULE;
    target.alignment = alignmentOf(column, isLabel ? row.depth : 0);
  });
  const lines = wrappedLines(document.columns, row);
  if (lines > 1) line.height = lines * LINE_HEIGHT;
  line.commit();
}

/** Not every program finds the height of a row with wrapped text by itself. Marks above and below letters take no width. */
function wrappedLines(columns: readonly ReportColumn[], row: ReportRow): number {
  if (row.kind !== 'line') return 1;
  const lines = columns.map((column) => {
    const cell = row.cells[column.key];
    if (column.kind !== 'text' || typeof cell !== 'string') return 1;
    return Math.ceil(cell.replace(/\p{M}/gu, '').length / (widthOf(column) * LETTERS_A_WIDTH));
  });
  return Math.min(ROW_LINES_MAX, Math.max(...lines));
}

function alignmentOf(column: ReportColumn, depth: number): Partial<ExcelJS.Alignment> {
  if (column.kind === 'date') return { vertical: 'top', horizontal: 'left' };
  if (column.kind !== 'text') return { vertical: 'top' };
  return {
    vertical: 'top',
    horizontal: 'left',
    wrapText: true,
    ...(depth > 0 ? { indent: Math.min(depth, 15) } : {}),
  };
}

function addSignatures(sheet: SheetWriter, { signatures, columns }: ReportDocument): void {
  if (signatures.length === 0) return;
  for (let blank = 0; blank < ROWS_BEFORE_SIGNATURES; blank += 1) sheet.addRow([]).commit();
  const sideBySide = signatures.length <= columns.length;
  const step = columns.length / signatures.length;
  const rows = sideBySide ? [signatures] : signatures.map((office) => [office]);
  for (const offices of rows) {
    const line = sheet.addRow([]);
    for (const [index, office] of offices.entries()) {
      const cell = line.getCell(Math.floor(index * step) + 1);
      cell.value = textValue(office);
      cell.border = TOP_RULE;
    }
    line.commit();
  }
}

/** The format of a cell groups by lakh for some amounts only; rules over the whole column do for the others. */
function groupByLakh(sheet: SheetWriter, { columns, rows, language }: ReportDocument, place: SheetPlace): void {
  if (rows.length === 0) return;
  for (const column of columns.filter(isAmount)) {
    const letter = place.letter(column.key);
    const first = `${letter}${place.row(0)}`;
    const ref = `${first}:${letter}${place.row(rows.length - 1)}`;
    sheet.addConditionalFormatting({ ref, rules: groupingRules(first, column.kind === 'balance' ? language : null) });
  }
}

function cellValue(column: ReportColumn, cell: ReportCell): ExcelJS.CellValue {
  if (cell === null) return null;
  switch (column.kind) {
    case 'money':
    case 'balance':
      return moneyValue(amountCell(column, cell));
    case 'date':
      return dateValue(dateCell(column, cell));
    case 'int':
      return Number(integerCell(column, cell));
    case 'text':
      return textValue(textCell(column, cell));
  }
}

function formatOf({ kind }: ReportColumn, language: ReportLanguage): string | undefined {
  if (kind === 'money') return MONEY_FORMAT;
  if (kind === 'balance') return balanceFormat(language);
  if (kind === 'date') return DATE_FORMAT;
  return kind === 'text' ? TEXT_FORMAT : undefined;
}

const isFigure = (column: ReportColumn): boolean => isAmount(column) || column.kind === 'int';

const WIDE = 46;
const WIDTHS: Readonly<Record<ReportColumn['kind'], number>> = { text: 22, money: 18, date: 12, int: 8, balance: 21 };
const widthOf = ({ kind, wide, header }: ReportColumn): number =>
  wide === true ? WIDE : Math.max(WIDTHS[kind], Math.min(24, header.length + 2));

/** 0 → A, 25 → Z, 26 → AA. */
function columnLetters(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : columnLetters(Math.floor(index / 26) - 1) + rest;
}
