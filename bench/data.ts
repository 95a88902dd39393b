import { financialYearOf } from '../shared/kernel/dates.ts';
import { namedId } from '../shared/kernel/ids.ts';

/** Books of one college as the benchmarks need them: the same rows for both databases, from a seed. */
export const benchCollegeId = '01890000-0000-7000-8000-000000000001';
export const benchPersonId = '01890000-0000-7000-8000-000000000002';

const categories = [
  'salaries',
  'utilities',
  'supplies',
  'maintenance',
  'infrastructure',
  'travel',
  'events',
  'library',
  'laboratory',
  'professional_fees',
  'rent',
  'insurance',
  'printing',
  'security',
  'housekeeping',
  'miscellaneous',
] as const;
const statuses = ['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'payable', 'approved', 'submitted', 'draft'] as const;
const firstWords = [
  'Shree',
  'Annapurna',
  'Bharat',
  'Deccan',
  'Ganesh',
  'Himalaya',
  'Konkan',
  'Lakshmi',
  'Narmada',
  'Sahyadri',
];
const trades = [
  'Traders',
  'Electricals',
  'Scientific',
  'Stationers',
  'Caterers',
  'Book House',
  'Power',
  'Security Services',
];
const goods = [
  'A4 paper',
  'diesel for generator',
  'lab glassware',
  'annual maintenance',
  'bus hire',
  'toner',
  'guest lecture',
  'fire extinguishers',
];

/** Small fast generator (mulberry32): the benchmarks need the same rows each time, not unpredictable ones. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An id that follows from a kind and a number, so that both databases hold the same. */
export function benchId(kind: number, index: number): string {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  // Spread, as the random half of a real id is: neighbours in time are not neighbours in the index.
  view.setUint32(0, Math.imul(index + 1, 2_654_435_761) >>> 0);
  view.setUint32(4, index);
  view.setUint32(8, kind);
  return namedId(bytes);
}

export const vendorCount = 800;
export const vendorName = (index: number): string =>
  `${firstWords[index % 10] ?? ''} ${trades[Math.floor(index / 10) % 8] ?? ''} ${Math.floor(index / 80) + 1}`;

/** The columns of `expenses` in the order `expenseRow` gives them, with the type SQLite keeps them in. */
export const expenseColumns = [
  ['college_id', 'text'],
  ['id', 'text'],
  ['version', 'integer'],
  ['number', 'text'],
  ['provisional_ref', 'text'],
  ['status', 'text'],
  ['category', 'text'],
  ['account_code', 'text'],
  ['vendor_id', 'text'],
  ['vendor_name', 'text'],
  ['bill_no', 'text'],
  ['bill_date', 'text'],
  ['financial_year', 'text'],
  ['description', 'text'],
  ['department', 'text'],
  ['taxable_paise', 'integer'],
  ['cgst_paise', 'integer'],
  ['sgst_paise', 'integer'],
  ['igst_paise', 'integer'],
  ['itc_eligible', 'integer'],
  ['tds_paise', 'integer'],
  ['total_paise', 'integer'],
  ['budget_paise', 'integer'],
  ['committed_paise', 'integer'],
  ['over_budget', 'integer'],
  ['over_budget_reason', 'text'],
  ['maker_id', 'text'],
  ['maker_name', 'text'],
  ['created_at', 'integer'],
  ['submitted_at', 'integer'],
  ['due_at', 'integer'],
  ['decided_by', 'text'],
  ['decided_by_name', 'text'],
  ['decided_at', 'integer'],
  ['decision_comment', 'text'],
  ['voucher_id', 'text'],
  ['payment_voucher_id', 'text'],
  ['paid_on', 'text'],
  ['payment_reference', 'text'],
  ['import_key', 'text'],
  ['receipt_count', 'integer'],
  ['revision', 'integer'],
] as const;

export type Cell = string | number | null;

const epochDay = Date.UTC(2023, 3, 1);
const dayMs = 86_400_000;
const pick = <T>(list: readonly T[], share: number): T => list[Math.floor(share * list.length)] as T;

/** One expense of three financial years, as cells in the order of `expenseColumns`. */
export function expenseRow(index: number, random: () => number): readonly Cell[] {
  const at = epochDay + Math.floor(random() * 1_096) * dayMs;
  const day = new Date(at).toISOString().slice(0, 10);
  const status = pick(statuses, random());
  const category = pick(categories, random() * random());
  const vendor = Math.floor(random() * vendorCount);
  const taxable = Math.floor(100_00 + random() * random() * 50_000_000);
  const half = Math.round(taxable * 0.09);
  const total = taxable + 2 * half;
  const decided = status !== 'draft' && status !== 'submitted';
  return [
    benchCollegeId,
    benchId(1, index),
    index + 1,
    status === 'draft' ? null : `EXP-${financialYearOf(day)}-${String(index).padStart(6, '0')}`,
    `D1-${index}`,
    status,
    category,
    String(5100 + 10 * categories.indexOf(category)),
    benchId(2, vendor),
    vendorName(vendor),
    `INV/${Math.floor(random() * 1e6)}`,
    day,
    financialYearOf(day),
    `${pick(goods, random())} for ${pick(['hostel', 'main building', 'workshop', 'library', 'canteen'], random())}, lot ${index % 9973}`,
    null,
    taxable,
    half,
    half,
    0,
    0,
    0,
    total,
    total,
    status === 'submitted' ? total : 0,
    0,
    null,
    benchPersonId,
    'Asha Kulkarni',
    at,
    status === 'draft' ? null : at + 3_600_000,
    status === 'draft' ? null : at + 48 * 3_600_000,
    decided ? benchPersonId : null,
    decided ? 'R. Deshpande' : null,
    decided ? at + 7_200_000 : null,
    null,
    decided ? benchId(3, index) : null,
    null,
    status === 'paid' ? day : null,
    status === 'paid' ? `UTR${index}` : null,
    `k${index}`,
    0,
    3,
  ];
}
