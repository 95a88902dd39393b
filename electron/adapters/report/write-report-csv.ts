import type { FileHandle } from 'node:fs/promises';
import {
  amountCell,
  cellText,
  isAmount,
  labelColumn,
  type ReportCell,
  type ReportColumn,
  type ReportRow,
} from '../../../shared/domain/report/document.ts';
import { type ReportLanguage, reportWords } from '../../../shared/domain/report/file-words.ts';
import { decimalText } from '../../../shared/kernel/money.ts';
import type { ReportOrder } from '../../../shared/ports/reports.ts';
import { csvText } from '../workbook/write-workbook.ts';
import { pacer } from './pacer.ts';

const CHUNK_CHARS = 256 * 1024;

/**
 * The table alone, for other programs: one line a row, amounts as plain decimals, balances with a minus where they are credits. The title
 * and whose books these are stand in the name of the file.
 */
export async function writeReportCsv(file: FileHandle, order: ReportOrder): Promise<void> {
  const { columns, rows, language } = order.document;
  const { rowDone } = pacer(order.signal, order.onProgress);
  const label = labelColumn(columns)?.key;
  // Without the mark Excel reads the file in the PC's old code page and Hindi becomes noise.
  let waiting = `\ufeff${columns.map((column) => csvText(headerOf(column, language))).join(',')}\r\n`;
  for (const row of rows) {
    waiting += `${columns.map((column) => csvCell(column, cellOf(row, column.key, label), language)).join(',')}\r\n`;
    await rowDone();
    if (waiting.length < CHUNK_CHARS) continue;
    await file.writeFile(waiting);
    waiting = '';
  }
  await file.writeFile(waiting);
}

const headerOf = ({ header, kind }: ReportColumn, language: ReportLanguage): string =>
  kind === 'balance' ? `${header} (${reportWords[language].signs})` : header;

interface Labelled {
  readonly label: string;
}

/** Headings and totals have their label where a line has its name. */
function cellOf(row: ReportRow, key: string, label: string | undefined): ReportCell | Labelled {
  if (row.kind !== 'line' && key === label) return { label: row.label };
  return row.kind === 'heading' ? null : (row.cells[key] ?? null);
}

function csvCell(column: ReportColumn, cell: ReportCell | Labelled, language: ReportLanguage): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return csvText(cell.label);
  if (isAmount(column)) return decimalText(amountCell(column, cell));
  const text = cellText(column, cell, language);
  return column.kind === 'text' ? csvText(text) : text;
}
