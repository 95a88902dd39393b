import type { Extensions } from '@electric-sql/pglite';
import { MunimError } from '../kernel/errors.ts';
import { isShutDown } from './control-file.ts';
import { furnish, type Log, startDatabase } from './start.ts';

/** Runs initdb into `dir` and shuts the new database down in order. */
export async function initialise(dir: string, extensions: Extensions | undefined, log: Log): Promise<void> {
  let poison: string | null = null;
  const onPoison = (reason: string): void => {
    poison = reason;
  };
  const { pg } = await startDatabase({ dir, extensions, onPoison, log });
  await furnish(pg, extensions);
  await pg.close();
  if (poison !== null || !isShutDown(dir)) {
    throw new MunimError('ENGINE_CORRUPT', { detail: poison ?? 'the new database did not shut down in order' });
  }
}
