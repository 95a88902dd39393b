import type ExcelJS from 'exceljs';
import type { RawCell } from '../../../shared/domain/import/raw-cell.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { writeWhole } from './output-file.ts';
import { DATE_FORMAT, dateValue, TEXT_FORMAT, textValue, writeXlsx } from './xlsx-output.ts';

export interface RefusedRow {
  /** The cells as they were read. */
  readonly cells: readonly RawCell[];
  /** Why, in words; `column` (from 0) is the cell that is to blame, null when it is the row as a whole or a column the file has not. */
  readonly reasons: readonly { readonly column: number | null; readonly text: string }[];
}

export interface RefusedRows {
  readonly path: string;
  readonly sheetName: string;
  /** The headings of the original columns, in their places. */
  readonly headings: readonly string[];
  /** Heading of the added last column. */
  readonly reasonHeading: string;
  readonly rows: AsyncIterable<RefusedRow>;
  readonly signal?: AbortSignal;
  readonly notesMax?: number;
}

const BAD: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFD9D6' } };
const REASON: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF4CE' } };

/**
 * Writes the rows that were refused, as they were, with the reasons in an added column, the cells to blame filled and commented. Mended
 * there, the file can be imported again. Comments stop after `notesMax` cells, since programs open thousands of them only slowly; the
 * added column always has every reason. Answers with the number of rows. Errors: EXPORT_FAILED, CANCELLED.
 */
export async function writeRefusedRows(refused: RefusedRows): Promise<number> {
  const { headings, signal } = refused;
  const notesMax = refused.notesMax ?? limits.import.notesMax;
  const width = headings.length;
  let count = 0;
  let notes = 0;
  const form = {
    name: refused.sheetName,
    widths: [...headings.map((title) => Math.min(40, Math.max(14, title.length + 4))), 70],
    frozenRows: 1,
  };
  await writeWhole(refused.path, (file) =>
    writeXlsx(file, form, signal, async (sheet, pace) => {
      const head = sheet.addRow([...headings, refused.reasonHeading].map(textValue));
      head.font = { bold: true };
      head.commit();
      for await (const { cells, reasons } of refused.rows) {
        count += 1;
        const line = sheet.addRow([]);
        cells.slice(0, width).forEach((cell, index) => {
          setCell(line.getCell(index + 1), cell);
        });
        for (const [column, texts] of byColumn(reasons, width)) {
          const cell = line.getCell(column + 1);
          cell.fill = BAD;
          if (notes >= notesMax) continue;
          notes += 1;
          cell.note = { texts: [{ text: texts.join('\n') }] };
        }
        const reason = line.getCell(width + 1);
        reason.value = textValue(reasons.map(({ text }) => text).join('\n'));
        reason.numFmt = TEXT_FORMAT;
        reason.fill = REASON;
        reason.alignment = { wrapText: true, vertical: 'top' };
        line.commit();
        await pace();
      }
    }),
  );
  return count;
}

function byColumn(reasons: RefusedRow['reasons'], width: number): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { column, text } of reasons) {
    if (column === null || column >= width) continue;
    found.set(column, [...(found.get(column) ?? []), text]);
  }
  return found;
}

/** Puts back what was read: numbers and days as such, all else as text, so that nothing in the file can run. */
function setCell(target: ExcelJS.Cell, cell: RawCell): void {
  if (cell.kind === 'empty' || cell.kind === 'formula') return;
  if (cell.kind === 'number' && String(Number(cell.text)) === cell.text) {
    target.value = Number(cell.text);
  } else if (cell.kind === 'date') {
    target.value = dateValue(cell.text);
    target.numFmt = DATE_FORMAT;
  } else if (cell.kind === 'boolean') {
    target.value = cell.text === 'TRUE';
  } else {
    target.value = textValue(cell.text);
    target.numFmt = TEXT_FORMAT;
  }
}
