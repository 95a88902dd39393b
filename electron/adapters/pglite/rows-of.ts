import type { SQL } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';

/** The rows of a statement as PGlite gives them: int8 as bigint, names as in the statement. */
export async function rowsOf<Row extends object>(db: Db, statement: SQL): Promise<readonly Row[]> {
  const { rows } = (await db.execute(statement)) as unknown as { readonly rows: readonly Row[] };
  return rows;
}

/** Runs in one transaction. PGlite has one connection: until this ends, nothing else of the process reaches the database. */
export const inTransaction = <T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction((tx) => run(tx as unknown as Db));
