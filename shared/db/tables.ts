import { getTableColumns, getTableName, type InferSelectModel } from 'drizzle-orm';
import type { PgColumn, PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core';
import type { TableName, Tables } from '../domain/rows.ts';
import { type Refusal, refusal } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import * as bank from './bank-schema.ts';
import * as ledger from './ledger-schema.ts';
import * as schema from './schema.ts';
import * as statement from './statement-schema.ts';

/** A database or an open transaction, over PGlite or PostgreSQL alike, made with `casing: 'snake_case'`. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, unknown>>;

/** The tables that travel. Names from outside are looked up here and nowhere else, so that no name from the wire reaches SQL. */
export const syncedTables = {
  colleges: schema.colleges,
  people: schema.people,
  account_groups: schema.accountGroups,
  accounts: schema.accounts,
  cost_centres: schema.costCentres,
  categories: schema.categories,
  vendors: schema.vendors,
  budgets: schema.budgets,
  expenses: schema.expenses,
  receipts: schema.receipts,
  payment_leases: schema.paymentLeases,
  bank_accounts: bank.bankAccounts,
  beneficiaries: bank.beneficiaries,
  payment_orders: bank.paymentOrders,
  vouchers: ledger.vouchers,
  voucher_lines: ledger.voucherLines,
  bill_allocations: ledger.billAllocations,
  periods: ledger.periods,
  bank_statements: statement.bankStatements,
  bank_lines: statement.bankLines,
  bank_matches: statement.bankMatches,
  cleared_entries: statement.clearedEntries,
  bank_rules: statement.bankRules,
  fee_reconciliations: statement.feeReconciliations,
  number_series: ledger.numberSeries,
  consolidation_totals: ledger.consolidationTotals,
  audit_entries: schema.auditEntries,
} as const satisfies Record<TableName, PgTable>;

/** The compiler refuses here when a row of the domain and its table drift apart. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Kept<T extends TableName> = Omit<InferSelectModel<(typeof syncedTables)[T]>, 'version'>;
export const rowsFitTables: {
  readonly [T in TableName]: Same<Kept<T>, { -readonly [K in keyof Tables[T]]: Tables[T][K] }>;
} = {
  colleges: true,
  people: true,
  account_groups: true,
  accounts: true,
  cost_centres: true,
  categories: true,
  vendors: true,
  budgets: true,
  expenses: true,
  receipts: true,
  payment_leases: true,
  bank_accounts: true,
  beneficiaries: true,
  payment_orders: true,
  vouchers: true,
  voucher_lines: true,
  bill_allocations: true,
  periods: true,
  bank_statements: true,
  bank_lines: true,
  bank_matches: true,
  cleared_entries: true,
  bank_rules: true,
  fee_reconciliations: true,
  number_series: true,
  consolidation_totals: true,
  audit_entries: true,
};

export const tableNames = Object.keys(syncedTables) as TableName[];
export const isTableName = (name: string): name is TableName => Object.hasOwn(syncedTables, name);

export interface SyncedColumn {
  /** The name in the row. */
  readonly key: string;
  /** The name in the database. */
  readonly name: string;
  readonly notNull: boolean;
  readonly type: 'bigint' | 'number' | 'boolean' | 'string' | 'uuid';
  /** As the database names it, `bigint` or `date`. */
  readonly sqlType: string;
}

/** The name of a column in the database, from that in the row. */
export const columnName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const typeOf = (column: PgColumn): SyncedColumn['type'] => {
  if (column.columnType === 'PgUUID') return 'uuid';
  const type = column.dataType;
  if (type === 'bigint' || type === 'number' || type === 'boolean' || type === 'string') return type;
  throw new Error(`column type ${type} cannot travel`);
};

const columnsByTable = new Map<TableName, readonly SyncedColumn[]>(
  tableNames.map((table) => [
    table,
    Object.entries(getTableColumns(syncedTables[table])).map(([key, column]) => ({
      key,
      name: columnName(key),
      notNull: column.notNull,
      type: typeOf(column),
      sqlType: column.getSQLType(),
    })),
  ]),
);

/** The columns of a table in the order of the schema, `version` among them. */
export function columnsOf(table: TableName): readonly SyncedColumn[] {
  const columns = columnsByTable.get(table);
  if (!columns) throw new Error(`no such table: ${table}`);
  return columns;
}

export const sqlName = (table: TableName): string => getTableName(syncedTables[table]);

/** Any row as it is kept, of whichever table. */
export type AnyRow = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** Checks that a record from outside is a row of this table: every column there and of its type, none that is not known. */
export function checkRow<T extends TableName>(
  table: T,
  record: Readonly<Record<string, unknown>>,
): Result<Tables[T], Refusal> {
  const columns = columnsOf(table).filter((column) => column.key !== 'version');
  for (const { key, notNull, type } of columns) {
    const value = record[key];
    const fits =
      value === null ? !notNull : type === 'uuid' ? typeof value === 'string' && isId(value) : typeof value === type;
    if (!fits) return err(refusal('SYNC_ROW_MISFIT', { table, column: key }));
  }
  const known = new Set(columns.map((column) => column.key));
  const stranger = Object.keys(record).find((key) => !known.has(key));
  if (stranger !== undefined) return err(refusal('SYNC_ROW_MISFIT', { table, column: stranger }));
  return ok(record as unknown as Tables[T]);
}
