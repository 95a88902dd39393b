import { MunimError } from '../kernel/errors.ts';
import type { GuardedPGlite } from './guard.ts';

/** What the server must report about itself for a commit to mean "on the disk". */
const requiredSettings = {
  fsync: 'on',
  wal_sync_method: 'fsync',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  data_checksums: 'on',
} as const;

/**
 * Proves before the first entry that this build on this disk syncs: the settings are read back, and one real commit
 * must make the host sync at least once. Settings alone prove nothing, because the stock build reports `fsync=on` just
 * as well while its sync calls end nowhere.
 *
 * @param fsyncCount host fsyncs completed so far
 * @throws MunimError ENGINE_NOT_DURABLE with the reason
 */
export async function proveDurable(pg: GuardedPGlite, fsyncCount: () => number): Promise<void> {
  for (const [name, wanted] of Object.entries(requiredSettings)) {
    const { rows } = await pg.query<{ value: string }>('select current_setting($1) as value', [name]);
    const value = rows[0]?.value;
    if (value !== wanted) throw new MunimError('ENGINE_NOT_DURABLE', { reason: `${name} is ${value}, not ${wanted}` });
  }
  const before = fsyncCount();
  await pg.query('update engine.canary set opened = opened + 1 where id = 1');
  if (fsyncCount() === before) {
    throw new MunimError('ENGINE_NOT_DURABLE', { reason: 'a commit did not reach the disk' });
  }
}
