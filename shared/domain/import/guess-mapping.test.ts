import { describe, expect, it } from 'vitest';
import { fieldOfHeading } from './columns.ts';
import { classifyRow, guessColumns, guessHeader, mappingOf, missingFields } from './guess-mapping.ts';
import { emptyCell, type RawCell, type RawRow } from './raw-cell.ts';

const cell = (value: string | number | null): RawCell => {
  if (value === null) return emptyCell;
  return typeof value === 'number' ? { kind: 'number', text: String(value) } : { kind: 'text', text: value };
};
const row = (number: number, ...values: readonly (string | number | null)[]): RawRow => ({
  number,
  cells: values.map(cell),
});
const fields = (rows: readonly RawRow[]) => mappingOf(guessHeader(rows)?.columns ?? []);

describe('a heading', () => {
  it.each([
    ['Bill Date', 'billDate'],
    ['Invoice Dt. (dd-mm-yyyy)', 'billDate'],
    ['Invoice No.', 'billNo'],
    ['Name of the Party', 'vendorName'],
    ['Supplier GSTIN/UIN', 'vendorGstin'],
    ['Expense Head', 'category'],
    ['G/L Code', undefined],
    ['GL CODE', 'accountCode'],
    ['Taxable Value (₹)', 'taxable'],
    ['Amount (Rs.)', 'total'],
    ['Total Amount in INR', 'total'],
    ['GST %', 'gstRate'],
    ['CGST Amt', 'cgst'],
    ['CGST %', undefined],
    ['CGST Rate', undefined],
    ['GST Amount', undefined],
    ['Balance Amount', undefined],
    ['Amount incl. GST', 'total'],
    ['TDS Deducted', 'tds'],
    ['बिल दिनांक', 'billDate'],
    ['विक्रेता का नाम', 'vendorName'],
    ['कुल राशि (₹)', 'total'],
    ['मद', 'category'],
    ['Signature', undefined],
    ['', undefined],
  ])('%s means %s', (heading, field) => {
    expect(fieldOfHeading(heading)?.field).toBe(field);
  });

  it('is surer as a whole than in part', () => {
    expect(fieldOfHeading('Bill Date')?.confidence).toBeGreaterThan(
      fieldOfHeading('Bill date as received')?.confidence ?? 1,
    );
  });
});

describe('the heading row', () => {
  const data = [row(9, '05-04-2025', 'A/1', 'Shree Traders', 100), row(10, '06-04-2025', 'A/2', 'Om Traders', 200)];

  it('is found below a letterhead', () => {
    const rows = [
      row(1, 'College'),
      row(3, 'Expenses', '2025-26'),
      row(8, 'Date', 'Bill No', 'Vendor', 'Amount'),
      ...data,
    ];
    const guess = guessHeader(rows);
    expect(guess?.headerRow).toBe(8);
    expect(mappingOf(guess?.columns ?? [])).toEqual({ billDate: 0, billNo: 1, vendorName: 2, total: 3 });
  });

  it('may be two rows with merged groups', () => {
    const rows = [
      row(7, 'Bill', null, 'Vendor', null, 'CGST', null, 'Total'),
      row(8, 'Date', 'No.', 'Name', 'GSTIN', 'Rate', 'Amount', null),
      row(9, '05-04-2025', 'A/1', 'Shree Traders', '-', 9, 90, 1180),
    ];
    expect(guessHeader(rows)?.headerRow).toBe(8);
    expect(guessHeader(rows)?.columns.map(({ title }) => title)).toEqual([
      'Bill Date',
      'Bill No.',
      'Vendor Name',
      'GSTIN',
      'CGST Rate',
      'CGST Amount',
      'Total',
    ]);
    expect(fields(rows)).toEqual({ billDate: 0, billNo: 1, vendorName: 2, vendorGstin: 3, cgst: 5, total: 6 });
  });

  it('is not found where there is none', () => {
    expect(guessHeader(data)).toBeUndefined();
    expect(guessHeader([row(1, 'To do'), row(2, 'Ring the bank', 'today')])).toBeUndefined();
  });

  it('can be chosen by the person', () => {
    const rows = [row(1, 'Date', 'Party', 'Amount'), row(2, 'Bill Date', 'Vendor Name', 'Total'), ...data];
    expect(guessColumns(rows, 2)?.headerRow).toBe(2);
    expect(guessColumns(rows, 99)).toBeUndefined();
  });

  it('gives each field to its surest column', () => {
    const rows = [row(1, 'Date', 'Bill Date', 'Party', 'Amount', 'Total Amount'), ...data];
    expect(fields(rows)).toMatchObject({ billDate: 1, total: 4 });
  });

  it('is corrected by what stands in a column', () => {
    const rows = [
      row(1, 'Date', 'Vendor', 'Reg. details', 'Amount'),
      row(2, '05-04-2025', 'Shree', '27AAFFS4471K1ZT', 100),
    ];
    expect(fields(rows).vendorGstin).toBe(2);
  });
});

describe('what is missing', () => {
  it('is named', () => {
    expect(missingFields({})).toEqual(['billDate', 'vendorName', 'category', 'total']);
    expect(missingFields({ billDate: 0, vendorName: 1, accountCode: 2, taxable: 3 })).toEqual([]);
  });
});

describe('a row below the heading', () => {
  const mapping = { billDate: 0, billNo: 1, vendorName: 2, total: 3 };
  it.each([
    [row(5), 'blank'],
    [row(5, ' ', null), 'blank'],
    [row(5, 'Grand Total', null, null, 500), 'total'],
    [row(5, null, null, 'कुल योग', 500), 'total'],
    [row(5, 'Sub-total', null, null, 500), 'total'],
    [row(5, 'Date', 'Bill No', 'Vendor', 'Amount'), 'heading'],
    [row(5, '05-04-2025', null, 'Total Solutions Pvt Ltd', 500), 'data'],
    [row(5, '05-04-2025', 'T-1', 'Total', 500), 'data'],
    [row(5, null, null, null, 500), 'data'],
  ])('%j is %s', (given, kind) => {
    expect(classifyRow(given, mapping)).toBe(kind);
  });
});
