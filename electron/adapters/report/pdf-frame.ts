import { reportWords } from '../../../shared/domain/report/file-words.ts';
import type { ReportOrder } from '../../../shared/ports/reports.ts';
import { CELL_PADDING, MARGIN, type PdfTable } from './pdf-columns.ts';
import { ASCENT } from './pdf-rows.ts';
import type { TextStyle, Typesetter } from './pdf-text.ts';
import { printedLine } from './printed-line.ts';

/** A line across, in points from the upper left corner of the page. */
export interface Rule {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly weight: number;
}

export interface FrameText {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly style: TextStyle;
}

/** Part of a page that is the same whatever its rows are. */
export interface Block {
  readonly height: number;
  readonly texts: readonly FrameText[];
  readonly rules: readonly Rule[];
}

const LEADING = 1.36;
const NAME: TextStyle = { size: 15, bold: true };
const ADDRESS: TextStyle = { size: 8.5, bold: false };
const TITLE: TextStyle = { size: 12, bold: true };
const PERIOD: TextStyle = { size: 9.5, bold: false };
const NOTE: TextStyle = { size: 8, bold: false };
const RUNNING: TextStyle = { size: 8, bold: false };
const FOOT: TextStyle = { size: 7.5, bold: false };
const SIGNATURE: TextStyle = { size: 9, bold: false };
const HEAD_LINES_MAX = 4;
/** All notes together; there must be room for the table below them on a page that lies across. */
const NOTE_LINES_MAX = 16;
const SIGNATURES_A_ROW = 4;
const SIGNATURE_ROOM = 52;

const insideOf = ({ pageWidth }: PdfTable): number => pageWidth - 2 * MARGIN.side;

/** The head of the first page: whose books, which statement, over what time, and what must be known besides. */
export function letterhead({ document }: ReportOrder, table: PdfTable, type: Typesetter): Block {
  const width = insideOf(table);
  const texts: FrameText[] = [];
  let y = MARGIN.top;
  const put = (text: string, style: TextStyle, centred: boolean, linesMax = HEAD_LINES_MAX): number => {
    const lines = type.wrap(text, width, style, linesMax);
    for (const line of lines) {
      const x = centred ? MARGIN.side + (width - type.width(line, style)) / 2 : MARGIN.side;
      texts.push({ text: line, x, baseline: y + style.size * ASCENT, style });
      y += style.size * LEADING;
    }
    return lines.length;
  };
  put(document.collegeName, NAME, true);
  put(document.collegeAddress, ADDRESS, true);
  y += 5;
  const rules = [{ x: MARGIN.side, y, width, weight: 0.8 }];
  y += 8;
  put(document.title, TITLE, true);
  put(document.period, PERIOD, true);
  y += 4;
  let linesLeft = NOTE_LINES_MAX;
  for (const note of document.notes) if (linesLeft > 0) linesLeft -= put(note, NOTE, false, linesLeft);
  return { height: y + 4, texts, rules };
}

/** One line on every other page, so that a page that was taken out is known for what it is. */
export function runningHead({ document }: ReportOrder, table: PdfTable, type: Typesetter): Block {
  const parts = [document.title, document.period, document.collegeName].join(' · ');
  const [text = ''] = type.wrap(parts, insideOf(table), RUNNING, 1);
  const style = RUNNING;
  return {
    height: MARGIN.top + style.size * LEADING + 5,
    texts: [{ text, x: MARGIN.side, baseline: MARGIN.top + style.size * ASCENT, style }],
    rules: [],
  };
}

/** The headings of the columns, from the upper edge of the block. */
export function tableHead(table: PdfTable, type: Typesetter): Block {
  const style: TextStyle = { size: table.size, bold: true };
  const shown = table.columns.map((place) => ({
    place,
    lines: type.wrap(place.column.header, place.width - 2 * CELL_PADDING, style, 4),
  }));
  const lineHeight = style.size * LEADING;
  const most = Math.max(1, ...shown.map(({ lines }) => lines.length));
  const height = most * lineHeight + 7;
  const texts = shown.flatMap(({ place, lines }) =>
    lines.map((text, index): FrameText => {
      const right = place.x + place.width - CELL_PADDING - type.width(text, style);
      const x = place.right ? right : place.x + CELL_PADDING;
      // Headings of one line stand at the bottom, on the rule.
      const above = (most - lines.length + index) * lineHeight;
      return { text, x, baseline: 3.5 + above + style.size * ASCENT, style };
    }),
  );
  const line = { x: MARGIN.side, width: insideOf(table), weight: 0.7 };
  return {
    height: height + 1,
    texts,
    rules: [
      { ...line, y: 0 },
      { ...line, y: height },
    ],
  };
}

/** The foot of a page, from the upper left corner of the page. */
export function pageFoot(order: ReportOrder, table: PdfTable, type: Typesetter, page: number, pages: number): Block {
  const width = insideOf(table);
  const y = table.pageHeight - MARGIN.bottom + 8;
  const baseline = y + 4 + FOOT.size * ASCENT;
  const count = reportWords[order.document.language].page(page, pages);
  const countWidth = type.width(count, FOOT);
  const [printed = ''] = type.wrap(printedLine(order), width - countWidth - 20, FOOT, 1);
  return {
    height: 0,
    texts: [
      { text: printed, x: MARGIN.side, baseline, style: FOOT },
      { text: count, x: MARGIN.side + width - countWidth, baseline, style: FOOT },
    ],
    rules: [{ x: MARGIN.side, y, width, weight: 0.4 }],
  };
}

/** Lines to sign on, from the upper edge of the block. */
export function signatureBlock({ document }: ReportOrder, table: PdfTable, type: Typesetter): Block {
  const texts: FrameText[] = [];
  const rules: Rule[] = [];
  const { signatures } = document;
  let y = 0;
  for (let from = 0; from < signatures.length; from += SIGNATURES_A_ROW) {
    const offices = signatures.slice(from, from + SIGNATURES_A_ROW);
    const share = insideOf(table) / offices.length;
    const width = Math.min(150, share - 20);
    y += SIGNATURE_ROOM;
    const wrapped = offices.map((office) => type.wrap(office, width, SIGNATURE, 2));
    for (const [index, lines] of wrapped.entries()) {
      const x = MARGIN.side + index * share + (share - width) / 2;
      rules.push({ x, y, width, weight: 0.5 });
      lines.forEach((text, line) => {
        const baseline = y + 3 + line * SIGNATURE.size * LEADING + SIGNATURE.size * ASCENT;
        texts.push({ text, x: x + (width - type.width(text, SIGNATURE)) / 2, baseline, style: SIGNATURE });
      });
    }
    y += 3 + Math.max(...wrapped.map((lines) => lines.length)) * SIGNATURE.size * LEADING;
  }
  return { height: y, texts, rules };
}
