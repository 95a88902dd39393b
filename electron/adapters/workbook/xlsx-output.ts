import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { throwIfStopped } from './output-file.ts';

/** Lakh and crore grouping; a format has room for two conditions, so negative amounts are grouped by thousand and lakh only up to there. */
export const MONEY_FORMAT = '[>=10000000]##\\,##\\,##\\,##0.00;[>=100000]##\\,##\\,##0.00;##,##0.00';
export const DATE_FORMAT = 'dd-mm-yyyy';
/** Cells of format Text stay text when somebody edits them: `=1+1` does not become a formula. */
export const TEXT_FORMAT = '@';

/** What one cell may hold in any of the programs that open workbooks. */
const CELL_CHARS_MAX = 32_767;
const ROWS_BETWEEN_PAUSES = 200;
/** Compressed output lags behind the rows; more than this waiting means the disk or the compressor is the slower one. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

export interface XlsxSheetForm {
  readonly name: string;
  readonly widths: readonly number[];
  /** Rows at the top that stay in sight, the last of which carries the filter arrows unless the sheet is laid out for print. */
  readonly frozenRows: number;
  readonly print?: XlsxPrint;
}

export interface XlsxPrint {
  readonly landscape: boolean;
  /** The row, from 1, that every page begins with. */
  readonly titleRow: number;
  readonly footLeft: string;
  readonly footRight: string;
}

export type SheetWriter = Pick<ExcelJS.Worksheet, 'addRow' | 'addConditionalFormatting'>;

/**
 * One sheet written as a stream into an open file, which stays open: rows leave memory as they come. `fill` adds the rows and calls `pace` after each of them.
 * Errors: CANCELLED from `pace`; the system's own when the disk refuses.
 */
export async function writeXlsx(
  file: FileHandle,
  form: XlsxSheetForm,
  signal: AbortSignal | undefined,
  fill: (sheet: SheetWriter, pace: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => void file.writeFile(chunk).then(() => done(), done),
  });
  const failed = new Promise<never>((_resolve, reject) => out.once('error', reject));
  // The rejection is looked at in the race below, or is the reason that a race before it already failed.
  failed.catch(() => undefined);
  try {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
    book.creator = 'Munim';
    book.lastModifiedBy = 'Munim';
    const sheet = book.addWorksheet(sheetName(form.name), {
      views: [{ state: 'frozen', ySplit: form.frozenRows }],
      ...(form.print === undefined ? {} : printSetup(form.print)),
      ...(form.widths.length === 0 || form.print !== undefined ? {} : { autoFilter: filterOver(form) }),
    });
    sheet.columns = form.widths.map((width) => ({ width }));
    let rows = 0;
    const pace = async (): Promise<void> => {
      rows += 1;
      if (rows % ROWS_BETWEEN_PAUSES !== 0) return;
      throwIfStopped(signal);
      await Promise.race([setImmediate(), failed]);
      while (waitingBytes(sheet) > WAITING_BYTES_MAX) await Promise.race([setImmediate(), failed]);
    };
    await fill(sheet, pace);
    sheet.commit();
    await Promise.race([book.commit(), failed]);
    throwIfStopped(signal);
  } finally {
    out.destroy();
  }
}

const filterOver = (form: XlsxSheetForm): ExcelJS.AutoFilter => ({
  from: { row: form.frozenRows, column: 1 },
  to: { row: form.frozenRows, column: form.widths.length },
});

const A4 = 9;
/** In inches, as the format has them. */
const MARGINS = { left: 0.6, right: 0.4, top: 0.5, bottom: 0.7, header: 0.3, footer: 0.3 };

const printSetup = (print: XlsxPrint): Partial<ExcelJS.AddWorksheetOptions> => ({
  pageSetup: {
    paperSize: A4,
    orientation: print.landscape ? 'landscape' : 'portrait',
    // All columns on one page, as many pages as the rows need.
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${print.titleRow}:${print.titleRow}`,
    margins: MARGINS,
  },
  headerFooter: { oddFooter: `&L&8${print.footLeft}&R&8${print.footRight}` },
});

/** Text in the foot of a page, where `&` begins a code. The format has room for 255 letters in all. */
export const footText = (text: string): string => text.toWellFormed().slice(0, 90).replaceAll('&', '&&');

/** exceljs takes rows as fast as they come; what its sheet stream has handed to the zip and the zip has not taken yet tells the pace. */
function waitingBytes(sheet: unknown): number {
  const stream = (sheet as { readonly stream?: { readonly pipes?: readonly { readonly writableLength?: number }[] } })
    .stream;
  return stream?.pipes?.[0]?.writableLength ?? 0;
}

/** Sheet names have up to 31 characters and none of `[]:*?/\`, nor a quote at either end. */
export function sheetName(title: string): string {
  const bare = title
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 31)
    .replace(/^'+|'+$/g, '')
    .trim();
  return bare === '' || bare.toLowerCase() === 'history' ? 'Munim' : bare;
}

/** Text as a typed inline string, which no program takes for a formula. Longer than a cell can be is cut, and ends in … */
export function textValue(text: string): ExcelJS.CellRichTextValue {
  const whole = text.toWellFormed();
  const kept = whole.length <= CELL_CHARS_MAX ? whole : `${whole.slice(0, CELL_CHARS_MAX - 1).toWellFormed()}…`;
  return { richText: [{ text: kept }] };
}

export const dateValue = (date: string): Date => new Date(`${date}T00:00:00Z`);
