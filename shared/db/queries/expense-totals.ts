import { sql } from 'drizzle-orm';
import type { ExpenseStatus } from '../../domain/rows.ts';
import type { ExpenseFilter } from '../../ipc/contract/lists.ts';
import { addDays, monthOf } from '../../kernel/dates.ts';
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
 * Count and sum of what a filter shows, whole and by status. Filters on college, whole months, status and category are answered from the
 * totals that the database keeps with every change; others are counted from the rows.
 */
export async function expenseTotals(db: Db, scope: Scope, filter: ExpenseFilter): Promise<ExpenseTotals> {
  const colleges = idsIn(scope, filter.collegeId);
  const rows = keptTotalsSuffice(filter)
    ? await fromKeptTotals(db, colleges, filter)
    : await runQuery(
        db,
        sql`select "status", count(*) as "expense_count", sum("total_paise")::text as "total" from "expenses"
          where ${allOf([isOneOf(sql`"college_id"`, colleges, 'uuid'), ...expenseConditions(filter)])} group by "status"`,
      );
  const byStatus = rows
    .map((row: RawRow) => ({
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
export function keptTotalsSuffice(filter: ExpenseFilter): boolean {
  return (
    filter.text.trim() === '' &&
    filter.accountCode === null &&
    filter.vendorId === null &&
    filter.minPaise === null &&
    filter.maxPaise === null &&
    !filter.pendingOnly &&
    (filter.from === null || filter.from.endsWith('-01')) &&
    (filter.to === null || addDays(filter.to, 1).endsWith('-01'))
  );
}

function fromKeptTotals(db: Db, colleges: readonly string[], filter: ExpenseFilter): Promise<readonly RawRow[]> {
  const conditions = [isOneOf(sql`"college_id"`, colleges, 'uuid')];
  if (filter.status.length > 0) conditions.push(isOneOf(sql`"status"`, filter.status, 'text'));
  if (filter.category.length > 0) conditions.push(isOneOf(sql`"category"`, filter.category, 'text'));
  if (filter.from !== null) conditions.push(sql`"month" >= ${monthOf(filter.from)} COLLATE "C"`);
  if (filter.to !== null) conditions.push(sql`"month" <= ${monthOf(filter.to)} COLLATE "C"`);
  return runQuery(
    db,
    sql`select "status", sum("expense_count") as "expense_count", sum("total_paise")::text as "total" from "expense_totals"
      where ${allOf(conditions)} group by "status"`,
  );
}
