import { sql } from 'drizzle-orm';
import { type AnyRow, columnsOf, sqlName } from '../../../shared/db/tables.ts';
import type { TableName } from '../../../shared/domain/rows.ts';

/** A row as JSON that PostgreSQL itself reads back into the table: its own column names, exact digits for integers. */
export function rowJson(table: TableName, row: AnyRow, version: number): string {
  const members = columnsOf(table).map(({ key, name }) => {
    const value = key === 'version' ? version : row[key];
    return `"${name}":${typeof value === 'bigint' ? value.toString() : JSON.stringify(value ?? null)}`;
  });
  return `{${members.join(',')}}`;
}

/** The quoted name of a synced table. */
export const tableSql = (table: TableName) => sql.raw(`"${sqlName(table)}"`);
/** Its quoted columns, in the order of the schema. */
export const columnsSql = (table: TableName) =>
  sql.raw(
    columnsOf(table)
      .map(({ name }) => `"${name}"`)
      .join(', '),
  );

/** `ON CONFLICT` clause that makes an insert of whole rows put them over whatever stands there. */
export const overwriteSql = (table: TableName) => {
  const kept = columnsOf(table).filter(({ key }) => key !== 'collegeId' && key !== 'id');
  const set = kept.map(({ name }) => `"${name}" = excluded."${name}"`).join(', ');
  return sql.raw(`ON CONFLICT ("college_id", "id") DO UPDATE SET ${set}`);
};
