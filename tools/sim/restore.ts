import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { beginHistory } from '../../sync-server/stores/histories.ts';
import type { Querying, SimDatabase } from './database.ts';

/** The rows of every table of the server at one moment, by the name of the table. */
export type Backup = ReadonlyMap<string, string>;

/** Copies the books of a server that goes on working. */
export async function backUp(pg: SimDatabase): Promise<Backup> {
  const names = await tablesOf(pg);
  const parts = names.map(
    (name) => `SELECT '${name}' AS "name", coalesce(json_agg(t), '[]')::text AS "rows" FROM ${name} t`,
  );
  // One statement sees one moment.
  const { rows } = await pg.query<{ name: string; rows: string }>(parts.join(' UNION ALL '));
  return new Map(rows.map(({ name, rows: kept }) => [name, kept]));
}

/** Puts the books of a server that is down back to those of the backup, and begins the new history of every college, as `restore` does. */
export async function putBack(pg: SimDatabase, backup: Backup, collegeIds: readonly Id[], now: number): Promise<void> {
  await pg.transaction(async (tx) => {
    // What triggers keep is in the backup too.
    await tx.query(`SET LOCAL session_replication_role = 'replica'`);
    await tx.query(`TRUNCATE ${(await tablesOf(tx)).join(', ')}`);
    for (const [name, rows] of backup) {
      if (rows !== '[]')
        await tx.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [rows]);
    }
  });
  const db = drizzle(pg as unknown as PGlite, { casing: 'snake_case' }) as unknown as Db;
  for (const id of collegeIds) await inScope(db, [id], (tx) => beginHistory(tx, id, now));
}

async function tablesOf(pg: Querying): Promise<readonly string[]> {
  const { rows } = await pg.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS "name" FROM pg_tables WHERE schemaname IN ('public', 'server') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
