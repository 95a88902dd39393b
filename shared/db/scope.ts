import { sql } from 'drizzle-orm';
import { type Id, isId } from '../kernel/ids.ts';
import type { Db } from './tables.ts';

export interface ScopeOptions {
  /** One snapshot for all reads of the transaction; nothing may be written. */
  readonly snapshot?: boolean;
}

const textOf = (collegeIds: readonly Id[]): string => {
  if (!collegeIds.every(isId)) throw new Error('a scope is a list of college ids');
  return collegeIds.join(',');
};

/**
 * Runs `work` in one transaction as the role `munim_app`, which cannot pass row-level security, and sees the rows of the given
 * colleges only. What has to be found before a college is known (devices, codes, credentials) is shown to who names the row, see
 * `nameRow`. Role, scope and name end with the transaction, so that a pooled connection carries nothing over.
 */
export function inScope<T>(
  db: Db,
  collegeIds: readonly Id[],
  work: (tx: Db) => Promise<T>,
  options: ScopeOptions = {},
): Promise<T> {
  const scope = textOf(collegeIds);
  const run = async (tx: unknown): Promise<T> => {
    const scoped = tx as Db;
    await scoped.execute(
      sql`SELECT set_config('role', 'munim_app', true), set_config('munim.colleges', ${scope}, true), set_config('munim.named', '', true)`,
    );
    return work(scoped);
  };
  return options.snapshot === true
    ? db.transaction(run, { isolationLevel: 'repeatable read', accessMode: 'read only' })
    : db.transaction(run);
}

/** Goes on in the same transaction with the rows of these colleges instead, which only now turned out to be those it is about. */
export async function moveScope(tx: Db, collegeIds: readonly Id[]): Promise<void> {
  await tx.execute(sql`SELECT set_config('munim.colleges', ${textOf(collegeIds)}, true)`);
}

/**
 * Shows the rest of the transaction, until another is named, the device, code or credential with this very id, hash or e-mail address,
 * whatever its colleges: whoever asks has to know it, and a question that forgot to say which row it wants finds none.
 */
export async function nameRow(tx: Db, key: string): Promise<void> {
  await tx.execute(sql`SELECT set_config('munim.named', ${key}, true)`);
}
