import { type SQL, sql } from 'drizzle-orm';
import type { TableName } from '../domain/rows.ts';
import type { Id } from '../kernel/ids.ts';
import { rowSet } from './row-set.ts';
import { type AnyRow, columnsOf, type Db, sqlName } from './tables.ts';

/** A row and the version it is written with. */
export interface VersionedRow {
  readonly row: AnyRow;
  readonly version: number;
}

const identifier = (name: string): SQL => sql.raw(`"${name}"`);
const isKey = (key: string): boolean => key === 'collegeId' || key === 'id';

/** `"column" = <from>."column"` for every column but the key, and the columns themselves; worked out once for each table. */
const texts = new Map<
  TableName,
  { readonly columns: SQL; readonly setFromExcluded: SQL; readonly setFromFresh: SQL }
>();
function textsOf(table: TableName) {
  const known = texts.get(table);
  if (known) return known;
  const columns = columnsOf(table);
  const set = (from: string): SQL =>
    sql.raw(
      columns
        .filter(({ key }) => !isKey(key))
        .map(({ name }) => `"${name}" = ${from}."${name}"`)
        .join(', '),
    );
  const made = {
    columns: sql.raw(columns.map(({ name }) => `"${name}"`).join(', ')),
    setFromExcluded: set('excluded'),
    setFromFresh: set('fresh'),
  };
  texts.set(table, made);
  return made;
}

/** Rows to select from, so that one statement serves one row and ten thousand. */
const setOf = (table: TableName, rows: readonly VersionedRow[]): SQL =>
  rowSet(
    columnsOf(table).map(({ key, name, sqlType }) => ({
      name,
      type: sqlType,
      cells: rows.map(({ row, version }) => (key === 'version' ? version : (row[key] ?? null))),
    })),
  );

/** Statement that adds new rows. A row that exists already is a fault of the caller and fails the transaction. */
export function insertSql(table: TableName, rows: readonly VersionedRow[]): SQL {
  const { columns } = textsOf(table);
  return sql`INSERT INTO ${identifier(sqlName(table))} (${columns}) SELECT ${columns} FROM ${setOf(table, rows)} AS fresh`;
}

/** New rows of one version. */
export async function insertRows(db: Db, table: TableName, rows: readonly AnyRow[], version: number): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(
    insertSql(
      table,
      rows.map((row) => ({ row, version })),
    ),
  );
}

/** Rows as the server has them, over whatever stands here. */
export async function upsertRows(db: Db, table: TableName, rows: readonly VersionedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(
    sql`${insertSql(table, rows)} ON CONFLICT ("college_id", "id") DO UPDATE SET ${textsOf(table).setFromExcluded}`,
  );
}

/** Rows that stand, as they are now. Columns that stay as they were cost nothing: the database compares before it touches an index. */
export async function updateRows(db: Db, table: TableName, rows: readonly VersionedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const result = await db.execute(
    sql`UPDATE ${identifier(sqlName(table))} AS kept SET ${textsOf(table).setFromFresh} FROM ${setOf(table, rows)} AS fresh
      WHERE kept."college_id" = fresh."college_id" AND kept."id" = fresh."id"`,
  );
  const { affectedRows, rowCount } = result as unknown as { affectedRows?: number; rowCount?: number };
  const met = affectedRows ?? rowCount;
  if (met !== rows.length) throw new Error(`an update of ${rows.length} rows of ${table} met ${met}`);
}

export async function deleteRows(db: Db, table: TableName, collegeId: Id, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  const wanted = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );
  await db.execute(
    sql`DELETE FROM ${identifier(sqlName(table))} WHERE "college_id" = ${collegeId} AND "id" IN (${wanted})`,
  );
}
