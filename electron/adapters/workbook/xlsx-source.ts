import type { RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { ZipParts } from './read-zip.ts';
import { type SheetContext, SheetRows } from './sheet-cells.ts';
import type { RowBatch, SheetInfo, SheetSource } from './sheet-source.ts';
import type { WorkbookLimits } from './workbook-limits.ts';
import { readDateStyles, readPackage, readSharedStrings, type XlsxPackage } from './xlsx-package.ts';
import { xmlEvents } from './xml-events.ts';

const HEAD_BYTES = 64 * 1024;

/**
 * Reads `.xlsx` sheet by sheet as a stream: memory holds the shared texts and one batch of rows, whatever the size of the sheet. exceljs
 * writes Munim's workbooks but does not read them: its streaming reader decodes each chunk on its own, which breaks a Devanagari letter
 * that lies across two of them, and it loses failed formulas and sheets with unusual part names.
 */
export async function openXlsx(path: string, limits: WorkbookLimits): Promise<SheetSource> {
  const parts = await ZipParts.open(path, limits);
  try {
    const book = await readPackage(parts);
    const sheets: SheetInfo[] = [];
    for (const { name, path: part, hidden } of book.sheets) {
      sheets.push({ name, hidden, rowsEstimate: await estimateRows(parts, part) });
    }
    let context: Promise<SheetContext> | undefined;
    return {
      format: 'xlsx',
      sheets,
      close: () => parts.close(),
      async *batches(sheet) {
        const part = book.sheets.find((candidate) => candidate.name === sheet)?.path;
        if (part === undefined) throw new MunimError('NOT_FOUND', { what: 'sheet' });
        context ??= readContext(parts, book);
        yield* readSheet(parts, part, await context, limits);
      },
    };
  } catch (error) {
    parts.close();
    throw error;
  }
}

const readContext = async (parts: ZipParts, book: XlsxPackage): Promise<SheetContext> => ({
  date1904: book.date1904,
  strings: await readSharedStrings(parts, book.sharedStringsPath),
  dateStyles: await readDateStyles(parts, book.stylesPath),
});

async function* readSheet(
  parts: ZipParts,
  part: string,
  context: SheetContext,
  limits: WorkbookLimits,
): AsyncGenerator<RowBatch, void> {
  const size = Math.max(1, parts.sizeOf(part));
  const gathered = new SheetRows(context);
  let waiting: RawRow[] = [];
  let count = 0;
  for await (const bytes of xmlEvents(await parts.read(part), gathered)) {
    for (const row of gathered.take()) {
      count += 1;
      if (count > limits.rowsMax) throw new MunimError('IMPORT_TOO_MANY_ROWS', { limit: limits.rowsMax });
      waiting.push(row);
      if (waiting.length < limits.batchRows) continue;
      yield { rows: waiting, fraction: Math.min(1, bytes / size) };
      waiting = [];
    }
  }
  if (waiting.length > 0) yield { rows: waiting, fraction: 1 };
}

/** From the density of rows at the beginning; the dimension that sheets may declare is often wrong. */
async function estimateRows(parts: ZipParts, part: string): Promise<number> {
  const head = (await parts.head(part, HEAD_BYTES)).toString('latin1');
  const start = head.search(/<(?:\w+:)?sheetData/);
  const rows = head.match(/<(?:\w+:)?row[\s>]/g)?.length ?? 0;
  if (start < 0 || rows === 0) return 0;
  const size = parts.sizeOf(part);
  return size <= HEAD_BYTES ? rows : Math.round(((size - start) * rows) / (head.length - start));
}
