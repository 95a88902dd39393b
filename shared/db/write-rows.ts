import { type SQL, sql } from 'drizzle-orm';
import type { TableName } from '../domain/rows.ts';
import type { Id } from '../kernel/ids.ts';
import { type AnyRow, columnsOf, type Db, sqlName } from './tables.ts';

const identifier = (name: string): SQL => sql.raw(`"${name}"`);
const list = (names: readonly string[]): SQL => sql.raw(names.map((name) => `"${name}"`).join(', '));

/** JSON that PostgreSQL reads into rows: exact digits for integers, column names of the database. */
function recordsText(table: TableName, rows: readonly { readonly row: AnyRow; readonly version: number }[]): string {
  const columns = columnsOf(table);
  const records = rows.map(({ row, version }) => {
    const members = columns.map(({ key, name }) => {
      const value = key === 'version' ? version : row[key];
      return `"${name}":${typeof value === 'bigint' ? value.toString() : JSON.stringify(value ?? null)}`;
    });
    return `{${members.join(',')}}`;
  });
  return `[${records.join(',')}]`;
}

/** Rows as one JSON parameter, so that one statement serves one row and ten thousand. */
const source = (table: TableName, rows: readonly { readonly row: AnyRow; readonly version: number }[]): SQL => {
  const names = list(columnsOf(table).map((column) => column.name));
  const name = identifier(sqlName(table));
  return sql`INSERT INTO ${name} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${name}, ${recordsText(table, rows)}::json)`;
};

/** New rows. A row that exists already is a fault of the caller and fails the transaction. */
export async function insertRows(db: Db, table: TableName, rows: readonly AnyRow[], version: number): Promise<void> {
  if (rows.length > 0)
    await db.execute(
      source(
        table,
        rows.map((row) => ({ row, version })),
      ),
    );
}

/** Rows as the server has them, over whatever stands here. */
export async function upsertRows(
  db: Db,
  table: TableName,
  rows: readonly { readonly row: AnyRow; readonly version: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const kept = columnsOf(table).filter((column) => column.key !== 'collegeId' && column.key !== 'id');
  const set = sql.raw(kept.map(({ name }) => `"${name}" = excluded."${name}"`).join(', '));
  await db.execute(sql`${source(table, rows)} ON CONFLICT ("college_id", "id") DO UPDATE SET ${set}`);
}

/** Writes only the columns that changed, so that indexes over the others stay untouched. */
export async function updateRow(
  db: Db,
  table: TableName,
  before: AnyRow,
  after: AnyRow,
  version: number,
): Promise<void> {
  const changed = columnsOf(table).filter(({ key }) => key !== 'version' && before[key] !== after[key]);
  const set = [
    sql`"version" = ${version}`,
    ...changed.map(({ key, name, type }) => {
      const value = after[key] ?? null;
      return sql`${identifier(name)} = ${type === 'bigint' && value !== null ? sql`${String(value)}::int8` : value}`;
    }),
  ];
  const result = await db.execute(
    sql`UPDATE ${identifier(sqlName(table))} SET ${sql.join(set, sql`, `)} WHERE "college_id" = ${before['collegeId']} AND "id" = ${before['id']}`,
  );
  const { affectedRows, rowCount } = result as unknown as { affectedRows?: number; rowCount?: number };
  if ((affectedRows ?? rowCount) !== 1) throw new Error(`update of ${table} ${String(before['id'])} met no row`);
}

export async function deleteRow(db: Db, table: TableName, collegeId: Id, id: Id): Promise<void> {
  await db.execute(sql`DELETE FROM ${identifier(sqlName(table))} WHERE "college_id" = ${collegeId} AND "id" = ${id}`);
}
