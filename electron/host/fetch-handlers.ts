import { MunimError } from '../../shared/kernel/errors.ts';
import type { JobService } from '../services/jobs.ts';
import type { StatementFetch } from '../services/statement-fetch.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';
import { plainJob } from './file-handlers.ts';

/** Statements that come from the banks themselves. */
export function fetchHandlers(context: DeskContext, fetch: StatementFetch, jobs: JobService) {
  return {
    'statements.fetching': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      const states = await fetch.states(collegeId);
      return {
        rows: states.map(({ refusal, ...state }) => ({
          ...state,
          refusal: refusal === null ? null : { code: refusal.code, details: { ...refusal.details } },
        })),
      };
    },
    'statements.fetchNow': async ({ collegeId, bankAccountId }) => {
      const { personId, role } = context.requireCollege(collegeId);
      if (role !== 'college_accounts_admin') throw new MunimError('AUTH_FORBIDDEN', { role });
      return plainJob(jobs.start(personId, 'import', (job) => fetch.fetchNow(collegeId, bankAccountId, job)));
    },
  } satisfies HandlerMap;
}
