import type { RowProblemCode } from '../../shared/domain/import/row-problems.ts';
import type { SampleCell } from './sample-sheet.ts';

/** What must become of a row: taken with these values, refused for this reason, or passed over because it is no bill. */
export type Expectation =
  | {
      readonly taken: {
        readonly totalPaise?: bigint;
        readonly billDate?: string;
        readonly vendorName?: string;
        readonly category?: string;
        readonly vendorGstin?: string | null;
      };
    }
  | { readonly refused: RowProblemCode }
  | { readonly skipped: 'total' | 'heading' };

export interface DirtyRow {
  /** What is wrong or odd, in words, for the list that goes with the sample. */
  readonly kind: string;
  readonly cells: DirtyCells;
  readonly expect: Expectation;
}

export interface DirtyCells {
  readonly date?: SampleCell;
  readonly billNo?: SampleCell;
  readonly vendor?: SampleCell;
  readonly gstin?: SampleCell;
  readonly pan?: SampleCell;
  readonly category?: SampleCell;
  readonly glCode?: SampleCell;
  readonly description?: SampleCell;
  readonly taxable?: SampleCell;
  readonly rate?: SampleCell;
  readonly cgst?: SampleCell;
  readonly sgst?: SampleCell;
  readonly igst?: SampleCell;
  readonly total?: SampleCell;
  readonly tds?: SampleCell;
}

const GANESH = '27AAFFS4471K1ZT';
const rupees = (amount: number): SampleCell => ({ paise: BigInt(amount) * 100n });

/** A row without a fault; every row of the sample changes something of it. Its bill number is made from its place. */
export const soundCells = {
  date: { day: '2025-06-12' },
  vendor: 'Shree Ganesh Enterprises',
  gstin: GANESH,
  category: 'supplies',
  glCode: '5200',
  description: 'Office stationery',
  taxable: rupees(10_000),
  cgst: rupees(900),
  sgst: rupees(900),
  total: rupees(11_800),
} as const satisfies DirtyCells;

const untaxed = { gstin: null, cgst: null, sgst: null, taxable: null } as const;
const total = (totalPaise: bigint): Expectation => ({ taken: { totalPaise } });
const refused = (code: RowProblemCode): Expectation => ({ refused: code });

/** Odd, but only one thing can be meant: these go in. */
export const forgivenRows: readonly DirtyRow[] = [
  { kind: 'amount typed with lakh commas', cells: { ...untaxed, total: '1,25,000.50' }, expect: total(1_25_000_50n) },
  { kind: 'amount with ₹ and /-', cells: { ...untaxed, total: '₹ 12,500/-' }, expect: total(12_500_00n) },
  { kind: 'amount with Rs. and spaces', cells: { ...untaxed, total: '  Rs. 4,500  ' }, expect: total(4_500_00n) },
  { kind: 'amount with Dr behind it', cells: { ...untaxed, total: '7,350.00 Dr' }, expect: total(7_350_00n) },
  { kind: 'amount in Devanagari digits', cells: { ...untaxed, total: '१२,५००' }, expect: total(12_500_00n) },
  { kind: 'amount grouped by thousand', cells: { ...untaxed, total: '1,250,000.00' }, expect: total(12_50_000_00n) },
  {
    kind: 'Excel serial number instead of a date',
    cells: { date: { number: 45_780 } },
    expect: { taken: { billDate: '2025-05-03' } },
  },
  {
    kind: 'date as text with a month name',
    cells: { date: '05-Apr-2025' },
    expect: { taken: { billDate: '2025-04-05' } },
  },
  {
    kind: 'date as text with two-digit year',
    cells: { date: '27/05/25' },
    expect: { taken: { billDate: '2025-05-27' } },
  },
  { kind: 'date with dots', cells: { date: '14.07.2025' }, expect: { taken: { billDate: '2025-07-14' } } },
  {
    kind: 'date with a Hindi month and digits',
    cells: { date: '५ अगस्त २०२५' },
    expect: { taken: { billDate: '2025-08-05' } },
  },
  {
    kind: 'date with a time behind it',
    cells: { date: '2025-09-01 10:30:00' },
    expect: { taken: { billDate: '2025-09-01' } },
  },
  {
    kind: 'spaces before, after, doubled and non-breaking',
    cells: { vendor: '  Shree  Ganesh\u00a0Enterprises   ' },
    expect: { taken: { vendorName: 'Shree Ganesh Enterprises' } },
  },
  {
    kind: 'Hindi vendor name',
    cells: { vendor: 'न्यू भारत स्टेशनरी मार्ट', ...untaxed, total: rupees(850) },
    expect: { taken: { vendorName: 'न्यू भारत स्टेशनरी मार्ट' } },
  },
  {
    kind: 'vendor name that looks like a formula, as text',
    cells: { vendor: '=HYPERLINK("http://example.invalid","Shree Traders")', ...untaxed, total: rupees(990) },
    expect: { taken: { vendorName: '=HYPERLINK("http://example.invalid","Shree Traders")' } },
  },
  {
    kind: 'GSTIN in small letters with spaces',
    cells: { gstin: '27 aaffs4471k 1zt' },
    expect: { taken: { vendorGstin: GANESH } },
  },
  {
    kind: 'GSTIN column says URD',
    cells: { ...untaxed, gstin: 'URD', vendor: 'Om Sai Plumbing Works', total: rupees(2_400) },
    expect: { taken: { vendorGstin: null } },
  },
  { kind: 'category by another word', cells: { category: 'Stationery' }, expect: { taken: { category: 'supplies' } } },
  {
    kind: 'category in Hindi',
    cells: { category: 'मरम्मत एवं रखरखाव', glCode: null },
    expect: { taken: { category: 'maintenance' } },
  },
  {
    kind: 'no category, only a GL code',
    cells: { category: null, glCode: { number: 5420 } },
    expect: { taken: { category: 'security' } },
  },
  {
    kind: 'total worked out by a formula',
    cells: { total: { formula: 'I#+K#+L#', paise: 11_800_00n } },
    expect: total(11_800_00n),
  },
  {
    kind: 'tax with more than two decimals',
    cells: {
      taxable: { number: 1234.56 },
      cgst: { number: 111.1104 },
      sgst: { number: 111.1104 },
      total: { number: 1456.78 },
    },
    expect: total(1_456_78n),
  },
  {
    kind: 'bill rounded to the rupee',
    cells: {
      taxable: { number: 1234.56 },
      cgst: { number: 111.11 },
      sgst: { number: 111.11 },
      total: { number: 1457 },
    },
    expect: total(1_457_00n),
  },
  {
    kind: 'only a GST rate, no tax amounts',
    cells: { rate: '18%', cgst: null, sgst: null },
    expect: total(11_800_00n),
  },
  {
    kind: 'GST rate kept by Excel as a fraction',
    cells: { rate: { number: 0.18, format: '0%' }, cgst: null, sgst: null },
    expect: total(11_800_00n),
  },
  {
    kind: 'dashes instead of zero tax',
    cells: { taxable: rupees(5_000), cgst: '-', sgst: '–', igst: 'nil', total: rupees(5_000) },
    expect: total(5_000_00n),
  },
  { kind: 'bill number that is a number', cells: { billNo: { number: 774_120 } }, expect: total(11_800_00n) },
];

/** What nobody can put right but the person with the bill in hand: these come back marked. */
export const refusedRows: readonly DirtyRow[] = [
  {
    kind: 'the same bill twice in the file',
    cells: { billNo: { number: 774_120 } },
    expect: refused('IMPORT_ROW_DUPLICATE_IN_FILE'),
  },
  {
    kind: 'GSTIN with a wrong check digit',
    cells: { gstin: '27AAFFS4471K1ZX' },
    expect: refused('IMPORT_ROW_GSTIN_CHECK_DIGIT'),
  },
  {
    kind: 'GSTIN with a character missing',
    cells: { gstin: '27AAFFS4471K1Z' },
    expect: refused('IMPORT_ROW_GSTIN_FORM'),
  },
  {
    kind: 'negative amount',
    cells: { ...untaxed, total: rupees(-3_500) },
    expect: refused('IMPORT_ROW_AMOUNT_NOT_POSITIVE'),
  },
  {
    kind: 'negative amount in brackets',
    cells: { ...untaxed, total: '(5,000.00)' },
    expect: refused('IMPORT_ROW_AMOUNT_NOT_POSITIVE'),
  },
  {
    kind: 'credit amount',
    cells: { ...untaxed, total: '2,200.00 Cr' },
    expect: refused('IMPORT_ROW_AMOUNT_NOT_POSITIVE'),
  },
  { kind: 'amount zero', cells: { ...untaxed, total: rupees(0) }, expect: refused('IMPORT_ROW_AMOUNT_NOT_POSITIVE') },
  { kind: 'no amount at all', cells: { ...untaxed, total: null }, expect: refused('IMPORT_ROW_REQUIRED') },
  {
    kind: 'total is not taxable value and tax',
    cells: { total: rupees(12_800) },
    expect: refused('IMPORT_ROW_TOTAL_MISMATCH'),
  },
  {
    kind: 'CGST and SGST differ',
    cells: { sgst: rupees(800), total: rupees(11_700) },
    expect: refused('IMPORT_ROW_CGST_SGST_DIFFER'),
  },
  {
    kind: 'IGST beside CGST and SGST',
    cells: { igst: rupees(1_800), total: rupees(13_600) },
    expect: refused('IMPORT_ROW_IGST_WITH_CGST'),
  },
  {
    kind: 'negative tax',
    cells: { cgst: null, sgst: null, igst: rupees(-900), total: rupees(9_100) },
    expect: refused('IMPORT_ROW_TAX_NEGATIVE'),
  },
  { kind: 'GST rate that does not fit the tax', cells: { rate: '5%' }, expect: refused('IMPORT_ROW_RATE_MISMATCH') },
  {
    kind: 'GST rate without GSTIN and tax amounts',
    cells: { rate: '18%', gstin: null, cgst: null, sgst: null },
    expect: refused('IMPORT_ROW_TAX_SPLIT_UNKNOWN'),
  },
  { kind: 'GST rate that is no rate', cells: { rate: 'as per bill' }, expect: refused('IMPORT_ROW_RATE_UNREADABLE') },
  { kind: 'TDS above the taxable value', cells: { tds: rupees(10_500) }, expect: refused('IMPORT_ROW_TDS_TOO_LARGE') },
  { kind: 'date in the future', cells: { date: '01-01-2099' }, expect: refused('IMPORT_ROW_DATE_FUTURE') },
  { kind: 'date years ago', cells: { date: '12-06-2015' }, expect: refused('IMPORT_ROW_DATE_TOO_OLD') },
  {
    kind: 'date that is not in the calendar',
    cells: { date: '31-06-2025' },
    expect: refused('IMPORT_ROW_DATE_UNREADABLE'),
  },
  { kind: 'no date', cells: { date: null }, expect: refused('IMPORT_ROW_REQUIRED') },
  { kind: 'no vendor', cells: { vendor: null }, expect: refused('IMPORT_ROW_REQUIRED') },
  {
    kind: 'number instead of a vendor name',
    cells: { vendor: { number: 9_822_012_345 } },
    expect: refused('IMPORT_ROW_VENDOR_NOT_A_NAME'),
  },
  {
    kind: 'category that does not exist',
    cells: { category: 'Hostel mess', glCode: null },
    expect: refused('IMPORT_ROW_CATEGORY_UNKNOWN'),
  },
  {
    kind: 'neither category nor GL code',
    cells: { category: null, glCode: null },
    expect: refused('IMPORT_ROW_REQUIRED'),
  },
  { kind: 'GL code that does not exist', cells: { glCode: '5299' }, expect: refused('IMPORT_ROW_GL_UNKNOWN') },
  { kind: 'GL code of another category', cells: { glCode: '5830' }, expect: refused('IMPORT_ROW_GL_OTHER_CATEGORY') },
  {
    kind: 'amount in words',
    cells: { ...untaxed, total: 'twelve thousand' },
    expect: refused('IMPORT_ROW_AMOUNT_UNREADABLE'),
  },
  { kind: 'decimal comma', cells: { ...untaxed, total: '1250,50' }, expect: refused('IMPORT_ROW_AMOUNT_UNCLEAR') },
  {
    kind: 'amount with three decimals, typed',
    cells: { ...untaxed, total: '1250.505' },
    expect: refused('IMPORT_ROW_AMOUNT_DECIMALS'),
  },
  {
    kind: 'amount beyond any college',
    cells: { ...untaxed, total: '99999999999999999' },
    expect: refused('IMPORT_ROW_AMOUNT_TOO_LARGE'),
  },
  {
    kind: 'formula that failed',
    cells: { ...untaxed, total: { formula: 'I#/0', error: '#DIV/0!' } },
    expect: refused('IMPORT_ROW_FORMULA_ERROR'),
  },
  {
    kind: 'formula that was never worked out',
    cells: { ...untaxed, total: { formula: 'I#*1.18' } },
    expect: refused('IMPORT_ROW_FORMULA_NO_VALUE'),
  },
  {
    kind: 'bill number that Excel rounded',
    cells: { billNo: '1.23457E+11' },
    expect: refused('IMPORT_ROW_BILL_NO_DAMAGED'),
  },
  {
    kind: 'bill number that Excel made a date',
    cells: { billNo: { day: '2025-05-12' } },
    expect: refused('IMPORT_ROW_BILL_NO_DAMAGED'),
  },
  { kind: 'PAN that is none', cells: { pan: 'ABCDE12345' }, expect: refused('IMPORT_ROW_PAN_FORM') },
  {
    kind: 'PAN that is not the one in the GSTIN',
    cells: { pan: 'ABKPM8812D' },
    expect: refused('IMPORT_ROW_PAN_NOT_OF_GSTIN'),
  },
  {
    kind: 'description longer than a page',
    cells: { description: 'Stationery for the examination cell. '.repeat(30) },
    expect: refused('IMPORT_ROW_TEXT_TOO_LONG'),
  },
];
