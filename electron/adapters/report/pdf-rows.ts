import {
  cellText,
  isAmount,
  labelColumn,
  type ReportColumn,
  type ReportDocument,
  type ReportRow,
} from '../../../shared/domain/report/document.ts';
import { CELL_PADDING, INDENT, type PdfColumn, type PdfTable } from './pdf-columns.ts';
import type { TextStyle, Typesetter } from './pdf-text.ts';

/** Lines of one cell; more than fits on a page has no place anywhere. */
const LINES_MAX = 24;
const LEADING = 1.36;
/** Of the letters above the line they stand on, as a part of their size. */
export const ASCENT = 0.98;
const ROW_PADDING = 1.5;
const STRONG_PADDING = 3;
const HEADING_SPACE = 4;

interface PlacedText {
  readonly text: string;
  readonly x: number;
  /** Below the upper edge of the row. */
  readonly baseline: number;
}

export interface PlacedRow {
  readonly height: number;
  readonly style: TextStyle;
  readonly texts: readonly PlacedText[];
  /** Rules under and over the amounts of a total, from edge to edge of their columns, below the upper edge of the row. */
  readonly rules: readonly { readonly x: number; readonly width: number; readonly y: number }[];
  /** Where a fine line closes the row, below its upper edge. */
  readonly closedAt: number | null;
}

/** A row of the table with every line of every cell at its place. */
export function placeRow(document: ReportDocument, table: PdfTable, row: ReportRow, type: Typesetter): PlacedRow {
  const style: TextStyle = { size: table.size, bold: row.kind !== 'line' };
  const label = labelColumn(document.columns);
  const strong = row.kind === 'total' && row.strong === true;
  const above = row.kind === 'heading' ? HEADING_SPACE : row.kind === 'total' ? ROW_PADDING + 1 : ROW_PADDING;
  const lineHeight = table.size * LEADING;
  let lines = 1;
  const texts: PlacedText[] = [];
  for (const place of table.columns) {
    const indent = place.column === label ? Math.min(row.depth * INDENT, place.width / 3) : 0;
    const shown = linesOf(document, table, row, place, indent, style, type);
    lines = Math.max(lines, shown.length);
    shown.forEach((text, index) => {
      const baseline = above + index * lineHeight + table.size * ASCENT;
      const left = place.x + CELL_PADDING + indent;
      const x = place.right ? place.x + place.width - CELL_PADDING - type.width(text, style) : left;
      texts.push({ text, x, baseline });
    });
  }
  const bottom = above + lines * lineHeight + ROW_PADDING;
  const ruled = row.kind === 'total' ? table.columns.filter(({ column }) => hasAmount(column, row)) : [];
  const ys = strong ? [1, bottom, bottom + 2] : [1];
  const rules = ruled.flatMap(({ x, width }) =>
    ys.map((y) => ({ x: x + CELL_PADDING, width: width - CELL_PADDING, y })),
  );
  return {
    height: bottom + (strong ? STRONG_PADDING : 0) + (row.kind === 'total' ? ROW_PADDING : 0),
    style,
    texts,
    rules,
    closedAt: row.kind === 'line' ? bottom : null,
  };
}

const hasAmount = (column: ReportColumn, row: ReportRow): boolean =>
  isAmount(column) && row.kind === 'total' && (row.cells[column.key] ?? null) !== null;

function linesOf(
  document: ReportDocument,
  table: PdfTable,
  row: ReportRow,
  place: PdfColumn,
  indent: number,
  style: TextStyle,
  type: Typesetter,
): readonly string[] {
  const { column } = place;
  if (row.kind !== 'line' && column === labelColumn(document.columns)) {
    const most = labelRoom(table, row, place) - 2 * CELL_PADDING - indent;
    return type.wrap(row.label, most, style, LINES_MAX);
  }
  if (row.kind === 'heading') return [];
  const text = cellText(column, row.cells[column.key], document.language);
  if (text === '') return [];
  // A figure has the room it needs; only words are wrapped.
  return column.kind === 'text' ? type.wrap(text, place.width - 2 * CELL_PADDING - indent, style, LINES_MAX) : [text];
}

/** A label may run on over the empty cells to its right. */
function labelRoom({ columns }: PdfTable, row: ReportRow, place: PdfColumn): number {
  let width = place.width;
  for (const next of columns.slice(columns.indexOf(place) + 1)) {
    if (row.kind === 'total' && (row.cells[next.column.key] ?? null) !== null) break;
    width += next.width;
  }
  return width;
}

/** What must not be parted: a heading from what it heads, the last line from its total. */
export function keepsNext(rows: readonly ReportRow[], index: number): boolean {
  const next = rows[index + 1];
  // The signatures follow the last row and never stand on a page alone.
  if (next === undefined) return true;
  return rows[index]?.kind === 'heading' || next.kind === 'total';
}
