import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Db } from '../../shared/db/tables.ts';
import type { SchemaState } from '../ports/upkeep.ts';
import { sqlRows } from './sql-rows.ts';

/** @returns a question to the database that reads the files of the migrations only once */
export function schemaStateOf(db: Db, migrationsDir: string): () => Promise<SchemaState> {
  const known = readMigrationFiles({ migrationsFolder: migrationsDir });
  const newest = known.at(-1);
  if (!newest) throw new Error('there are no migrations');
  return async () => {
    const rows = await sqlRows<{ hash: string }>(db, sql`SELECT "hash" FROM "drizzle"."__drizzle_migrations"`);
    const applied = new Set(rows.map(({ hash }) => hash));
    const pending = known.filter(({ hash }) => !applied.has(hash)).length;
    return { hash: newest.hash, known: known.length, pending };
  };
}
