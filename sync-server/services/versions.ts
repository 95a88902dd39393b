import { inScope } from '../../shared/db/scope.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { readVersion } from '../stores/command-log.ts';
import type { ServerContext } from './context.ts';

export const collegeVersion = (context: ServerContext, collegeId: Id): Promise<number> =>
  inScope(context.database.db, [collegeId], (tx) => readVersion(tx, collegeId));
