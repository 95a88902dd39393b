import { inScope } from '../../shared/db/scope.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { parkedBy } from '../stores/command-log.ts';
import type { ServerContext } from './context.ts';
import { allCollegeIds } from './own-command.ts';

/** Parked commands of one desk that are parked for the same reason. */
export interface ParkedGroup {
  readonly deviceId: Id;
  /** COMMAND_UNKNOWN, or COMMAND_DEPENDS for what was meant on top of another. */
  readonly code: string;
  readonly commands: number;
  readonly firstSeq: number;
  /** When the first of them came, ISO time. */
  readonly since: string;
}

/** What waits in a college for a server that knows it, so that an operator sees which desks are ahead of the servers. */
export async function parkedOf({ database }: ServerContext, collegeId: Id): Promise<readonly ParkedGroup[]> {
  const groups = await inScope(database.db, [collegeId], (tx) => parkedBy(tx, [collegeId]));
  return groups.map(({ since, ...group }) => ({ ...group, since: new Date(since).toISOString() }));
}

/** Over all colleges, the same at every server over these books. */
export async function countParked(context: ServerContext): Promise<number> {
  const ids = await allCollegeIds(context);
  const groups = await inScope(context.database.db, ids, (tx) => parkedBy(tx, ids));
  return groups.reduce((sum, { commands }) => sum + commands, 0);
}
