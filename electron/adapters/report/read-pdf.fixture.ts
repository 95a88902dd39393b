import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Text of one place on a page, in points from the lower left corner. */
export interface PdfItem {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly items: readonly PdfItem[];
  /** From top to bottom; the places of a line from left to right, parted by `|`. */
  readonly lines: readonly string[];
}

/** Everything that is written in a PDF, as another program finds it. */
export async function readPdf(path: string): Promise<readonly PdfPage[]> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 });
  const pdf = await task.promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent({ disableNormalization: true });
    const found = content.items.flatMap((item): PdfItem[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [left, baseline] = [Number(item.transform[4]), Number(item.transform[5])];
      return [{ text: item.str, left, right: left + item.width, baseline }];
    });
    const { width, height } = page.getViewport({ scale: 1 });
    const lines = linesOf(found);
    pages.push({
      width,
      height,
      items: lines.flat(),
      lines: lines.map((line) => line.map(({ text }) => text).join('|')),
    });
  }
  await task.destroy();
  return pages;
}

/** Runs of two scripts that touch, or are a space apart, are one text. */
function linesOf(items: readonly PdfItem[]): readonly (readonly PdfItem[])[] {
  const lines = new Map<number, PdfItem[]>();
  for (const item of items) {
    const at = Math.round(item.baseline * 4);
    const line = lines.get(at) ?? lines.set(at, []).get(at) ?? [];
    const last = line.at(-1);
    const gap = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(item.left - last.right);
    if (last !== undefined && gap < 3.5)
      line[line.length - 1] = { ...last, text: `${last.text}${gap > 1 ? ' ' : ''}${item.text}`, right: item.right };
    else line.push(item);
  }
  return [...lines]
    .sort(([one], [other]) => other - one)
    .map(([, line]) => line.toSorted((one, other) => one.left - other.left));
}
