import { sql } from 'drizzle-orm';
import { expensePage } from '../shared/db/queries/expense-page.ts';
import { expenseTotals } from '../shared/db/queries/expense-totals.ts';
import { runQuery } from '../shared/db/queries/run-query.ts';
import type { Db } from '../shared/db/tables.ts';
import type { ExpenseFilter } from '../shared/ipc/contract/lists.ts';
import { benchCollegeId } from './data.mjs';

export const noCondition = (): ExpenseFilter => ({
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
});

const scope = [{ id: benchCollegeId, code: 'BENCH' }];
const collegeId = benchCollegeId;

export interface Question {
  readonly metric: string;
  /** What the desk does for it. */
  readonly ours: (db: Db) => Promise<unknown>;
  readonly peer: Readonly<Record<string, unknown>>;
  /** Both sides answer rows of the same number; a comparison of different work would be worth nothing. */
  readonly sameRows: boolean;
}

const page =
  (filter: ExpenseFilter, offset = 0) =>
  (db: Db) =>
    expensePage(db, scope, filter, 'date_desc', { offset, limit: 100 });

/** Every question of the lists, asked of both sides in turn. */
export function questions(rows: number): readonly Question[] {
  const rare = `EXP-2024-25-${String(Math.floor(rows / 2)).padStart(6, '0')}`;
  const year = { from: '2024-04-01', to: '2025-03-31' };
  const odd = { from: '2024-04-10', to: '2025-03-20' };
  const search = (metric: string, text: string): Question => ({
    metric,
    ours: page({ ...noCondition(), text }),
    peer: { op: 'search', collegeId, text },
    sameRows: true,
  });
  return [
    { metric: 'first_page', ours: page(noCondition()), peer: { op: 'page', collegeId, offset: 0 }, sameRows: true },
    {
      metric: 'next_page',
      ours: page(noCondition(), 100),
      peer: { op: 'page', collegeId, offset: 100 },
      sameRows: true,
    },
    {
      metric: 'page_in_the_middle',
      ours: page(noCondition(), rows / 2),
      peer: { op: 'page', collegeId, offset: rows / 2 },
      sameRows: true,
    },
    search('search_one_number', rare),
    search('search_common_word', 'annapurna'),
    search('search_nothing', 'zzqqy'),
    {
      metric: 'filter',
      ours: page({ ...noCondition(), status: ['submitted'], category: ['library'], ...year }),
      peer: { op: 'filter', collegeId, status: 'submitted', category: 'library', ...year },
      sameRows: true,
    },
    {
      metric: 'totals',
      ours: (db) => expenseTotals(db, scope, noCondition()),
      peer: { op: 'totals', collegeId },
      sameRows: false,
    },
    {
      metric: 'totals_of_category_and_days',
      ours: (db) => expenseTotals(db, scope, { ...noCondition(), category: ['library'], ...odd }),
      peer: { op: 'filteredTotals', collegeId, category: 'library', ...odd },
      sameRows: false,
    },
    {
      metric: 'group_by_month_and_category_kept',
      ours: (db) =>
        runQuery(
          db,
          sql`select "month", "category", sum("expense_count"), sum("total_paise")::text from "expense_totals" where "college_id" = ${collegeId}::uuid group by 1, 2`,
        ),
      peer: { op: 'groupBy', collegeId },
      sameRows: true,
    },
    {
      metric: 'group_by_month_and_category_counted',
      ours: (db) =>
        runQuery(
          db,
          sql`select to_char("bill_date", 'YYYY-MM'), "category", count(*), sum("total_paise")::text from "expenses" where "college_id" = ${collegeId}::uuid group by 1, 2`,
        ),
      peer: { op: 'groupBy', collegeId },
      sameRows: true,
    },
    {
      metric: 'group_by_vendor_counted',
      ours: (db) =>
        runQuery(
          db,
          sql`select "vendor_id", count(*), sum("total_paise")::text from "expenses" where "college_id" = ${collegeId}::uuid and "status" not in ('cancelled', 'rejected', 'reversed') group by 1`,
        ),
      peer: { op: 'vendorTotals', collegeId },
      sameRows: true,
    },
  ];
}
