import { foldText } from './clean-text.ts';
import { type ImportKind, sheetColumns, sheetFieldOf, sheetFields } from './sheet-kinds.ts';

/** What a column of an expense file can mean. */
export const expenseFields = [
  'billDate',
  'billNo',
  'vendorName',
  'vendorGstin',
  'vendorPan',
  'category',
  'accountCode',
  'description',
  'department',
  'taxable',
  'gstRate',
  'cgst',
  'sgst',
  'igst',
  'total',
  'tds',
] as const;
type ExpenseField = (typeof expenseFields)[number];

/** What a column of any file can mean. */
export const importFields = [...expenseFields, ...sheetFields] as const;
export type ImportField = (typeof importFields)[number];

/** What columns of a file of this kind can mean, in the order in which they are offered. */
export const fieldsOf = (kind: ImportKind): readonly ImportField[] =>
  kind === 'expenses' ? expenseFields : (Object.keys(sheetColumns[kind]) as ImportField[]);

/** Column index (from 0) of each field that a column was found or chosen for. */
export type Mapping = Readonly<Partial<Record<ImportField, number>>>;

/** Headings as colleges write them, in English and Hindi; the earlier in a list, the surer. Compared folded (see `foldText`). */
const SYNONYMS: Readonly<Record<ExpenseField, readonly string[]>> = {
  billDate: [
    'bill date',
    'invoice date',
    'date of bill',
    'date of invoice',
    'inv date',
    'bill dt',
    'invoice dt',
    'inv dt',
    'expense date',
    'voucher date',
    'बिल दिनांक',
    'बिल तिथि',
    'बिल की तारीख',
    'date',
    'dt',
    'दिनांक',
    'तिथि',
    'तारीख',
  ],
  billNo: [
    'bill no',
    'invoice no',
    'bill number',
    'invoice number',
    'inv no',
    'inv number',
    'bill ref',
    'bill invoice no',
    'voucher no',
    'document no',
    'बिल संख्या',
    'बिल नंबर',
    'बिल नं',
    'बिल क्रमांक',
    'चालान संख्या',
  ],
  vendorName: [
    'vendor name',
    'vendor',
    'supplier name',
    'supplier',
    'party name',
    'party',
    'name of vendor',
    'name of supplier',
    'name of party',
    'paid to',
    'payee',
    'payee name',
    'firm name',
    'विक्रेता का नाम',
    'विक्रेता',
    'फर्म का नाम',
    'पार्टी का नाम',
    'आपूर्तिकर्ता',
    'भुगतान प्राप्तकर्ता',
  ],
  vendorGstin: [
    'gstin',
    'vendor gstin',
    'supplier gstin',
    'party gstin',
    'gst no',
    'gst number',
    'gstin no',
    'gstin of supplier',
    'gstin uin',
    'gst in',
    'जीएसटी नंबर',
    'जीएसटी संख्या',
    'जीएसटीआईएन',
  ],
  vendorPan: ['pan', 'vendor pan', 'pan no', 'pan number', 'supplier pan', 'party pan', 'पैन', 'पैन नंबर', 'पैन संख्या'],
  category: [
    'category',
    'expense category',
    'expense head',
    'budget head',
    'head',
    'head of account',
    'expense type',
    'श्रेणी',
    'मद',
    'व्यय मद',
    'खर्च का प्रकार',
  ],
  accountCode: [
    'gl code',
    'gl',
    'account code',
    'ledger code',
    'gl account',
    'ledger',
    'a c code',
    'खाता कोड',
    'लेखा कोड',
  ],
  description: [
    'description',
    'particulars',
    'narration',
    'details',
    'item',
    'items',
    'item description',
    'purpose',
    'expense details',
    'remarks',
    'remark',
    'note',
    'notes',
    'विवरण',
    'ब्यौरा',
    'टिप्पणी',
  ],
  department: ['department', 'dept', 'branch', 'section', 'cost centre', 'cost center', 'विभाग', 'अनुभाग'],
  taxable: [
    'taxable amount',
    'taxable value',
    'taxable',
    'basic amount',
    'base amount',
    'basic value',
    'net amount before tax',
    'amount before tax',
    'amount before gst',
    'कर योग्य राशि',
    'कर योग्य मूल्य',
    'मूल राशि',
  ],
  gstRate: [
    'gst rate',
    'gst',
    'rate of gst',
    'gst percent',
    'tax rate',
    'rate of tax',
    'gst slab',
    'जीएसटी दर',
    'कर की दर',
  ],
  cgst: ['cgst', 'cgst amount', 'central tax', 'cgst amt', 'central gst', 'सीजीएसटी', 'केंद्रीय कर'],
  sgst: [
    'sgst',
    'sgst amount',
    'state tax',
    'sgst amt',
    'state ut tax',
    'sgst utgst',
    'utgst',
    'state gst',
    'एसजीएसटी',
    'राज्य कर',
  ],
  igst: ['igst', 'igst amount', 'integrated tax', 'igst amt', 'integrated gst', 'आईजीएसटी', 'एकीकृत कर'],
  total: [
    'total amount',
    'total',
    'bill amount',
    'invoice amount',
    'invoice value',
    'bill value',
    'gross amount',
    'grand total',
    'total invoice value',
    'amount',
    'amt',
    'net payable',
    'amount payable',
    'कुल राशि',
    'कुल',
    'बिल राशि',
    'राशि',
  ],
  tds: ['tds', 'tds amount', 'tds deducted', 'tds amt', 'tax deducted at source', 'टीडीएस', 'टीडीएस राशि'],
};

/** Units that people put into headings and that say nothing about which field it is. */
const UNIT = /(?:₹|\brs\b|\binr\b|\brupees\b|रुपये|रुपए|रु)/gu;

const bySynonym = new Map<string, { readonly field: ImportField; readonly confidence: number }>();
for (const field of expenseFields) {
  SYNONYMS[field].forEach((name, index) => {
    const confidence = Math.max(0.8, 1 - index * 0.01);
    const key = headingKey(name);
    if (!bySynonym.has(key)) bySynonym.set(key, { field, confidence });
  });
}

export function headingKey(heading: string): string {
  return foldText(heading.replaceAll('%', ' percent '))
    .replace(UNIT, ' ')
    .replace(/\b(?:in|dd mm yyyy|dd mm yy)\b\s*$/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

export interface HeadingGuess {
  readonly field: ImportField;
  /** 0 to 1: 1 is the very name of the field, below 0.6 only a word of it was found. */
  readonly confidence: number;
}

/** Which field a heading names, by the whole heading or else by the longest known name within it. */
export function fieldOfHeading(heading: string, kind: ImportKind = 'expenses'): HeadingGuess | undefined {
  if (kind !== 'expenses') return sheetFieldOf(kind, heading);
  const key = headingKey(heading).replace(/ percent$/, '');
  if (key === '') return undefined;
  if (/\b(?:gst|tax)\b/.test(key) && /%|percent/i.test(heading)) return { field: 'gstRate', confidence: 0.9 };
  const whole = bySynonym.get(key);
  const found = whole ?? longestWithin(key);
  if (whole === undefined && found?.field === 'total' && PART_OF_TOTAL.test(key) && !INCLUDING.test(key))
    return undefined;
  return found === undefined || isOtherFigure(heading, key, found.field) ? undefined : found;
}

/** `GST amount` or `Balance amount` is not what the bill asks for, but `Amount incl. GST` is. */
const PART_OF_TOTAL = /\b(?:gst|tax|tds|cess|discount|balance|advance|due|paid|freight|other)\b/;
const INCLUDING = /\b(?:incl|including|inclusive|with)\b/;

/** `CGST rate` is not the CGST, and the whole GST in one amount is not its rate. */
function isOtherFigure(heading: string, key: string, field: ImportField): boolean {
  if (field === 'cgst' || field === 'sgst' || field === 'igst' || field === 'tds')
    return /%|percent|\brate\b|दर/iu.test(heading);
  return field === 'gstRate' && /\b(?:amount|amt|value)\b|राशि/u.test(key);
}

function longestWithin(key: string): HeadingGuess | undefined {
  let best: { readonly field: ImportField; readonly length: number } | undefined;
  for (const [name, { field }] of bySynonym) {
    if (name.length >= 3 && ` ${key} `.includes(` ${name} `) && name.length > (best?.length ?? 0)) {
      best = { field, length: name.length };
    }
  }
  if (best === undefined || key.split(' ').length > 8) return undefined;
  return { field: best.field, confidence: 0.4 + 0.35 * (best.length / key.length) };
}
