import { readFile, stat } from 'node:fs/promises';
import { emptyCell, isBlankCell, type RawCell, type RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { readBiffBook } from './biff-book.ts';
import { type BiffRows, readBiffRows } from './biff-cells.ts';
import { OleFile } from './ole-file.ts';
import type { RowBatch, SheetSource } from './sheet-source.ts';
import type { WorkbookLimits } from './workbook-limits.ts';

const MiB = 1024 * 1024;

/**
 * Reads the binary `.xls` of Excel 97 to 2003 that banks still give. It is read whole, so its size is bounded much lower than that of
 * .xlsx; cells come out as those of .xlsx do. Formulas, charts and programs in it are passed over. Errors: IMPORT_…
 */
export async function openXls(path: string, limits: WorkbookLimits): Promise<SheetSource> {
  const { size } = await stat(path);
  if (size > limits.oldBytesMax) {
    throw new MunimError('IMPORT_FILE_TOO_LARGE', {
      sizeMiB: Math.ceil(size / MiB),
      limitMiB: Math.floor(limits.oldBytesMax / MiB),
    });
  }
  return xlsOf(await readFile(path), limits);
}

/** Errors: IMPORT_ENCRYPTED, IMPORT_OLD_XLS, IMPORT_CORRUPT, IMPORT_TOO_MANY_ROWS */
export function xlsOf(bytes: Uint8Array, limits: WorkbookLimits): SheetSource {
  const file = new OleFile(bytes);
  const stream = file.stream('Workbook');
  if (stream === null) throw new MunimError(file.stream('Book') === null ? 'IMPORT_CORRUPT' : 'IMPORT_OLD_XLS');
  const book = readBiffBook(stream);
  // A damaged file may name one place many times over; each name is read when it is asked for.
  const rows = new Map<string, BiffRows>();
  const rowsOf = (name: string): BiffRows => {
    const sheet = book.sheets.find((candidate) => candidate.name === name);
    if (sheet === undefined) throw new MunimError('NOT_FOUND', { what: 'sheet' });
    const read = rows.get(name) ?? readBiffRows(book, sheet, limits.rowsMax);
    rows.clear();
    rows.set(name, read);
    return read;
  };
  const bytesPerSheet = bytes.length / Math.max(1, book.sheets.length);
  return {
    format: 'xls',
    // A row of a list takes about a hundred bytes.
    sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden, rowsEstimate: Math.round(bytesPerSheet / 100) })),
    close() {},
    async *batches(name) {
      yield* inBatches(rowsOf(name), limits.batchRows);
    },
  };
}

async function* inBatches(rows: BiffRows, batchRows: number): AsyncGenerator<RowBatch, void> {
  const numbers = [...rows.keys()].sort((one, other) => one - other);
  for (let from = 0; from < numbers.length; from += batchRows) {
    const batch = numbers.slice(from, from + batchRows).map((number): RawRow => denseRow(number, rows.get(number)));
    const full = batch.filter(({ cells }) => !cells.every(isBlankCell));
    yield { rows: full, fraction: Math.min(1, (from + batchRows) / numbers.length) };
  }
}

function denseRow(index: number, sparse: ReadonlyMap<number, RawCell> = new Map()): RawRow {
  let width = 0;
  for (const column of sparse.keys()) width = Math.max(width, column + 1);
  return { number: index + 1, cells: Array.from({ length: width }, (_, column) => sparse.get(column) ?? emptyCell) };
}
