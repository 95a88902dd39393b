import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { engineParsers } from '../../shared/engine/parsers.ts';
import { projectRoot } from '../run.ts';
import { SimDatabase } from './database.ts';

/** A plan is made once for all values; and nothing is kept for a crash of the database, since what crashes here are the programs over it. */
const settings = [
  'plan_cache_mode=force_generic_plan',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'wal_init_zero=off',
];

/** Databases in memory, made once and emptied between runs, since making one takes longer than a whole run. */
export class Pool {
  readonly #made: SimDatabase[] = [];
  #image: File | Blob | null = null;

  /** So many databases with every migration and no rows. */
  async take(count: number): Promise<readonly SimDatabase[]> {
    while (this.#made.length < count) this.#made.push(await this.#make());
    const taken = this.#made.slice(0, count);
    for (const pg of taken) await empty(pg);
    return taken;
  }

  async close(): Promise<void> {
    for (const pg of this.#made) await pg.close();
  }

  async #make(): Promise<SimDatabase> {
    return new SimDatabase(await this.#open());
  }

  async #open(): Promise<PGlite> {
    const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])];
    const options = { extensions: { pg_trgm }, parsers: engineParsers, startParams };
    if (this.#image !== null) return PGlite.create({ ...options, loadDataDir: this.#image });
    const pg = await PGlite.create(options);
    await migrate(drizzle(pg), { migrationsFolder: path.join(projectRoot, 'shared/db/migrations') });
    this.#image = await pg.dumpDataDir('none');
    return pg;
  }
}

/** Tables that hold nothing are left alone: emptying makes new files and has every plan made anew. */
async function empty(pg: SimDatabase): Promise<void> {
  const { rows } = await pg.query<{ name: string }>(
    `SELECT "oid"::regclass::text AS "name" FROM pg_class
      WHERE "relkind" = 'r' AND "relnamespace"::regnamespace::text IN ('public', 'desk', 'server') AND pg_relation_size("oid") > 0`,
  );
  if (rows.length > 0) await pg.exec(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
}
