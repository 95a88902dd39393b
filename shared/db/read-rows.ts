import { type SQL, sql } from 'drizzle-orm';
import type { TableName } from '../domain/rows.ts';
import { parseExact } from '../kernel/exact-json.ts';
import { type AnyRow, columnsOf, sqlName } from './tables.ts';

/**
 * The whole row of a table as one column named `record`. Drivers describe, parse and convert every column of every answer; here that
 * costs more than the database takes to find the row, and the drivers differ in what they make of an integer.
 */
export const recordOf = (table: TableName): SQL => sql.raw(`row_to_json("${sqlName(table)}")::text AS "record"`);

/** That column as a row with its version. */
export function readRecord(table: TableName, record: string): AnyRow & { readonly version: number } {
  const values = parseExact(record) as Readonly<Record<string, string | number | bigint | boolean | null>>;
  const row: Record<string, unknown> = {};
  for (const { key, name, type } of columnsOf(table)) {
    const value = values[name];
    if (value === null || value === undefined) row[key] = null;
    else row[key] = type === 'bigint' ? BigInt(value) : value;
  }
  return row as AnyRow & { readonly version: number };
}
