import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import fc from 'fast-check';
import type { Expense, ExpenseStatus } from '../../domain/rows.ts';
import { engineParsers } from '../../engine/parsers.ts';
import type { ExpenseFilter } from '../../ipc/contract/lists.ts';
import { addDays, financialYearOf } from '../../kernel/dates.ts';
import type { Db } from '../tables.ts';

/** Empty books in memory, with every migration applied, for tests of single queries. */
export async function openTestBooks(): Promise<{ readonly db: Db; readonly pg: PGlite }> {
  const pg = await PGlite.create({ extensions: { pg_trgm }, parsers: engineParsers });
  const opened = drizzle(pg, { casing: 'snake_case' });
  await migrate(opened, { migrationsFolder: 'shared/db/migrations' });
  return { db: opened as unknown as Db, pg };
}

const rollback = new Error('rolled back on purpose');

/** Runs in a transaction that leaves nothing behind. */
export async function inScratch(db: Db, run: (tx: Db) => Promise<void>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await run(tx as unknown as Db);
      throw rollback;
    })
    .catch((thrown: unknown) => {
      if (thrown !== rollback) throw thrown;
    });
}

export const testIds = Array.from({ length: 6 }, (_, index) => `018f0000-0000-7000-8000-00000000000${index + 1}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
/** Three colleges; the last is never in the scope of a test. */
export const testColleges = [
  { id: testIds[0], code: 'ENG' },
  { id: testIds[1], code: 'MED' },
] as const;
export const foreignCollege = testIds[2];

const statuses: readonly ExpenseStatus[] = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'rejected',
  'payable',
  'paying',
  'paid',
  'reconciled',
  'cancelled',
  'reversed',
];
const categories = ['supplies', 'salaries', 'library'];
const names = ['Shree Traders', 'shree ganesh', 'Deccan 100% Cotton', 'Ab_c Books', 'श्री गणेश ट्रेडर्स', 'Zenith'];
const words = ['Toner', 'Lab glassware', 'diesel for 5_kVA set', 'किताबें', 'A4 paper', 'annual \\ maintenance', ''];
const first = '2026-01-28';

/** Small sets of values, so that rows of a test tie, collide and fall on both sides of every condition. */
export const anyExpense: fc.Arbitrary<{ readonly row: Expense; readonly version: number }> = fc
  .record({
    college: fc.constantFrom(testIds[0], testIds[1], foreignCollege),
    id: fc.uuid({ version: 7 }),
    pending: fc.boolean(),
    status: fc.constantFrom(...statuses),
    category: fc.constantFrom(...categories),
    account: fc.constantFrom('5100', '5200'),
    vendor: fc.nat(names.length - 1),
    day: fc.nat(400),
    description: fc.constantFrom(...words),
    billNo: fc.option(fc.constantFrom('INV/1', '77', 'inv/2')),
    numbered: fc.boolean(),
    // Some near the largest amount, whose sums no float holds.
    taxable: fc.oneof(fc.bigInt({ min: 1n, max: 5_000n }), fc.bigInt({ min: 10n ** 16n, max: 10n ** 17n - 1n })),
    tax: fc.bigInt({ min: 0n, max: 90n }),
    tds: fc.bigInt({ min: 0n, max: 1n }),
    maker: fc.constantFrom(testIds[3], testIds[4]),
    due: fc.option(fc.nat(10)),
  })
  .map((draw) => ({ row: expenseOf(draw), version: draw.pending ? 0 : 3 }));

interface Draw {
  readonly college: string;
  readonly id: string;
  readonly status: ExpenseStatus;
  readonly category: string;
  readonly account: string;
  readonly vendor: number;
  readonly day: number;
  readonly description: string;
  readonly billNo: string | null;
  readonly numbered: boolean;
  readonly taxable: bigint;
  readonly tax: bigint;
  readonly tds: bigint;
  readonly maker: string;
  readonly due: number | null;
}

function expenseOf(draw: Draw): Expense {
  const billDate = addDays(first, draw.day);
  return {
    collegeId: draw.college,
    id: draw.id,
    number: draw.numbered ? `EXP-${draw.id}` : null,
    provisionalRef: `9F3A-${draw.id.slice(-5)}`,
    status: draw.status,
    category: draw.category,
    accountCode: draw.account,
    vendorId: vendorId(draw.vendor),
    vendorName: names[draw.vendor] ?? '',
    billNo: draw.billNo,
    billDate,
    financialYear: financialYearOf(billDate),
    description: draw.description,
    department: null,
    taxablePaise: draw.taxable,
    cgstPaise: 0n,
    sgstPaise: 0n,
    igstPaise: draw.tax,
    itcEligible: false,
    tdsPaise: draw.tds,
    totalPaise: draw.taxable + draw.tax,
    budgetPaise: draw.taxable + draw.tax,
    committedPaise: 0n,
    overBudget: false,
    overBudgetReason: null,
    makerId: draw.maker,
    makerName: 'Asha Kulkarni',
    createdAt: 1_000,
    submittedAt: null,
    dueAt: draw.due,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    decisionComment: null,
    voucherId: null,
    paymentVoucherId: null,
    paidOn: null,
    paymentReference: null,
    importKey: null,
    receiptCount: 0,
    revision: 1,
  };
}

export const vendorId = (index: number): string => `018f0000-0000-7000-9000-00000000000${index}`;
export const vendorNames = names;

/** Expenses with different ids. */
export const someExpenses = (maxLength = 40) =>
  fc.uniqueArray(anyExpense, { maxLength, selector: (expense) => expense.row.id });

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });

export const anyFilter: fc.Arbitrary<ExpenseFilter> = fc.record({
  collegeId: orNull(fc.constantFrom(testIds[0], testIds[1], foreignCollege)),
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'shree',
        'SHREE ',
        's',
        'ab',
        '_',
        '100%',
        '\\',
        'किताबें',
        'गणेश',
        'inv/',
        '9f3a',
        'toner',
        'zz',
        ' ',
      ),
    },
  ),
  status: fc.subarray([...statuses], { maxLength: 4 }),
  category: fc.subarray([...categories], { maxLength: 2 }),
  accountCode: orNull(fc.constantFrom('5100', '5200')),
  vendorId: orNull(fc.nat(names.length - 1).map(vendorId)),
  from: orNull(fc.constantFrom('2026-04-01', '2026-04-17', '2026-02-01')),
  to: orNull(fc.constantFrom('2026-03-31', '2027-02-28', '2026-07-04')),
  minPaise: orNull(fc.constantFrom(100n, 10n ** 16n)),
  maxPaise: orNull(fc.constantFrom(2_000n, 5n * 10n ** 16n)),
  pendingOnly: fc.boolean(),
});

/** Filters that mostly let rows through: few conditions at a time. */
export const mildFilter: fc.Arbitrary<ExpenseFilter> = fc
  .tuple(
    anyFilter,
    fc.array(fc.constantFrom(...(Object.keys(noFilter()) as (keyof ExpenseFilter)[])), { maxLength: 2 }),
  )
  .map(([drawn, kept]) => ({
    ...noFilter(),
    ...Object.fromEntries(kept.map((name) => [name, drawn[name]])),
  }));

export function noFilter(): ExpenseFilter {
  return {
    collegeId: null,
    text: '',
    status: [],
    category: [],
    accountCode: null,
    vendorId: null,
    from: null,
    to: null,
    minPaise: null,
    maxPaise: null,
    pendingOnly: false,
  };
}
