import { limits } from '../../shared/kernel/limits.ts';
import type { BusState } from '../ports/bus.ts';
import type { Vitals } from '../ports/upkeep.ts';
import type { ServerContext } from './context.ts';

export type Check = 'ok' | 'failed';

export interface Readiness {
  /** Whether requests may be sent here. A degraded bus makes desks slower to notice and nothing else, so it counts for nothing. */
  readonly ready: boolean;
  readonly database: Check;
  /** `failed` when the database lacks a migration of this program. */
  readonly schema: Check;
  /** `failed` below the space under which the books take no more writes. */
  readonly disk: Check;
  readonly pokes: BusState;
}

/** Asks everything this server stands on, beside each other. Never throws; what failed is in the log. */
export async function readinessOf(context: ServerContext, vitals: Vitals | undefined): Promise<Readiness> {
  const check = async (name: string, holds: () => Promise<boolean>): Promise<Check> => {
    try {
      if (await holds()) return 'ok';
      context.log.warn('not ready', { check: name });
    } catch (thrown) {
      context.log.error('not ready', thrown, { check: name });
    }
    return 'failed';
  };
  const [database, schema, disk] = await Promise.all([
    check('database', async () => {
      await context.database.ping();
      return true;
    }),
    check('schema', async () => vitals === undefined || (await vitals.schema()).pending === 0),
    check('disk', async () => vitals === undefined || vitals.freeBytes() >= limits.engine.freeSpaceMinBytes),
  ]);
  const ready = [database, schema, disk].every((state) => state === 'ok');
  return { ready, database, schema, disk, pokes: context.bus.state() };
}
