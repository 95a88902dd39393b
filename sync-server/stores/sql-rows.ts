import type { SQL } from 'drizzle-orm';
import type { Db } from '../../shared/db/tables.ts';

/** The rows of a statement, whose shape the drivers share. The caller states their form and is right about it. */
export async function sqlRows<Row>(db: Db, statement: SQL): Promise<readonly Row[]> {
  const { rows } = (await db.execute(statement)) as unknown as { rows: Row[] };
  return rows;
}
