import { type SQL, sql } from 'drizzle-orm';
import type { ExpenseFilter, ExpenseSort } from '../../ipc/contract/lists.ts';
import type { Db } from '../tables.ts';
import { expenseOrders, expenseParts } from './expense-page.ts';
import { columnList, mergeParts } from './ordered-parts.ts';
import { big, type RawRow, runQuery, text, textOrNull } from './run-query.ts';
import { codeOf, type Scope } from './scope.ts';
import { expenseVendorOrder } from './search-text.ts';

export interface ExportedExpense {
  readonly [column: string]: string | number | bigint | null;
}

const stepRows = 1_000;

/** What a list of expenses in a file shows, and what leads on from one step to the next. */
const columns = columnList([
  ...['college_id', 'id', 'number', 'provisional_ref', 'status', 'bill_date', 'bill_no', 'vendor_name', 'category'],
  ...['account_code', 'description', 'department', 'taxable_paise', 'cgst_paise', 'sgst_paise', 'igst_paise'],
  ...['total_paise', 'tds_paise', 'maker_name', 'decided_by_name', 'paid_on', 'payment_reference'],
]);

/**
 * All rows of a filter in order, some thousand at a time, each step beginning behind the last row of the one before: however long the
 * list, no step costs more than another, and rows that come or go meanwhile neither repeat nor hide others.
 */
export async function* exportedExpenses(
  db: Db,
  scope: Scope,
  filter: ExpenseFilter,
  sort: ExpenseSort,
): AsyncGenerator<ExportedExpense, void> {
  let last: RawRow | undefined;
  for (;;) {
    const behind = last === undefined ? null : behindRow(sort, last);
    const parts = expenseParts(scope, filter, sort).map((part) =>
      behind === null ? part : sql`${part} and ${behind}`,
    );
    if (parts.length === 0) return;
    const window = { offset: 0, limit: stepRows };
    const rows = await runQuery(db, mergeParts(sql`"expenses"`, parts, columns, expenseOrders[sort], window));
    for (const row of rows) yield exported(row, scope);
    last = rows.at(-1);
    if (rows.length < stepRows) return;
  }
}

function behindRow(sort: ExpenseSort, row: RawRow): SQL {
  const id = sql`${text(row.id)}::uuid`;
  switch (sort) {
    case 'date_desc':
      return sql`("bill_date", "id") < (${text(row.bill_date)}::date, ${id})`;
    case 'date_asc':
      return sql`("bill_date", "id") > (${text(row.bill_date)}::date, ${id})`;
    case 'amount_desc':
      return sql`("total_paise", "id") < (${String(big(row.total_paise))}::int8, ${id})`;
    case 'amount_asc':
      return sql`("total_paise", "id") > (${String(big(row.total_paise))}::int8, ${id})`;
    case 'vendor_asc': {
      const name = sql`lower(${text(row.vendor_name)}::text COLLATE "C") COLLATE "C"`;
      return sql`${expenseVendorOrder} >= ${name} and (${expenseVendorOrder} > ${name} or "id" < ${id})`;
    }
  }
}

function exported(row: RawRow, scope: Scope): ExportedExpense {
  return {
    college: codeOf(scope, text(row.college_id)),
    reference: textOrNull(row.number) ?? text(row.provisional_ref),
    status: text(row.status),
    billDate: text(row.bill_date),
    billNo: textOrNull(row.bill_no),
    vendorName: text(row.vendor_name),
    category: text(row.category),
    accountCode: text(row.account_code),
    description: text(row.description),
    department: textOrNull(row.department),
    taxablePaise: big(row.taxable_paise),
    cgstPaise: big(row.cgst_paise),
    sgstPaise: big(row.sgst_paise),
    igstPaise: big(row.igst_paise),
    totalPaise: big(row.total_paise),
    tdsPaise: big(row.tds_paise),
    makerName: text(row.maker_name),
    decidedByName: textOrNull(row.decided_by_name),
    paidOn: textOrNull(row.paid_on),
    paymentReference: textOrNull(row.payment_reference),
  };
}
