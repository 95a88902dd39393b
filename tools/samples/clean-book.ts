import { addDays } from '../../shared/kernel/dates.ts';
import { decimalText, shareOf } from '../../shared/kernel/money.ts';
import { SeededRandom } from '../../shared/testing/seeded-random.ts';
import type { SampleSheet } from './sample-sheet.ts';
import { COLLEGE_STATE, departments, payroll, type SampleVendor, sampleVendors } from './sample-vendors.ts';

export const CLEAN_ROWS = 2_000;
const SEED = 2526;
const FIRST_DAY = '2025-04-01';

export interface SampleBill {
  readonly date: string;
  readonly billNo: string;
  readonly vendor: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly category: string;
  readonly glCode: string;
  readonly department: string;
  readonly description: string;
  readonly taxable: bigint;
  readonly cgst: bigint;
  readonly sgst: bigint;
  readonly igst: bigint;
  readonly total: bigint;
  readonly tds: bigint;
}

/** The bills of financial year 2025-26, by date: payroll of every month, and bills of the vendors on working days. */
export function cleanBills(): readonly SampleBill[] {
  const random = new SeededRandom(SEED);
  const salaries = salaryBills(random);
  const wheel = sampleVendors.flatMap((vendor) => Array.from({ length: vendor.weight }, () => vendor));
  const drawn: { readonly date: string; readonly vendor: SampleVendor }[] = [];
  while (drawn.length < CLEAN_ROWS - salaries.length) {
    const date = addDays(FIRST_DAY, random.below(365));
    const vendor = wheel[random.below(wheel.length)];
    if (vendor !== undefined && new Date(date).getUTCDay() !== 0) drawn.push({ date, vendor });
  }
  drawn.sort((a, b) => a.date.localeCompare(b.date));
  const running = new Map<string, number>();
  const bills = drawn.map(({ date, vendor }) => {
    const number = (running.get(vendor.name) ?? 100) + 1 + random.below(4);
    running.set(vendor.name, number);
    return vendorBill(vendor, date, number, random);
  });
  return [...salaries, ...bills].sort((a, b) => a.date.localeCompare(b.date) || compareText(a.billNo, b.billNo));
}

function salaryBills(random: SeededRandom): SampleBill[] {
  const bills: SampleBill[] = [];
  for (let month = 0; month < 12; month += 1) {
    const year = month < 9 ? 2025 : 2026;
    const number = String(((month + 3) % 12) + 1).padStart(2, '0');
    const lastDay = new Date(Date.UTC(year, Number(number), 0)).toISOString().slice(0, 10);
    for (const { department, code, rupees } of payroll) {
      const amount = BigInt(rupees + random.below(40_000)) * 100n;
      bills.push({
        date: lastDay,
        billNo: `SAL/${year}-${number}/${code}`,
        vendor: `Staff payroll, ${department}`,
        gstin: null,
        pan: null,
        category: 'salaries',
        glCode: '5100',
        department,
        description: `Salaries ${number}-${year}, ${department}`,
        taxable: amount,
        cgst: 0n,
        sgst: 0n,
        igst: 0n,
        total: amount,
        tds: 0n,
      });
    }
  }
  return bills;
}

function vendorBill(vendor: SampleVendor, date: string, number: number, random: SeededRandom): SampleBill {
  const [from, to] = vendor.range;
  // Small bills are commoner than large ones: two draws, the lower counts.
  const rupees = from + Math.min(random.below(to - from), random.below(to - from));
  const taxable = BigInt(rupees) * 100n + BigInt(random.below(4) === 0 ? random.below(100) : 0);
  const local = vendor.gstin === null || vendor.gstin.startsWith(COLLEGE_STATE);
  const half = local ? shareOf(taxable, BigInt(vendor.rate) * 50n) : 0n;
  const igst = local ? 0n : shareOf(taxable, BigInt(vendor.rate) * 100n);
  const [percent, above] = vendor.tds ?? [0, 0];
  const deducts = percent > 0 && taxable >= BigInt(above) * 100n;
  return {
    date,
    billNo: billNumber(vendor.bills, number),
    vendor: vendor.name,
    gstin: vendor.gstin,
    pan: vendor.pan,
    category: vendor.category,
    glCode: vendor.glCode,
    department: departments[random.below(departments.length)] ?? 'Office',
    description: vendor.items[random.below(vendor.items.length)] ?? vendor.category,
    taxable,
    cgst: half,
    sgst: half,
    igst,
    total: taxable + half * 2n + igst,
    // TDS goes to the next full rupee.
    tds: deducts ? ((taxable * BigInt(percent) + 9_999n) / 10_000n) * 100n : 0n,
  };
}

/** `SGE/25-26/####` and 12 make `SGE/25-26/0012`; only the last run of `#` counts, others stand for nothing. */
function billNumber(pattern: string, number: number): string {
  const last = /#+(?=[^#]*$)/.exec(pattern)?.[0] ?? '';
  const at = pattern.lastIndexOf(last);
  return `${pattern.slice(0, at).replaceAll('#', '0')}${String(number).padStart(last.length, '0')}`;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const HEADINGS = [
  'Bill Date',
  'Bill No',
  'Vendor Name',
  'Vendor GSTIN',
  'Vendor PAN',
  'Category',
  'GL Code',
  'Department',
  'Description',
  'Taxable Amount',
  'CGST',
  'SGST',
  'IGST',
  'Total Amount',
  'TDS',
];

export function cleanSheet(): SampleSheet {
  return {
    name: 'Expenses 2025-26',
    boldRows: [1],
    widths: [12, 20, 34, 18, 13, 18, 9, 24, 36, 15, 13, 13, 13, 15, 12],
    rows: [
      HEADINGS,
      ...cleanBills().map((bill) => [
        { day: bill.date },
        bill.billNo,
        bill.vendor,
        bill.gstin,
        bill.pan,
        bill.category,
        bill.glCode,
        bill.department,
        bill.description,
        { paise: bill.taxable },
        { paise: bill.cgst },
        { paise: bill.sgst },
        { paise: bill.igst },
        { paise: bill.total },
        { paise: bill.tds },
      ]),
    ],
  };
}

/** The bills of the first quarter as another program exports them: CSV with Windows line ends, amounts as plain decimals. */
export function quarterCsv(): string {
  const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = cleanBills()
    .filter((bill) => bill.date <= '2025-06-30')
    .map((bill) => {
      const amounts = [bill.taxable, bill.cgst, bill.sgst, bill.igst, bill.total, bill.tds].map(decimalText);
      const day = `${bill.date.slice(8)}/${bill.date.slice(5, 7)}/${bill.date.slice(0, 4)}`;
      const texts = [
        bill.billNo,
        bill.vendor,
        bill.gstin ?? '',
        bill.pan ?? '',
        bill.category,
        bill.glCode,
        bill.department,
        bill.description,
      ];
      return [day, ...texts.map(quote), ...amounts].join(',');
    });
  return `\ufeff${[HEADINGS.join(','), ...lines].join('\r\n')}\r\n`;
}
