import type { FileHandle } from 'node:fs/promises';
import PDFDocument from 'pdfkit';
import type { ReportOrder } from '../../../shared/ports/reports.ts';
import { type Pacer, pacer } from './pacer.ts';
import { layOutTable, MARGIN, type PdfTable } from './pdf-columns.ts';
import { readFonts } from './pdf-fonts.ts';
import { type Block, letterhead, pageFoot, runningHead, signatureBlock, tableHead } from './pdf-frame.ts';
import { pageStarts } from './pdf-pages.ts';
import { keepsNext, placeRow } from './pdf-rows.ts';
import { type Typesetter, typesetter } from './pdf-text.ts';

const INK = '#000000';
const FAINT = '#c8c8c8';

/**
 * A statement for the file of the auditor: A4, the letterhead on the first page, the headings of the columns on every page. All heights are
 * known before the first page is drawn, since every page says how many there are; nothing of a row is kept in memory besides its height.
 */
export async function writeReportPdf(file: FileHandle, order: ReportOrder): Promise<void> {
  const { document } = order;
  const pdf = newPdf(order);
  for (const [name, font] of await readFonts()) pdf.registerFont(name, Buffer.from(font));
  const type = typesetter(pdf);
  const paced = pacer(order.signal, order.onProgress);
  const table = await layOutTable(document, type, paced.pace);
  const frame = await layOutFrame(order, table, type, paced);
  const starts = await paginate(order, table, frame, type, paced);
  const out = outputOf(pdf, file);
  for (const [index, start] of starts.entries()) {
    const end = Math.min(starts[index + 1] ?? document.rows.length, document.rows.length);
    pdf.addPage({ size: [table.pageWidth, table.pageHeight], margin: 0 });
    const top = index === 0 ? frame.first : frame.other;
    drawBlock(pdf, type, top, 0);
    drawBlock(pdf, type, frame.head, top.height);
    let y = top.height + frame.head.height;
    for (const row of document.rows.slice(start, end)) {
      y += drawRow(pdf, type, table, order, row, y);
      await paced.rowDone();
    }
    if (index === starts.length - 1) drawBlock(pdf, type, frame.signatures, y);
    drawBlock(pdf, type, pageFoot(order, table, type, index + 1, starts.length), 0);
    await out.flush();
  }
  await out.finish();
}

interface Frame {
  readonly first: Block;
  readonly other: Block;
  readonly head: Block;
  readonly signatures: Block;
}

/** Part after part, since the first words of a script make the library read its rules. */
async function layOutFrame(order: ReportOrder, table: PdfTable, type: Typesetter, { pace }: Pacer): Promise<Frame> {
  const first = letterhead(order, table, type);
  await pace();
  const other = runningHead(order, table, type);
  const head = tableHead(table, type);
  await pace();
  return { first, other, head, signatures: signatureBlock(order, table, type) };
}

type Pdf = InstanceType<typeof PDFDocument>;

function newPdf({ document, printed }: ReportOrder): Pdf {
  return new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    // None of the fonts that every reader brings: they lack ₹ and Devanagari.
    font: '',
    lang: document.language === 'hi' ? 'hi-IN' : 'en-IN',
    displayTitle: true,
    info: {
      Title: `${document.title}, ${document.period}`,
      Author: document.collegeName,
      Creator: 'Munim',
      Producer: 'Munim',
      CreationDate: new Date(printed.at),
    },
  });
}

async function paginate(
  { document }: ReportOrder,
  table: PdfTable,
  { first, other, head, signatures }: Frame,
  type: Typesetter,
  { pace }: Pacer,
): Promise<readonly number[]> {
  const { rows } = document;
  const heights = new Float64Array(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    heights[index] = placeRow(document, table, row, type).height;
    await pace();
  }
  heights[rows.length] = signatures.height;
  const room = table.pageHeight - MARGIN.bottom - head.height;
  return pageStarts(heights, (index) => keepsNext(rows, index), {
    first: room - first.height,
    other: room - other.height,
  });
}

function drawBlock(pdf: Pdf, type: Typesetter, { texts, rules }: Block, top: number): void {
  for (const { text, x, baseline, style } of texts) type.draw(text, x, top + baseline, style);
  for (const { x, y, width, weight } of rules) drawRule(pdf, x, top + y, width, weight, INK);
}

function drawRow(
  pdf: Pdf,
  type: Typesetter,
  table: PdfTable,
  { document }: ReportOrder,
  row: ReportOrder['document']['rows'][number],
  top: number,
): number {
  const { height, style, texts, rules, closedAt } = placeRow(document, table, row, type);
  for (const { text, x, baseline } of texts) type.draw(text, x, top + baseline, style);
  for (const { x, width, y } of rules) drawRule(pdf, x, top + y, width, 0.6, INK);
  if (closedAt !== null) drawRule(pdf, MARGIN.side, top + closedAt, table.pageWidth - 2 * MARGIN.side, 0.25, FAINT);
  return height;
}

const drawRule = (pdf: Pdf, x: number, y: number, width: number, weight: number, colour: string): void =>
  void pdf
    .lineWidth(weight)
    .strokeColor(colour)
    .moveTo(x, y)
    .lineTo(x + width, y)
    .stroke();

interface PdfOutput {
  /** Puts on disk what is ready. */
  readonly flush: () => Promise<void>;
  readonly finish: () => Promise<void>;
}

function outputOf(pdf: Pdf, file: FileHandle): PdfOutput {
  const ready: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => ready.push(chunk));
  const flush = async (): Promise<void> => {
    if (ready.length > 0) await file.writeFile(Buffer.concat(ready.splice(0)));
  };
  const finish = async (): Promise<void> => {
    const ended = new Promise<void>((resolve, reject) => pdf.once('end', resolve).once('error', reject));
    pdf.end();
    await ended;
    await flush();
  };
  return { flush, finish };
}
