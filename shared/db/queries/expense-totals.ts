import { type SQL, sql } from 'drizzle-orm';
import type { ExpenseStatus } from '../../domain/rows.ts';
import type { ExpenseFilter } from '../../ipc/contract/lists.ts';
import { addDays, type IsoDate, monthOf } from '../../kernel/dates.ts';
import type { Db } from '../tables.ts';
import { allOf, expenseConditions } from './expense-conditions.ts';
import { big, int, type RawRow, runQuery, text } from './run-query.ts';
import { idsIn, isOneOf, type Scope } from './scope.ts';

export interface ExpenseTotals {
  readonly count: number;
  readonly totalPaise: bigint;
  readonly byStatus: { readonly status: ExpenseStatus; readonly count: number; readonly totalPaise: bigint }[];
}

/**
 * Count and sum of what a filter shows, whole and by status. Filters on college, days, status and category are answered from the totals
 * that the database keeps with every change, and from the rows of the broken months at both ends; others are counted from the rows.
 */
export async function expenseTotals(db: Db, scope: Scope, filter: ExpenseFilter): Promise<ExpenseTotals> {
  const inColleges = isOneOf(sql`"college_id"`, idsIn(scope, filter.collegeId), 'uuid');
  const kept = keptTotalsSuffice(filter) ? wholeMonths(filter) : null;
  const counted = [inColleges, ...expenseConditions(filter), ...(kept === null ? [] : [outside(kept)])];
  const sources =
    kept === null
      ? [fromRows(counted)]
      : [fromKeptTotals(inColleges, filter, kept), ...(kept.isAll ? [] : [fromRows(counted)])];
  const rows = await runQuery(
    db,
    sql`select "status", sum("expense_count") as "expense_count", sum("total_paise")::text as "total"
      from (${sql.join(sources, sql` union all `)}) as sources group by "status"`,
  );
  return summedUp(rows);
}

function summedUp(rows: readonly RawRow[]): ExpenseTotals {
  const byStatus = rows
    .map((row) => ({
      status: text(row.status) as ExpenseStatus,
      count: int(row.expense_count),
      totalPaise: big(row.total),
    }))
    .filter((part) => part.count > 0)
    .sort((a, b) => (a.status < b.status ? -1 : 1));
  return {
    count: byStatus.reduce((sum, part) => sum + part.count, 0),
    totalPaise: byStatus.reduce((sum, part) => sum + part.totalPaise, 0n),
    byStatus,
  };
}

/** The kept totals know month, status and category. */
export const keptTotalsSuffice = (filter: ExpenseFilter): boolean =>
  filter.text.trim() === '' &&
  filter.accountCode === null &&
  filter.vendorId === null &&
  filter.minPaise === null &&
  filter.maxPaise === null &&
  !filter.pendingOnly;

interface Months {
  /** The first day of the first whole month, and the day after the last one; null where the filter has no end. */
  readonly first: IsoDate | null;
  readonly end: IsoDate | null;
  /** Whether nothing of the filter lies outside the whole months. */
  readonly isAll: boolean;
}

/** The whole months between the days of a filter; null when there is none. */
export function wholeMonths({ from, to }: Pick<ExpenseFilter, 'from' | 'to'>): Months | null {
  const first = from === null ? null : from.endsWith('-01') ? from : `${monthOf(addDays(`${monthOf(from)}-28`, 4))}-01`;
  const behind = to === null ? null : addDays(to, 1);
  const end = behind === null ? null : `${monthOf(behind)}-01`;
  if (first !== null && end !== null && first >= end) return null;
  return { first, end, isAll: first === from && end === behind };
}

function outside({ first, end }: Months): SQL {
  const ends: SQL[] = [];
  if (first !== null) ends.push(sql`"bill_date" < ${first}::date`);
  if (end !== null) ends.push(sql`"bill_date" >= ${end}::date`);
  return ends.length === 0 ? sql`false` : sql`(${sql.join(ends, sql` or `)})`;
}

const fromRows = (conditions: readonly SQL[]): SQL =>
  sql`select "status", count(*) as "expense_count", sum("total_paise") as "total_paise" from "expenses"
    where ${allOf(conditions)} group by "status"`;

function fromKeptTotals(inColleges: SQL, filter: ExpenseFilter, { first, end }: Months): SQL {
  const conditions = [inColleges];
  if (filter.status.length > 0) conditions.push(isOneOf(sql`"status"`, filter.status, 'text'));
  if (filter.category.length > 0) conditions.push(isOneOf(sql`"category"`, filter.category, 'text'));
  if (first !== null) conditions.push(sql`"month" >= ${monthOf(first)} COLLATE "C"`);
  if (end !== null) conditions.push(sql`"month" < ${monthOf(end)} COLLATE "C"`);
  return sql`select "status", "expense_count", "total_paise" from "expense_totals" where ${allOf(conditions)}`;
}
