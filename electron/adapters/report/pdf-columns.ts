import {
  cellText,
  isAmount,
  labelColumn,
  type ReportColumn,
  type ReportDocument,
} from '../../../shared/domain/report/document.ts';
import { plainText, type TextStyle, type Typesetter } from './pdf-text.ts';

/** A4 in points, upright. */
const A4 = { width: 595.28, height: 841.89 };
export const MARGIN = { side: 36, top: 34, bottom: 40 };
export const CELL_PADDING = 4;
export const INDENT = 9;
/** Keeps the figures of neighbouring columns apart. */
const FIGURE_SPACE = 6;
const SIZE_MAX = 8.5;
const SIZE_MIN = 4;
/** Text in a narrow column wraps beyond this, in points. */
const TEXT_WIDTH_MAX = 92;
/** What a wide column can use at most before others get the room. */
const WIDE_MAX = 400;
const WIDE_MIN = 170;
const WIDE_MIN_SQUEEZED = 130;

export interface PdfColumn {
  readonly column: ReportColumn;
  /** The left edge, in points from the left of the page; padding lies inside. */
  readonly x: number;
  readonly width: number;
  readonly right: boolean;
}

export interface PdfTable {
  readonly pageWidth: number;
  readonly pageHeight: number;
  /** Of the letters in the table, in points. */
  readonly size: number;
  readonly columns: readonly PdfColumn[];
}

/**
 * Columns as wide as their longest figure, so that none is ever cut or wrapped; wide text takes what is left. A table that is too wide for
 * the upright page lies across, and gets smaller letters only when that is not enough either.
 */
export async function layOutTable(
  document: ReportDocument,
  type: Typesetter,
  pace: () => Promise<void>,
): Promise<PdfTable> {
  const natural = await naturalWidths(document, type, pace);
  const wide = widesOf(document.columns);
  const needed = (wideMin: number): number =>
    natural.reduce((sum, width, index) => sum + (wide.has(index) ? Math.min(width, wideMin) : width), 0);
  const room = (pageWidth: number): number => pageWidth - 2 * MARGIN.side;
  const landscape = needed(WIDE_MIN) > room(A4.width);
  const [pageWidth, pageHeight] = landscape ? [A4.height, A4.width] : [A4.width, A4.height];
  const wideMin = needed(WIDE_MIN) > room(pageWidth) ? WIDE_MIN_SQUEEZED : WIDE_MIN;
  const scale = Math.max(SIZE_MIN / SIZE_MAX, Math.min(1, room(pageWidth) / needed(wideMin)));
  const widths = natural.map((width, index) => (wide.has(index) ? Math.min(width, wideMin) : width) * scale);
  const spare = Math.max(0, room(pageWidth) - widths.reduce((sum, width) => sum + width, 0));
  const takers = wide.size > 0 ? wide : new Set(widths.keys());
  const wants = [...takers].reduce((sum, index) => sum + (natural[index] ?? 0), 0);
  let x = MARGIN.side;
  const columns = document.columns.map((column, index): PdfColumn => {
    const share = takers.has(index) ? (spare * (natural[index] ?? 0)) / wants : 0;
    const width = (widths[index] ?? 0) + share;
    const placed = { column, x, width, right: rightAligned(column) };
    x += width;
    return placed;
  });
  return { pageWidth, pageHeight, size: SIZE_MAX * scale, columns };
}

function widesOf(columns: readonly ReportColumn[]): ReadonlySet<number> {
  const wide = new Set(columns.keys().filter((index) => columns[index]?.wide === true));
  if (wide.size > 0) return wide;
  const label = labelColumn(columns);
  return new Set(columns.keys().filter((index) => columns[index] === label && columns[index]?.kind === 'text'));
}

/** What each column would like to have at the full size of the letters, padding included. */
async function naturalWidths(
  { columns, rows, language }: ReportDocument,
  type: Typesetter,
  pace: () => Promise<void>,
): Promise<readonly number[]> {
  const plain: TextStyle = { size: SIZE_MAX, bold: false };
  const bold: TextStyle = { size: SIZE_MAX, bold: true };
  const wide = widesOf(columns);
  const label = labelColumn(columns);
  const widths = columns.map(({ header }) => twoLineWidth(plainText(header), bold, type));
  for (const row of rows) {
    columns.forEach((column, index) => {
      const labelled = column === label && row.kind !== 'line';
      const text = labelled
        ? row.label
        : row.kind === 'heading'
          ? ''
          : cellText(column, row.cells[column.key], language);
      if (text === '') return;
      const indent = column === label ? row.depth * INDENT : 0;
      const width = type.width(column.kind === 'text' ? plainText(text) : text, row.kind === 'line' ? plain : bold);
      const most = column.kind === 'text' ? Math.min(wide.has(index) ? WIDE_MAX : TEXT_WIDTH_MAX, width) : width;
      widths[index] = Math.max(widths[index] ?? 0, most + indent);
    });
    await pace();
  }
  return widths.map((width, index) => width + 2 * CELL_PADDING + 1 + (rightAligned(columns[index]) ? FIGURE_SPACE : 0));
}

const rightAligned = (column: ReportColumn | undefined): boolean =>
  column !== undefined && (isAmount(column) || column.kind === 'int');

/** How wide a heading has to be to stand in two lines. */
function twoLineWidth(header: string, style: TextStyle, type: Typesetter): number {
  const words = header.split(' ');
  const cuts = words.map((_word, index) => {
    const lines = [words.slice(0, index + 1), words.slice(index + 1)];
    return Math.max(...lines.map((line) => type.width(line.join(' '), style)));
  });
  return Math.min(...cuts);
}
