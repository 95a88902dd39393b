import { type SQL, sql } from 'drizzle-orm';
import type { ExpenseFilter } from '../../ipc/contract/lists.ts';
import { isOneOf } from './scope.ts';
import { containsText, expenseSearchText } from './search-text.ts';

/** The part of a filter that says which rows of a college count; the college itself is the scope's matter. */
export type RowFilter = Omit<ExpenseFilter, 'collegeId'>;

/** Conditions on `expenses`, to be joined by `and`. Money and days are inclusive at both ends. */
export function expenseConditions(filter: RowFilter): readonly SQL[] {
  const conditions: SQL[] = [];
  if (filter.status.length > 0) conditions.push(isOneOf(sql`"status"`, filter.status, 'text'));
  if (filter.category.length > 0) conditions.push(isOneOf(sql`"category"`, filter.category, 'text'));
  if (filter.accountCode !== null) conditions.push(sql`"account_code" = ${filter.accountCode}`);
  if (filter.vendorId !== null) conditions.push(sql`"vendor_id" = ${filter.vendorId}::uuid`);
  if (filter.from !== null) conditions.push(sql`"bill_date" >= ${filter.from}::date`);
  if (filter.to !== null) conditions.push(sql`"bill_date" <= ${filter.to}::date`);
  if (filter.minPaise !== null) conditions.push(sql`"total_paise" >= ${String(filter.minPaise)}::int8`);
  if (filter.maxPaise !== null) conditions.push(sql`"total_paise" <= ${String(filter.maxPaise)}::int8`);
  // A desk writes version 0 on every row it predicts; the server's rows carry the version of the college.
  if (filter.pendingOnly) conditions.push(sql`"version" = 0`);
  const search = containsText(expenseSearchText, filter.text);
  if (search !== null) conditions.push(search);
  return conditions;
}

export const allOf = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `);
