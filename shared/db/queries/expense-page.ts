import { type SQL, sql } from 'drizzle-orm';
import type { ExpenseStatus } from '../../domain/rows.ts';
import type { ExpenseListRow } from '../../ipc/contract/expenses.ts';
import type { ExpenseFilter, ExpenseSort } from '../../ipc/contract/lists.ts';
import type { Db } from '../tables.ts';
import { allOf, expenseConditions, type RowFilter } from './expense-conditions.ts';
import { columnList, mergeParts, type PageWindow } from './ordered-parts.ts';
import { big, int, intOrNull, type RawRow, runWide, text, textOrNull } from './run-query.ts';
import { codeOf, idsIn, isOneOf, type Scope } from './scope.ts';
import { expenseVendorOrder } from './search-text.ts';

const expenses = sql`"expenses"`;

/** Where nulls stand is said although there are none: an index gives its order only to a query that asks for exactly that order. */
export const expenseOrders: Readonly<Record<ExpenseSort, SQL>> = {
  date_desc: sql`"bill_date" desc nulls last, "id" desc nulls last`,
  date_asc: sql`"bill_date" asc nulls first, "id" asc nulls first`,
  amount_desc: sql`"total_paise" desc nulls last, "id" desc nulls last`,
  amount_asc: sql`"total_paise" asc nulls first, "id" asc nulls first`,
  vendor_asc: sql`${expenseVendorOrder}, "id" desc nulls last`,
};

/** What an index has to give besides college and id for the order to be read off it. */
const orderColumns: Readonly<Record<ExpenseSort, SQL>> = {
  date_desc: sql`"bill_date"`,
  date_asc: sql`"bill_date"`,
  amount_desc: sql`"total_paise"`,
  amount_asc: sql`"total_paise"`,
  vendor_asc: sql`"vendor_name"`,
};

/** What `listRow` reads. */
export const listColumns = columnList([
  'college_id',
  'id',
  'version',
  'number',
  'provisional_ref',
  'status',
  'bill_date',
  'bill_no',
  'vendor_name',
  'category',
  'account_code',
  'description',
  'total_paise',
  'over_budget',
  'receipt_count',
  'submitted_at',
  'due_at',
  'maker_name',
]);

/** From here on rows are first found in the index alone and only those of the page are fetched: skipped rows cost no reading. */
const deepOffset = 1_000;
/** More branches than this cost more to plan than sorting costs to run. */
const branchesMax = 128;

/**
 * One window of the list of expenses. An index holds the rows of one college (and one status or category) in order, so the query asks
 * each such part for its first rows in order and merges them; nothing but the window is ever sorted.
 */
export async function expensePage(
  db: Db,
  scope: Scope,
  filter: ExpenseFilter,
  sort: ExpenseSort,
  window: PageWindow,
): Promise<readonly ExpenseListRow[]> {
  const parts = expenseParts(scope, filter, sort);
  if (parts.length === 0) return [];
  const rows = await runWide(db, pageStatement(parts, sort, window));
  return rows.map((row) => listRow(row, scope));
}

/** Exported for the test that reads its plan. */
export function expensePageStatement(scope: Scope, filter: ExpenseFilter, sort: ExpenseSort, window: PageWindow): SQL {
  return pageStatement(expenseParts(scope, filter, sort), sort, window);
}

/** The conditions of each part: every row of the list is in exactly one of them. */
export function expenseParts(scope: Scope, filter: ExpenseFilter, sort: ExpenseSort): readonly SQL[] {
  const colleges = idsIn(scope, filter.collegeId);
  const filters = byDate(sort) && filter.text.trim() === '' ? splitFilter(filter) : [filter];
  const whole = colleges.length * filters.length > branchesMax ? [filter] : filters;
  if (colleges.length * whole.length > branchesMax) {
    return [allOf([isOneOf(sql`"college_id"`, colleges, 'uuid'), ...expenseConditions(filter)])];
  }
  return colleges.flatMap((collegeId) =>
    whole.map((part) => allOf([isOneOf(sql`"college_id"`, [collegeId], 'uuid'), ...expenseConditions(part)])),
  );
}

const byDate = (sort: ExpenseSort): boolean => sort === 'date_desc' || sort === 'date_asc';

/** By status, else by category: there are indexes in order of date for each of them. */
function splitFilter(filter: RowFilter): readonly RowFilter[] {
  if (filter.status.length > 1) return [...new Set(filter.status)].map((status) => ({ ...filter, status: [status] }));
  if (filter.status.length === 0 && filter.category.length > 1) {
    return [...new Set(filter.category)].map((category) => ({ ...filter, category: [category] }));
  }
  return [filter];
}

function pageStatement(parts: readonly SQL[], sort: ExpenseSort, window: PageWindow): SQL {
  const order = expenseOrders[sort];
  if (window.offset < deepOffset) return mergeParts(expenses, parts, listColumns, order, window);
  const keys = mergeParts(expenses, parts, sql`"college_id", "id", ${orderColumns[sort]}`, order, window);
  return sql`select ${listColumns} from ${expenses} join (select "college_id", "id" from (${keys}) as found) as wanted using ("college_id", "id") order by ${order}`;
}

/** A row with `listColumns` as the list shows it. */
export function listRow(row: RawRow, scope: Scope): ExpenseListRow {
  const collegeId = text(row.college_id);
  const number = textOrNull(row.number);
  return {
    id: text(row.id),
    collegeId,
    collegeCode: codeOf(scope, collegeId),
    reference: number ?? text(row.provisional_ref),
    provisional: number === null,
    status: text(row.status) as ExpenseStatus,
    billDate: text(row.bill_date),
    billNo: textOrNull(row.bill_no),
    vendorName: text(row.vendor_name),
    category: text(row.category),
    accountCode: text(row.account_code),
    description: text(row.description),
    totalPaise: big(row.total_paise),
    overBudget: row.over_budget === true,
    receiptCount: int(row.receipt_count),
    submittedAt: intOrNull(row.submitted_at),
    dueAt: intOrNull(row.due_at),
    makerName: text(row.maker_name),
    pending: int(row.version) === 0,
  };
}
