import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, anyStatement } from '../../testing/report-documents.ts';
import { documentFault } from './check-document.ts';
import type { ReportDocument, ReportRow } from './document.ts';

const anyDocument = fc.oneof(anyStatement, anyLedger);
/** A figure of the document by two numbers that may be anything. */
function figureOf(document: ReportDocument, pick: number, wanted: (row: ReportRow, key: string) => boolean) {
  const figures = document.rows.flatMap((row, index) =>
    row.kind === 'heading'
      ? []
      : Object.entries(row.cells).flatMap(([key, cell]) =>
          typeof cell === 'bigint' && wanted(row, key) ? [{ index, key, cell }] : [],
        ),
  );
  return figures.at(pick % Math.max(1, figures.length));
}
const changed = (document: ReportDocument, at: number, key: string, cell: bigint): ReportDocument => ({
  ...document,
  rows: document.rows.map((row, index) =>
    index === at && row.kind !== 'heading' ? { ...row, cells: { ...row.cells, [key]: cell } } : row,
  ),
});
const delta = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }).filter((by) => by !== 0n);

describe('the check of a report', () => {
  it('finds nothing where every total is what its rows make', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(documentFault(document)).toBeNull();
      }),
    );
  });

  it('names the total that was changed, with what it says and what its rows make', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), delta, (document, pick, by) => {
        const figure = figureOf(document, pick, (row) => row.kind === 'total');
        if (figure === undefined) return;
        const { index, key, cell } = figure;
        const fault = documentFault(changed(document, index, key, cell + by));
        expect(fault).toMatchObject({ row: index, stated: cell + by, found: cell });
        expect(fault?.column).toBe(document.columns.find((column) => column.key === key)?.header);
      }),
    );
  });

  it('sees a changed line in the total over it', () => {
    fc.assert(
      fc.property(anyStatement, fc.nat(), delta, (document, pick, by) => {
        const figure = figureOf(document, pick, (row) => row.kind === 'line');
        if (figure === undefined) return;
        const fault = documentFault(changed(document, figure.index, figure.key, figure.cell + by));
        expect(document.rows[fault?.row ?? 0]?.kind).toBe('total');
        expect(fault?.found).toBe((fault?.stated ?? 0n) + by);
      }),
    );
  });

  it('names the line whose running balance does not follow from the one before', () => {
    fc.assert(
      fc.property(anyLedger, fc.nat(), delta, (document, pick, by) => {
        const moved = (row: ReportRow): boolean =>
          row.kind === 'line' && ((row.cells.debit ?? null) !== null || (row.cells.credit ?? null) !== null);
        const figure = figureOf(document, pick, (row, key) => key === 'balance' && moved(row));
        if (figure === undefined) return;
        const fault = documentFault(changed(document, figure.index, 'balance', figure.cell + by));
        expect(fault).toMatchObject({ row: figure.index, label: 'Voucher', column: 'Balance', found: figure.cell });
      }),
    );
  });

  it.each([
    ['itself', [2, 2]],
    ['rows below it', [1, 3]],
    ['a range that ends before it begins', [1, 0]],
    ['rows that are none', [-1, 1]],
  ] as const)('refuses a total that adds %s', (_what, range) => {
    const line = { kind: 'line', depth: 0, cells: { now: 1n } } as const;
    const total = { kind: 'total', depth: 0, label: 'Total', cells: { now: 2n }, adds: [range] } as const;
    const columns = [{ key: 'now', header: 'Now', kind: 'money' }] as const;
    const [document] = fc.sample(anyStatement, 1);
    if (document === undefined) throw new Error('no document');
    expect(() => documentFault({ ...document, columns, rows: [line, line, total, line] })).toThrow(RangeError);
  });

  it('refuses an amount that is no number of paise', () => {
    const [document] = fc.sample(anyStatement, 1);
    if (document === undefined) throw new Error('no document');
    const rows: ReportRow[] = [{ kind: 'line', depth: 0, cells: { now: 5 } }];
    expect(() => documentFault({ ...document, rows })).toThrow(/now: an amount is bigint paise/);
  });
});
