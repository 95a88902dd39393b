import { sql } from 'drizzle-orm';
import { type Id, isId } from '../kernel/ids.ts';
import type { Db } from './tables.ts';

export interface ScopeOptions {
  /** One snapshot for all reads of the transaction; nothing may be written. */
  readonly snapshot?: boolean;
}

/**
 * Runs `work` in one transaction as the role `munim_app`, which cannot pass row-level security, and sees the rows of the given
 * colleges only. An empty scope reaches the tables that belong to no college (devices, codes, credentials). Role and scope end with
 * the transaction, so that a pooled connection carries nothing over.
 */
export function inScope<T>(
  db: Db,
  collegeIds: readonly Id[],
  work: (tx: Db) => Promise<T>,
  options: ScopeOptions = {},
): Promise<T> {
  if (!collegeIds.every(isId)) throw new Error('a scope is a list of college ids');
  const run = async (tx: unknown): Promise<T> => {
    const scoped = tx as Db;
    await scoped.execute(
      sql`SELECT set_config('role', 'munim_app', true), set_config('munim.colleges', ${collegeIds.join(',')}, true)`,
    );
    return work(scoped);
  };
  return options.snapshot === true
    ? db.transaction(run, { isolationLevel: 'repeatable read', accessMode: 'read only' })
    : db.transaction(run);
}
