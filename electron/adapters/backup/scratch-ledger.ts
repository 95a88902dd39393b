import { drizzle } from 'drizzle-orm/pglite';
import { wrongLedgerDays } from '../../../shared/db/ledger-days.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { isShutDown, markCleanStop } from '../../../shared/engine/control-file.ts';
import type { GuardedPGlite } from '../../../shared/engine/guard.ts';
import { checkIntegrity, readCanary } from '../../../shared/engine/integrity.ts';
import { applyMigrations, refuseNewerBooks } from '../../../shared/engine/migrate.ts';
import { startDatabase } from '../../../shared/engine/start.ts';
import { trimLog } from '../../../shared/engine/trim-log.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { BooksFacts } from './backup-header.ts';
import { readFacts } from './books-facts.ts';

/** What a thread is asked to do with a copy of the books that nobody else has open. */
export type ScratchTask =
  | { readonly kind: 'clean'; readonly dir: string }
  | { readonly kind: 'check'; readonly dir: string; readonly migrationsDir: string };

/** The tables that stay behind: whose passwords they are slow hashes of is nobody's business where the backup lies. */
export const EMPTIED = ['desk.known_people'] as const;

/** @returns what the copy says, for a check */
export async function workOnScratch(task: ScratchTask): Promise<BooksFacts | null> {
  if (task.kind === 'check') return await check(task.dir, task.migrationsDir);
  await withDatabase(task.dir, takeOutSecrets);
  trimLog(task.dir);
  markCleanStop(task.dir);
  return null;
}

/**
 * Empties what must not leave the desk, such that the pages, the statistics and the log keep nothing of it either. The files that
 * `truncate` and `vacuum full` replace go at the checkpoint.
 */
async function takeOutSecrets(pg: GuardedPGlite): Promise<void> {
  for (const table of EMPTIED) {
    await pg.exec(`truncate ${table}`);
    await pg.query('delete from pg_statistic where starelid = $1::text::regclass', [table]);
  }
  await pg.exec('vacuum full pg_statistic');
  await pg.exec('checkpoint');
  await pg.exec('select pg_switch_wal()');
  await pg.exec('checkpoint');
}

/** Opens the copy and looks at all of it; afterwards it has the form that this version needs. */
async function check(dir: string, migrationsDir: string): Promise<BooksFacts> {
  const facts = await withDatabase(dir, async (pg) => {
    await readCanary(pg);
    await refuseNewerBooks(pg, migrationsDir);
    await checkIntegrity(pg);
    return await readFacts(pg);
  });
  await applyMigrations(dir, migrationsDir, () => {});
  const wrong = await withDatabase(dir, (pg) =>
    wrongLedgerDays(drizzle(pg, { casing: 'snake_case' }) as unknown as Db),
  );
  if (wrong !== 0) throw unsound(`${wrong} sums of days are not those of their entries`);
  markCleanStop(dir);
  return facts;
}

async function withDatabase<T>(dir: string, work: (pg: GuardedPGlite) => Promise<T>): Promise<T> {
  const poisons: string[] = [];
  const { pg } = await startDatabase({ dir, onPoison: (reason) => poisons.push(reason), log: () => {} });
  let result: T;
  try {
    result = await work(pg);
  } finally {
    await pg.close();
  }
  if (poisons[0] !== undefined || !isShutDown(dir)) throw unsound(poisons[0] ?? 'the copy did not shut down');
  return result;
}

const unsound = (detail: string): MunimError => new MunimError('BACKUP_UNSOUND', { detail });
