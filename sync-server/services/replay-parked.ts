import { inScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { type LoggedCommand, parkedIn } from '../stores/command-log.ts';
import type { ServerContext } from './context.ts';
import { faultOf } from './faults.ts';
import { allCollegeIds } from './own-command.ts';
import { settleParked } from './settle.ts';

/**
 * Decides the parked commands of all colleges, now that this server may know them. What it still does not know stays parked, and what
 * was meant on top of that too. Several servers may do this at once. Desks hear of it with their next pull.
 * Throws what will pass (database gone); what was decided until then stands.
 */
export async function replayParked(context: ServerContext): Promise<void> {
  for (const collegeId of await allCollegeIds(context)) {
    let version: number | null = null;
    const tried = new Set<string>();
    for await (const place of untried(context, collegeId, tried)) {
      version = (await replay(context, { ...place, collegeId })) ?? version;
    }
    if (version !== null) context.bus.publish({ collegeId, version });
    if (tried.size > 0) context.log.info('parked commands tried again', { collegeId, commands: tried.size });
  }
}

/** Every parked command of a college once, those too that were parked meanwhile: on top of one that had not had its turn yet. */
async function* untried(context: ServerContext, collegeId: Id, tried: Set<string>) {
  for (;;) {
    const parked = await inScope(context.database.db, [collegeId], (tx) => parkedIn(tx, collegeId));
    const places = parked.filter(({ deviceId, seq }) => !tried.has(`${deviceId} ${seq}`));
    if (places.length === 0) return;
    for (const place of places) {
      tried.add(`${place.deviceId} ${place.seq}`);
      yield place;
    }
  }
}

async function replay(
  context: ServerContext,
  place: Pick<LoggedCommand, 'deviceId' | 'seq'> & { readonly collegeId: Id },
): Promise<number | null> {
  const settle = (forced: Refusal | null) =>
    inScope(context.database.db, [place.collegeId], (tx) => settleParked(context, tx, place, forced));
  try {
    return await settle(null);
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault.kind === 'passing') throw thrown;
    context.log.error('parked command refused by a fault', thrown, { deviceId: place.deviceId, seq: place.seq });
    const { refused } = fault;
    return settle(refused ? refusal(refused.code, refused.details) : refusal('INTERNAL'));
  }
}

/** An old process that was still up after this one had started may have parked something since. */
export const parkedRetryMs = 10 * 60_000;
/** After a try that failed: a disk is freed and a database started again within less. */
export const parkedFailedRetryMs = 10_000;

/** Tries the parked commands again and again, for as long as the server is up. @returns ends it, once a try under way is over */
export function keepReplaying(context: ServerContext): () => Promise<void> {
  let trying: Promise<void> = Promise.resolve();
  let ended = false;
  const attempt = async (): Promise<void> => {
    let waitMs = parkedRetryMs;
    try {
      await replayParked(context);
    } catch (thrown) {
      context.log.error('parked commands', thrown);
      waitMs = parkedFailedRetryMs;
    }
    if (!ended) cancel = next(waitMs);
  };
  const next = (ms: number) =>
    context.clock.after(ms, () => {
      trying = attempt();
    });
  let cancel = next(parkedRetryMs);
  return async () => {
    ended = true;
    cancel();
    await trying;
  };
}
