import { type SQL, sql } from 'drizzle-orm';
import type { TableName } from '../domain/rows.ts';
import { type AnyRow, columnsOf } from './tables.ts';

const lists = new Map<TableName, SQL>();

/** The columns of a table for a plain SELECT whose records `readRecord` understands. */
export function columnList(table: TableName): SQL {
  const known = lists.get(table);
  if (known) return known;
  const list = sql.raw(
    columnsOf(table)
      .map(({ name }) => `"${name}"`)
      .join(', '),
  );
  lists.set(table, list);
  return list;
}

/** A record as the driver gives it, as a row with its version. Drivers differ in how they give integers; a row never does. */
export function readRecord(
  table: TableName,
  record: Readonly<Record<string, unknown>>,
): AnyRow & { readonly version: number } {
  const row: Record<string, unknown> = {};
  for (const { key, name, type } of columnsOf(table)) {
    const value = record[name];
    if (value === null || value === undefined) row[key] = null;
    else if (type === 'bigint') row[key] = typeof value === 'bigint' ? value : BigInt(String(value));
    else row[key] = type === 'number' ? Number(value) : value;
  }
  return row as AnyRow & { readonly version: number };
}
