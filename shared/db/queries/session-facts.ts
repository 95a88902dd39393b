import { inArray, sql } from 'drizzle-orm';
import type { College } from '../../domain/rows.ts';
import { type FinancialYear, financialYearOf } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { colleges } from '../schema.ts';
import type { Db } from '../tables.ts';
import { runQuery, text } from './run-query.ts';
import { isOneOf, type Scope } from './scope.ts';

/** The colleges with these ids, by code. */
export async function collegesById(db: Db, ids: readonly Id[]): Promise<readonly College[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(colleges)
    .where(inArray(colleges.collegeId, [...ids]));
  return rows.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Id and code of these colleges, as queries take them. */
export async function scopeOf(db: Db, ids: readonly Id[]): Promise<Scope> {
  return (await collegesById(db, ids)).map(({ id, code }) => ({ id, code }));
}

/** The financial years that have expenses or budgets in these colleges, and the present one; newest first. */
export async function financialYears(
  db: Db,
  ids: readonly Id[],
  present: FinancialYear,
): Promise<readonly FinancialYear[]> {
  const inColleges = isOneOf(sql`"college_id"`, ids, 'uuid');
  const months = await runQuery(
    db,
    sql`select distinct "month" from "expense_totals" where ${inColleges} and "expense_count" > 0`,
  );
  const budgeted = await runQuery(db, sql`select distinct "financial_year" from "budgets" where ${inColleges}`);
  const years = [
    ...months.map((row) => financialYearOf(`${text(row.month)}-01`)),
    ...budgeted.map((row) => text(row.financial_year)),
    present,
  ];
  return [...new Set(years)].sort().reverse();
}
