import { rename } from 'node:fs/promises';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import { backUp } from '../../shared/engine/backup.ts';
import { migrateEngine } from '../../shared/engine/migrate.ts';
import { openEngine } from '../../shared/engine/open.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Database } from '../ports/database.ts';
import { dropDeskReading } from '../stores/desk-reading.ts';

export interface EmbeddedOptions {
  /** The server's data folder; the books stand in `books` below it, backups in `backups`. */
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly templateDir?: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Told once when the database cannot be trusted any more: the process must end hard. */
  readonly onPoison: (reason: string) => void;
  readonly log: (line: string) => void;
}

export interface EmbeddedDatabase extends Database {
  /** See `Upkeep`. The copy is a backup of the engine in the folder `books`, opened and checked before this answers. */
  copyBooks(into: string): Promise<Readonly<Record<string, string>>>;
}

/** The books in PGlite inside this process, made safe by the engine. @throws MunimError ENGINE_… */
export async function embeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, migrationsDir, clock, random, log } = options;
  const engine = await openEngine({
    dir: path.join(dataDir, 'books'),
    templateDir: options.templateDir,
    onPoison: options.onPoison,
    clock,
    random,
    log,
  });
  const db = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
  try {
    await migrateEngine(engine, { migrationsDir, backupsDir: path.join(dataDir, 'backups'), clock, random, log });
    await dropDeskReading(db);
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
  return {
    kind: 'embedded',
    db,
    ping: async () => {
      await engine.pg.query('SELECT 1');
    },
    copyBooks: async (into) => {
      const { dir, stamp } = await backUp(engine, { into, reason: 'asked for', clock, random, log });
      await rename(dir, path.join(into, 'books'));
      return stamp.rows;
    },
    close: () => engine.close(),
  };
}
