// Plain JavaScript: the process with the other database may run on an older Node than Munim.

/** Books of one college as the benchmarks need them: the same rows for both databases, from a seed. */
export const benchCollegeId = '01890000-0000-7000-8000-000000000001';
export const benchPersonId = '01890000-0000-7000-8000-000000000002';

const epochDay = Date.UTC(2023, 4, 1);
const dayMs = 86_400_000;

export const categories = [
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
];
const statuses = ['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'payable', 'approved', 'submitted', 'draft'];
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

/**
 * Small fast generator(mulberry32): the benchmarks need the same rows each time, not unpredictable ones.
 * @param {number} seed
 * @returns {() => number}
 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A version 7 UUID that follows from an instant, a kind and a number: as real ones, those made one after the other lie close together.
 * @param {number} atMs
 * @param {number} kind
 * @param {number} index
 */
export function benchId(atMs, kind, index) {
  const time = atMs.toString(16).padStart(12, '0');
  const spread = (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  const tail = `${kind.toString(16)}${index.toString(16).padStart(7, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${spread.slice(0, 3)}-8${spread.slice(3, 6)}-${spread.slice(6)}00${tail}`;
}

/** @param {string} day */
const yearOf = (day) => {
  const start = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 4 ? 0 : 1);
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
};

export const vendorCount = 800;
/** @param {number} index */
export const vendorName = (index) =>
  `${firstWords[index % 10] ?? ''} ${trades[Math.floor(index / 10) % 8] ?? ''} ${Math.floor(index / 80) + 1}`;

/**
 * The columns of `expenses` in the order `expenseRow` gives them, with the type SQLite keeps them in.
 * @type {readonly (readonly [name: string, type: string])[]}
 */
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
];

/** @param {number} index */
export const vendorId = (index) => benchId(epochDay, 2, index);

/** @type {<T>(list: readonly T[], share: number) => T} */
const pick = (list, share) => /** @type {any} */ (list[Math.floor(share * list.length)]);

/**
 * One expense of three financial years, as cells in the order of `expenseColumns`. Bills are entered within weeks of their date.
 * @param {number} index
 * @param {number} count of all rows
 * @param {() => number} random
 * @returns {readonly (string | number | null)[]}
 */
export function expenseRow(index, count, random) {
  const entered = epochDay + Math.floor((index / count) * 1_096 * dayMs);
  const at = entered - Math.floor(random() * 30) * dayMs;
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
    benchId(entered, 1, index),
    index + 1,
    status === 'draft' ? null : `EXP-${yearOf(day)}-${String(index).padStart(6, '0')}`,
    `D1-${index}`,
    status,
    category,
    String(5100 + 10 * categories.indexOf(category)),
    vendorId(vendor),
    vendorName(vendor),
    `INV/${Math.floor(random() * 1e6)}`,
    day,
    yearOf(day),
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
    decided ? benchId(entered, 3, index) : null,
    null,
    status === 'paid' ? day : null,
    status === 'paid' ? `UTR${index}` : null,
    `k${index}`,
    0,
    3,
  ];
}
