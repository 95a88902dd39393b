import { addDays } from '../../shared/kernel/dates.ts';
import {
  type DirtyCells,
  type DirtyRow,
  type Expectation,
  forgivenRows,
  refusedRows,
  soundCells,
} from './dirty-rows.ts';
import type { SampleCell, SampleSheet } from './sample-sheet.ts';
import { sampleVendors } from './sample-vendors.ts';

/** A row of the sample whose fate is known. */
export interface KnownRow {
  readonly sheet: string;
  readonly row: number;
  readonly kind: string;
  readonly expect: Expectation;
}

export const BILLS_SHEET = 'Bills';
export const MIXED_DATES_SHEET = 'Mixed dates';
export const HINDI_SHEET = 'हिन्दी बिल';
export const NOTES_SHEET = 'Notes';
export const REGISTER_SHEET = 'Day register';
export const REGISTER_ROWS = 100_000;

const COLUMNS: readonly (keyof DirtyCells)[] = [
  'date',
  'billNo',
  'vendor',
  'gstin',
  'pan',
  'category',
  'glCode',
  'description',
  'taxable',
  'rate',
  'cgst',
  'sgst',
  'igst',
  'total',
  'tds',
];
const UPPER = [
  'Bill',
  null,
  'Vendor',
  null,
  null,
  'Category',
  'GL Code',
  'Particulars',
  'Taxable Amount (₹)',
  'GST',
  null,
  null,
  null,
  'Total Amount (₹)',
  'TDS',
];
const LOWER = [
  'Date',
  'No.',
  'Name',
  'GSTIN',
  'PAN',
  null,
  null,
  null,
  null,
  'Rate %',
  'CGST',
  'SGST',
  'IGST',
  null,
  null,
];
const MERGES = ['A1:O1', 'A2:O2', 'A4:B4', 'C4:E4', 'F4:F5', 'G4:G5', 'H4:H5', 'I4:I5', 'J4:M4', 'N4:N5', 'O4:O5'];

export interface DirtyBook {
  readonly sheets: readonly SampleSheet[];
  readonly known: readonly KnownRow[];
}

export function dirtyBook(): DirtyBook {
  const known: KnownRow[] = [];
  const sheets = [billsSheet(known), mixedDatesSheet(known), hindiSheet(known), notesSheet(), registerSheet(known)];
  return { sheets, known };
}

/** A letterhead, headings of two merged rows, and a row of every kind, with page totals and a repeated heading between them. */
function billsSheet(known: KnownRow[]): SampleSheet {
  const rows: (readonly SampleCell[])[] = [
    ['Vidya Vikas College of Engineering'],
    ['Expense register 2025-26, as kept by the departments'],
    [],
    UPPER,
    LOWER,
  ];
  const put = (cells: readonly SampleCell[], kind: string, expect: Expectation): void => {
    rows.push(cells);
    known.push({ sheet: BILLS_SHEET, row: rows.length, kind, expect });
  };
  for (const row of forgivenRows) put(dirtyCells(row, rows.length + 1), row.kind, row.expect);
  put(totalCells('Page total', 1_98_450), 'page total between the bills', { skipped: 'total' });
  rows.push([]);
  put(
    ['Bill Date', 'Bill No', 'Vendor Name', 'GSTIN', 'PAN', 'Category', 'GL Code', 'Particulars', 'Taxable Amount'],
    'heading repeated on the next page',
    { skipped: 'heading' },
  );
  for (const row of refusedRows) put(dirtyCells(row, rows.length + 1), row.kind, row.expect);
  rows.push([]);
  put(totalCells('कुल योग / Grand Total', 4_12_300), 'grand total at the end', { skipped: 'total' });
  return {
    name: BILLS_SHEET,
    rows,
    merges: MERGES,
    boldRows: [1, 4, 5],
    widths: [14, 16, 34, 18, 13, 16, 9, 30, 16, 9, 12, 12, 12, 16, 12],
  };
}

function dirtyCells(row: DirtyRow, rowNumber: number): readonly SampleCell[] {
  const cells: DirtyCells = { ...soundCells, billNo: `D/${String(rowNumber).padStart(3, '0')}`, ...row.cells };
  return COLUMNS.map((column) => {
    const cell = cells[column] ?? null;
    return cell !== null && typeof cell === 'object' && 'formula' in cell
      ? { ...cell, formula: cell.formula.replaceAll('#', String(rowNumber)) }
      : cell;
  });
}

function totalCells(label: string, rupees: number): readonly SampleCell[] {
  return COLUMNS.map((column) =>
    column === 'vendor' ? label : column === 'total' ? { paise: BigInt(rupees) * 100n } : null,
  );
}

/** Two people typed into this one: some of its dates put the day first, some the month. */
function mixedDatesSheet(known: KnownRow[]): SampleSheet {
  const bill = (date: string, number: number, rupees: number): readonly SampleCell[] => [
    date,
    `M-${number}`,
    'Jai Malhar Travels',
    'travel',
    'Taxi',
    { paise: BigInt(rupees) * 100n },
  ];
  const name = (row: number, kind: string, expect: Expectation): void => {
    known.push({ sheet: MIXED_DATES_SHEET, row, kind, expect });
  };
  name(2, 'day first, which can only be read so', { taken: { billDate: '2025-07-25' } });
  name(3, 'month first, which can only be read so', { taken: { billDate: '2025-07-28' } });
  name(4, 'day or month first in a column that has both', { refused: 'IMPORT_ROW_DATE_AMBIGUOUS' });
  name(5, 'day and month alike', { taken: { billDate: '2025-08-08' } });
  return {
    name: MIXED_DATES_SHEET,
    boldRows: [1],
    rows: [
      ['Date', 'Bill No', 'Party', 'Head', 'Details', 'Amount'],
      bill('25/07/2025', 1, 1_850),
      bill('07/28/2025', 2, 2_400),
      bill('04/05/2025', 3, 2_150),
      bill('08/08/2025', 4, 1_975),
    ],
  };
}

function hindiSheet(known: KnownRow[]): SampleSheet {
  const name = (row: number, kind: string, expect: Expectation): void => {
    known.push({ sheet: HINDI_SHEET, row, kind, expect });
  };
  name(2, 'Hindi headings, names and digits', {
    taken: { billDate: '2025-04-12', totalPaise: 3_450_00n, vendorName: 'अन्नपूर्णा कैटरर्स', category: 'events' },
  });
  name(3, 'Hindi currency word and category', { taken: { totalPaise: 1_200_00n, category: 'housekeeping' } });
  name(4, 'Hindi row of totals', { skipped: 'total' });
  return {
    name: HINDI_SHEET,
    boldRows: [1],
    rows: [
      ['दिनांक', 'बिल संख्या', 'विक्रेता का नाम', 'मद', 'विवरण', 'राशि'],
      ['१२/०४/२०२५', 'अ/१२', 'अन्नपूर्णा कैटरर्स', 'कार्यक्रम एवं समारोह', 'कार्यशाला भोजन', '३,४५०'],
      ['१९ अप्रैल २०२५', 'अ/१३', 'स्वच्छ भारत क्लीनिंग सर्विसेस', 'सफाई', 'सफाई सामग्री', 'रु. 1,200 मात्र'],
      ['कुल', null, null, null, null, '४,६५०'],
    ],
  };
}

/** A sheet that holds no list, as most real workbooks have one. */
const notesSheet = (): SampleSheet => ({
  name: NOTES_SHEET,
  rows: [
    ['To do before the audit'],
    ['Ask the workshop for the missing bills'],
    ['Ring the bank about the March statement'],
    [{ number: 45_000 }],
  ],
});

/** The small payments of many years in one sheet, to show that size is no obstacle. Every ten-thousandth row was cancelled by hand. */
function registerSheet(known: KnownRow[]): SampleSheet {
  const rows: (readonly SampleCell[])[] = [['Date', 'Voucher No', 'Party', 'Head', 'Particulars', 'Amount']];
  for (let index = 1; index <= REGISTER_ROWS; index += 1) {
    const vendor = sampleVendors[(index * 7) % sampleVendors.length];
    const cancelled = index % 10_000 === 0;
    if (cancelled) {
      known.push({
        sheet: REGISTER_SHEET,
        row: index + 1,
        kind: 'the word "cancelled" for an amount, deep in a sheet of 100,000 rows',
        expect: { refused: 'IMPORT_ROW_AMOUNT_UNREADABLE' },
      });
    }
    rows.push([
      { day: addDays('2025-04-01', Math.floor((index * 365) / (REGISTER_ROWS + 1))) },
      `V${index}`,
      vendor?.name ?? 'Cash',
      vendor?.category ?? 'miscellaneous',
      vendor?.items[index % 2] ?? 'Cash purchase',
      cancelled ? 'cancelled' : { paise: BigInt(5_000 + ((index * 7_919) % 250_000)) },
    ]);
  }
  return { name: REGISTER_SHEET, rows, boldRows: [1], widths: [12, 14, 32, 18, 30, 14] };
}
