import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import type { ErrorDetails } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { deadEvent, deadEvents, reviveEvent, showUnassigned } from '../stores/webhook-events.ts';
import { readAgain } from './apply-webhooks.ts';
import type { ServerContext } from './context.ts';

/** A message of a bank or gateway that came to nothing, as a person is told of it. Its words stay on the server. */
export interface DeadWebhook {
  readonly id: Id;
  readonly provider: string;
  readonly receivedAt: number;
  readonly attempts: number;
  readonly code: string;
  readonly details: ErrorDetails;
  /** Ours, where the message names it. */
  readonly reference: string | null;
  readonly state: string | null;
}

/** Whose messages are meant: those of colleges, or, for the operator, those too that nobody could tell the college of. */
export interface DeadScope {
  readonly collegeIds: readonly Id[];
  readonly unassigned: boolean;
}

const within = <T>(context: ServerContext, scope: DeadScope, work: (tx: Db) => Promise<T>): Promise<T> =>
  inScope(context.database.db, scope.collegeIds, async (tx) => {
    if (scope.unassigned) await showUnassigned(tx);
    return work(tx);
  });

export async function deadWebhooks(context: ServerContext, scope: DeadScope): Promise<readonly DeadWebhook[]> {
  const events = await within(context, scope, (tx) => deadEvents(tx, limits.webhook.listedMax));
  return events.map((event) => {
    const news = event.news === null ? null : (parseCanonical(event.news) as Record<string, unknown>);
    const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return {
      id: event.id,
      provider: event.provider,
      receivedAt: event.receivedAt,
      attempts: event.attempts,
      code: event.code ?? 'INTERNAL',
      details: event.details === null ? {} : (parseCanonical(event.details) as ErrorDetails),
      reference: word(news?.reference),
      state: word(news?.state),
    };
  });
}

/** Lets a message have one more try, reading it anew where it could not be read. @returns whether there is such a one in the scope */
export async function replayWebhook(context: ServerContext, id: Id, scope: DeadScope): Promise<boolean> {
  const now = context.clock.now();
  return within(context, scope, async (tx) => {
    const event = await deadEvent(tx, id);
    if (event === undefined) return false;
    const webhook = context.webhookSources.get(event.provider);
    const news = event.news ?? (webhook === undefined ? null : await readAgain(context, event, webhook));
    // Still unreadable: it stays where it is, and the person sees it there.
    if (news !== null) await reviveEvent(tx, id, { news, attempts: limits.webhook.retryAfterMs.length, nextAt: now });
    return true;
  });
}
