import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { MunimError } from '../kernel/errors.ts';
import { type Random, systemRandom } from '../ports/random.ts';
import { type Backup, type BackupOptions, backUp } from './backup.ts';
import type { Engine } from './engine.ts';
import { copyTree, randomSuffix, removeTree } from './files.ts';
import type { GuardedPGlite } from './guard.ts';
import { checkIntegrity } from './integrity.ts';
import { type Log, startDatabase } from './start.ts';

interface Applied {
  readonly hash: string;
  /** `when` of the migration's journal entry, milliseconds. */
  readonly when: number;
}

export interface MigrateOptions extends Omit<BackupOptions, 'into' | 'reason'> {
  /** A folder made by drizzle-kit: `meta/_journal.json` and numbered `.sql` files. */
  readonly migrationsDir: string;
  readonly backupsDir: string;
}

export interface Migrated {
  readonly applied: number;
  /** The verified backup made before; null when nothing was pending or the books were still empty. */
  readonly backup: Backup | null;
}

/**
 * Brings the schema to what this version of the program needs. Books that hold anything are backed up and verified
 * first, the migrations are tried on a copy, and only when they went through there are they applied, all in one
 * transaction.
 *
 * @throws MunimError ENGINE_SCHEMA_NEWER when the books were last used by a newer program (nothing is touched);
 *   ENGINE_MIGRATION_FAILED when a migration fails, on the copy or on the books (which are then as before);
 *   what `backUp` throws
 */
export async function migrateEngine(engine: Engine, options: MigrateOptions): Promise<Migrated> {
  const known = readMigrationFiles({ migrationsFolder: options.migrationsDir });
  const applied = await readApplied(engine.pg);
  refuseNewer(known, applied);
  const last = applied.at(-1)?.when ?? 0;
  const pending = known.filter((migration) => migration.folderMillis > last);
  if (pending.length === 0) return { applied: 0, backup: null };
  let backup: Backup | null = null;
  if (applied.length > 0) {
    backup = await backUp(engine, { ...options, into: options.backupsDir, reason: 'before a change of the schema' });
    await tryOnCopy(engine, options);
  }
  await runMigrations(engine.pg, options.migrationsDir);
  await engine.housekeeping.afterBulkLoad();
  return { applied: pending.length, backup };
}

/** Opens a directory nobody else has open, applies the migrations and shuts it down in order. */
export async function applyMigrations(dir: string, migrationsDir: string, log: Log): Promise<void> {
  const poisons: string[] = [];
  const { pg } = await startDatabase({ dir, onPoison: (reason) => poisons.push(reason), log });
  try {
    await runMigrations(pg, migrationsDir);
    await checkIntegrity(pg);
  } finally {
    await pg.close();
  }
}

async function tryOnCopy(engine: Engine, options: MigrateOptions): Promise<void> {
  const random: Random = options.random ?? systemRandom;
  // A name the next start sweeps, should this one be interrupted.
  const copy = `${engine.dir}.tmp-${randomSuffix(random)}`;
  try {
    await engine.pg.transaction(async (tx) => {
      await tx.query('checkpoint');
      await copyTree(engine.dir, copy);
    });
    await applyMigrations(copy, options.migrationsDir, options.log ?? (() => {}));
  } finally {
    await removeTree(copy);
  }
}

async function runMigrations(pg: GuardedPGlite, migrationsDir: string): Promise<void> {
  try {
    await migrate(drizzle(pg), { migrationsFolder: migrationsDir });
  } catch (thrown) {
    if (thrown instanceof MunimError) throw thrown;
    throw new MunimError('ENGINE_MIGRATION_FAILED', { detail: rootMessage(thrown) }, { cause: thrown });
  }
}

/** drizzle wraps the database's own words in the whole SQL text; a person needs only the former. */
function rootMessage(thrown: unknown): string {
  let current = thrown;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current.message : String(current);
}

async function readApplied(pg: GuardedPGlite): Promise<Applied[]> {
  const table = await pg.query<{ present: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as present",
  );
  if (table.rows[0]?.present !== true) return [];
  const { rows } = await pg.query<{ hash: string; at: bigint }>(
    'select hash, created_at as at from drizzle.__drizzle_migrations order by created_at, id',
  );
  return rows.map((row) => ({ hash: row.hash, when: Number(row.at) }));
}

type KnownMigrations = ReturnType<typeof readMigrationFiles>;

/** @throws MunimError ENGINE_SCHEMA_NEWER, ENGINE_MIGRATION_FAILED when this program does not know a migration in the books */
export async function refuseNewerBooks(pg: GuardedPGlite, migrationsDir: string): Promise<void> {
  refuseNewer(readMigrationFiles({ migrationsFolder: migrationsDir }), await readApplied(pg));
}

/** A migration in the books that this program does not know comes from a newer one, or from files edited afterwards. */
function refuseNewer(known: KnownMigrations, applied: readonly Applied[]): void {
  const hashes = new Map(known.map((migration) => [migration.folderMillis, migration.hash]));
  const newest = Math.max(0, ...hashes.keys());
  for (const { hash, when } of applied) {
    if (when > newest) throw new MunimError('ENGINE_SCHEMA_NEWER');
    if (hashes.get(when) !== hash) {
      const detail = `the migration of ${new Date(when).toISOString()} is not the one that was applied`;
      throw new MunimError('ENGINE_MIGRATION_FAILED', { detail });
    }
  }
}
