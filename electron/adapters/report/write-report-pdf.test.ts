import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, type ReportColumn, type ReportDocument } from '../../../shared/domain/report/document.ts';
import { formatPaise, PAISE_MAX } from '../../../shared/kernel/money.ts';
import { anyLedger, anyStatement } from '../../../shared/testing/report-documents.ts';
import { testFolder } from '../workbook/workbook.fixture.ts';
import { type PdfPage, readPdf } from './read-pdf.fixture.ts';
import { headOf, ledger, statement, writeAs } from './report.fixture.ts';

const { path } = testFolder();
async function printed(document: ReportDocument): Promise<readonly PdfPage[]> {
  await writeAs('pdf', document, path('print.pdf'));
  return readPdf(path('print.pdf'));
}
const flat = (pages: readonly PdfPage[]): string => pages.flatMap(({ lines }) => lines).join('\n');
const letters = (text: string): string => [...text.replace(/[\s|]/g, '')].sort().join('');
/** What a reader must find of a row, cell by cell. */
const cellsOf = (document: ReportDocument, index: number): readonly string[] => {
  const row = document.rows[index];
  if (row === undefined || row.kind === 'heading') return [row?.label ?? ''];
  const cells = document.columns.map((column) => cellText(column, row.cells[column.key], document.language));
  return (row.kind === 'total' ? [row.label, ...cells] : cells).filter((text) => text !== '');
};
const isUpright = ({ width, height }: PdfPage): boolean =>
  Math.abs(width - 595.28) < 0.1 && Math.abs(height - 841.89) < 0.1;

describe('a printed statement', () => {
  it.each([1, 45, 2_000])('of %i lines has each of them once, in order, with its figures', async (count) => {
    const document = { ...statement(count), language: 'en' as const };
    const pages = await printed(document);
    const lines = pages.flatMap((page) => page.lines);
    let at = -1;
    for (const index of document.rows.keys()) {
      const cells = cellsOf(document, index);
      // The letters of a shaped word are found in the order of its glyphs.
      const hindi = cells.some((text) => /[\u0900-\u097f]/.test(text));
      const wanted = hindi ? letters(cells.join('')) : cells.join('|');
      at = lines.findIndex((line, place) => place > at && (hindi ? letters(line) : line) === wanted);
      expect(at, `row ${index}: ${cells.join(' | ')}`).toBeGreaterThan(-1);
    }
  });

  it('has its letterhead once, the headings of its columns on every page, and counts its pages', async () => {
    const document = statement(200);
    const pages = await printed(document);
    expect(pages.length).toBe(5);
    pages.forEach((page, index) => {
      expect(isUpright(page)).toBe(true);
      expect(page.lines.filter((line) => line === 'Code|Particulars|2026-27 ₹|2025-26 ₹').length).toBe(1);
      expect(page.lines.at(-1)).toBe(`Printed on 05-04-2027 16:30 by Asha Patil|Page ${index + 1} of 5`);
      const running = `${document.title} · ${document.period} · ${document.collegeName}`;
      expect(page.lines.slice(0, 5)).toEqual(
        index === 0
          ? [document.collegeName, document.collegeAddress, document.title, document.period, ...document.notes]
          : [running, 'Code|Particulars|2026-27 ₹|2025-26 ₹', ...page.lines.slice(2, 5)],
      );
    });
  });

  it('keeps the signatures together, with the last figures above them, wherever the page ends', async () => {
    for (let count = 30; count <= 50; count += 1) {
      const pages = await printed(statement(count));
      const last = pages.at(-1);
      expect(last?.lines.at(-2)).toBe('Accountant|Principal|Chartered Accountant');
      const above = last?.lines.slice(-5, -2) ?? [];
      expect(above[0], `${count} lines`).toMatch(/^40\d\d\d\|/);
      expect(above.slice(1).map((line) => line.split('|')[0])).toEqual(['Total, Payments', 'Grand total']);
      expect(flat(pages.slice(0, -1))).not.toContain('Principal');
    }
  });

  it('never leaves a heading at the foot of a page, nor a total at the head of one', async () => {
    for (let count = 60; count <= 100; count += 1) {
      for (const page of await printed(statement(count))) {
        expect(page.lines.at(-2)).not.toMatch(/^(Receipts|Payments)$/);
        const first = page.lines.findIndex((line) => line.startsWith('Code|')) + 1;
        expect(page.lines[first]).not.toMatch(/^(Total|Grand)/);
      }
    }
  });

  it('sets the figures of a column under one another', async () => {
    const [page] = await printed(statement(30));
    const figures = page?.items.filter(({ text }) => /^[\d,]+\.\d\d$/.test(text)) ?? [];
    const edges = new Set(figures.map(({ right }) => Math.round(right)));
    expect(figures.length).toBeGreaterThan(50);
    expect(edges.size).toBe(2);
  });
});

describe('a printed ledger', () => {
  it('lies across when its columns need it, and shows balances as Dr and Cr', async () => {
    const document = ledger(60);
    const pages = await printed(document);
    expect(pages.every(({ width, height }) => width > height)).toBe(true);
    const text = flat(pages);
    for (const row of document.rows) {
      if (row.kind === 'heading') continue;
      const balance = document.columns.at(-1);
      if (balance === undefined) throw new Error('no column');
      expect(text).toContain(cellText(balance, row.cells.balance, 'en'));
    }
    expect(text).toMatch(/\|1,25,000\.00 Dr\n/);
    expect(text).toMatch(/\d Cr\n/);
  });

  it('in Hindi has every letter of its words, shaped or not', async () => {
    const document = ledger(3, 'hi');
    const found = letters(flat(await printed(document)));
    const wanted = [
      document.collegeName,
      document.title,
      ...document.signatures,
      ...document.rows.flatMap((_row, index) => cellsOf(document, index)),
    ];
    const count = (text: string, letter: string): number => text.split(letter).length - 1;
    for (const letter of new Set(wanted.join('').replace(/\s/g, '')))
      expect(count(found, letter), letter).toBeGreaterThanOrEqual(count(wanted.join(''), letter));
  });
});

const columnsOf = (count: number): readonly ReportColumn[] => [
  { key: 'name', header: 'Particulars', kind: 'text', wide: true },
  ...Array.from(
    { length: count },
    (_none, index): ReportColumn => ({ key: `c${index}`, header: `Month ${index + 1}`, kind: 'money' }),
  ),
];

describe('whatever is in a report', () => {
  it('stays between the margins, and no cell runs into the next', async () => {
    const columns = columnsOf(12);
    const cells = Object.fromEntries(columns.slice(1).map(({ key }) => [key, -PAISE_MAX]));
    const rows = [{ kind: 'line', depth: 0, cells: { ...cells, name: 'All of it' } }] as const;
    const pages = await printed({ ...headOf('en', columns), rows });
    const [line] = pages.flatMap(({ lines }) => lines.filter((text) => text.startsWith('All of it')));
    expect(line).toBe(['All of it', ...Array.from({ length: 12 }, () => formatPaise(-PAISE_MAX))].join('|'));
    for (const { items, width } of pages) {
      expect(Math.min(...items.map(({ left }) => left))).toBeGreaterThan(30);
      expect(Math.max(...items.map(({ right }) => right))).toBeLessThan(width - 30);
    }
  });

  it('keeps its notes whole, and room for rows beside any number of them', async () => {
    const note = `${'This statement was drawn up before the audit. '.repeat(8)}End of the note.`;
    const rows = [{ kind: 'line', depth: 0, cells: { name: 'The only line' } }] as const;
    const [page] = await printed({ ...headOf('en', columnsOf(14)), notes: Array(9).fill(note), signatures: [], rows });
    const baseline = (wanted: string): number => page?.items.find(({ text }) => text.includes(wanted))?.baseline ?? 0;
    expect(page?.lines.filter((line) => line.includes('End of the note.')).length).toBeGreaterThan(3);
    expect(baseline('The only line')).toBeGreaterThan(baseline('Printed on') + 10);
  });

  it('is written, hostile or not', async () => {
    const hostile = [
      'x'.repeat(40_000),
      'word '.repeat(3_000),
      'श्री'.repeat(2_000),
      '\u202egnp.eciovni\u202c',
      'a\ud800b\u0000c\nd\te',
      '🎉 தமிழ் עברית',
      ') Tj ET (\\',
      '<script>=1+1',
      '',
    ];
    const rows = hostile.map((name) => ({ kind: 'line', depth: 40, cells: { name, c0: 1n } }) as const);
    const pages = await printed({ ...headOf('en', columnsOf(1)), collegeName: hostile[0] ?? '', rows });
    const text = flat(pages);
    expect(text).toContain(') Tj ET (\\');
    expect(text).toContain('<script>=1+1');
    expect(text).toContain('gnp.eciovni');
    expect(text).toMatch(/^a.?b c d e\|/m);
    expect(text.match(/\b0\.01$/gm)?.length).toBe(hostile.length);
    for (const { items } of pages) for (const { baseline } of items) expect(baseline).toBeGreaterThan(15);
  });

  it('is printed with all its amounts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyStatement, anyLedger), async (document) => {
        const found = (await printed(document)).flatMap(({ items }) => items.map(({ text }) => text));
        for (const row of document.rows) {
          if (row.kind === 'heading') continue;
          for (const column of document.columns) {
            const cell = row.cells[column.key];
            if (typeof cell === 'bigint') expect(found).toContain(cellText(column, cell, 'en'));
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
