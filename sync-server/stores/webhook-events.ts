import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import { nameRow } from '../../shared/db/scope.ts';
import { webhookEvents } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';

export type WebhookEvent = typeof webhookEvents.$inferSelect;

/** Also shows the events whose college nobody knows yet; they belong to no college, so only the server itself asks for them. */
export const showUnassigned = (tx: Db): Promise<void> => nameRow(tx, 'webhooks');

/** @returns whether it is new; the same event delivered again leaves what is there */
export async function keepEvent(tx: Db, event: WebhookEvent): Promise<boolean> {
  const kept = await tx.insert(webhookEvents).values(event).onConflictDoNothing().returning({ id: webhookEvents.id });
  return kept.length > 0;
}

/**
 * Takes the events that are due for a while, so that no other process tries them at the same time. One that dies with them leaves them to
 * the next, and trying twice does what trying once does.
 */
export async function claimDue(tx: Db, now: number): Promise<readonly WebhookEvent[]> {
  const due = tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.status, 'waiting'), lte(webhookEvents.nextAt, now)))
    .orderBy(asc(webhookEvents.receivedAt))
    .limit(limits.webhook.claimedAtOnce)
    .for('update', { skipLocked: true });
  return tx
    .update(webhookEvents)
    .set({ nextAt: now + limits.webhook.claimMs })
    .where(sql`${webhookEvents.id} IN (${due})`)
    .returning();
}

/** When the next event is due; null when none waits. */
export async function nextDue(tx: Db): Promise<number | null> {
  const [first] = await tx
    .select({ at: webhookEvents.nextAt })
    .from(webhookEvents)
    .where(eq(webhookEvents.status, 'waiting'))
    .orderBy(asc(webhookEvents.nextAt))
    .limit(1);
  return first?.at ?? null;
}

export type EventOutcome = Pick<
  WebhookEvent,
  'collegeId' | 'status' | 'attempts' | 'nextAt' | 'code' | 'details' | 'settledAt'
>;

export async function settleEvent(tx: Db, id: Id, outcome: EventOutcome): Promise<void> {
  await tx.update(webhookEvents).set(outcome).where(eq(webhookEvents.id, id));
}

/** Those that came to nothing, newest first. */
export function deadEvents(tx: Db, max: number): Promise<readonly WebhookEvent[]> {
  return tx
    .select()
    .from(webhookEvents)
    .where(eq(webhookEvents.status, 'dead'))
    .orderBy(desc(webhookEvents.receivedAt))
    .limit(max);
}

export async function deadEvent(tx: Db, id: Id): Promise<WebhookEvent | undefined> {
  const [found] = await tx
    .select()
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, id), eq(webhookEvents.status, 'dead')))
    .for('update');
  return found;
}

/** Back among those that wait. */
export async function reviveEvent(
  tx: Db,
  id: Id,
  again: Pick<WebhookEvent, 'news' | 'attempts' | 'nextAt'>,
): Promise<void> {
  await tx
    .update(webhookEvents)
    .set({ ...again, status: 'waiting', settledAt: null })
    .where(eq(webhookEvents.id, id));
}
