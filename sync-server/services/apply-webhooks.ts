import type { Webhook } from '../../shared/connectors/_kit/webhook.ts';
import { inScope } from '../../shared/db/scope.ts';
import type { PaymentNews } from '../../shared/domain/payment-order/news.ts';
import { canonicalText, parseCanonical } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { orderOfNews } from '../stores/payment-orders.ts';
import { claimDue, nextDue, settleEvent, showUnassigned, type WebhookEvent } from '../stores/webhook-events.ts';
import type { ServerContext } from './context.ts';
import { faultOf } from './faults.ts';
import { allCollegeIds, runOwnCommand } from './own-command.ts';

/** The news of an order that are no news: they came twice, or after better ones. */
const knownAlready: ReadonlySet<string> = new Set(['ORDER_NEWS_KNOWN']);

/**
 * Does what the messages that are due say, as commands of the server. Throws what will pass (database gone); the rest waits and is tried
 * again, and after the last try lies there for a person.
 * @returns when the next one is due; null when none waits
 */
export async function applyWebhooks(context: ServerContext): Promise<number | null> {
  const ids = await allCollegeIds(context);
  const inAll = <T>(work: Parameters<typeof inScope<T>>[2]): Promise<T> =>
    inScope(context.database.db, ids, async (tx) => {
      await showUnassigned(tx);
      return work(tx);
    });
  for (;;) {
    const due = await inAll((tx) => claimDue(tx, context.clock.now()));
    if (due.length === 0) return inAll(nextDue);
    for (const event of due) {
      const tried = await tryEvent(context, event, ids);
      await inAll((tx) => settleEvent(tx, event.id, outcomeOf(event, tried, context.clock.now())));
      const { provider } = event;
      if (!tried.ok)
        context.log.warn('a message of a bank waits', { provider, event: event.id, code: tried.error.code });
      context.metrics.webhooks.inc({ provider, outcome: tried.ok ? 'applied' : tried.error.code });
    }
  }
}

function outcomeOf(event: WebhookEvent, tried: Result<Id, Tried>, now: number): Parameters<typeof settleEvent>[2] {
  const attempts = event.attempts + 1;
  if (tried.ok) {
    return {
      collegeId: tried.value,
      status: 'applied',
      attempts,
      nextAt: now,
      code: null,
      details: null,
      settledAt: now,
    };
  }
  const { code, details, collegeId } = tried.error;
  const waitMs = limits.webhook.retryAfterMs[event.attempts];
  const told = { collegeId, attempts, code, details: canonicalText({ ...details }) };
  if (waitMs === undefined) return { ...told, status: 'dead', nextAt: now, settledAt: now };
  return { ...told, status: 'waiting', nextAt: now + waitMs, settledAt: null };
}

interface Tried extends Refusal {
  readonly collegeId: Id | null;
}

async function tryEvent(
  context: ServerContext,
  event: WebhookEvent,
  allIds: readonly Id[],
): Promise<Result<Id, Tried>> {
  const news = newsOf(event);
  const failed = (refused: Refusal, collegeId = event.collegeId): Result<Id, Tried> => err({ ...refused, collegeId });
  if (news === null) return failed(refusal('WEBHOOK_UNREADABLE'));
  const spokenFor = event.secretColleges.length === 0 ? allIds : event.secretColleges;
  const place = await inScope(context.database.db, spokenFor, (tx) => orderOfNews(tx, event.provider, news));
  if (place === undefined) return failed(refusal('WEBHOOK_NO_ORDER'));
  const { collegeId, batchId, orderId, fence } = place;
  try {
    const { reference: _, ...told } = news;
    await runOwnCommand(context, collegeId, 'order.record', {
      batchId,
      source: 'webhook',
      outcomes: [{ orderId, fence, ...told }],
    });
    return ok(collegeId);
  } catch (thrown) {
    if (faultOf(thrown).kind === 'passing') throw thrown;
    const { code, details } = toMunimError(thrown);
    return knownAlready.has(code) ? ok(collegeId) : failed(refusal(code, details), collegeId);
  }
}

/** Our own canonical text of what the connector read. */
const newsOf = (event: WebhookEvent): PaymentNews | null =>
  event.news === null ? null : (parseCanonical(event.news) as unknown as PaymentNews);

/** Reads a message once more that could not be read, as of the moment at which it came. Null when it still cannot. */
export async function readAgain(context: ServerContext, event: WebhookEvent, webhook: Webhook): Promise<string | null> {
  const keys = (await context.webhookSecrets.of(event.provider)).map(({ secret, allowsNoTime }) => ({
    secret,
    allowsNoTime,
  }));
  const headers = parseCanonical(event.headers) as Record<string, string>;
  const verified = await webhook.verify(Buffer.from(event.body, 'base64'), headers, keys, event.receivedAt);
  return verified.ok ? canonicalText(verified.value.news as never) : null;
}

/** Keeps applying for as long as the server is up. `kick` tries at once; `end` resolves when a try under way is over. */
export class WebhookWorker {
  readonly #context: ServerContext;
  #working: Promise<void> | null = null;
  #again = false;
  #ended = false;
  #cancel: () => void = () => {};

  constructor(context: ServerContext) {
    this.#context = context;
  }

  kick(): void {
    if (this.#ended) return;
    if (this.#working !== null) {
      this.#again = true;
      return;
    }
    this.#cancel();
    this.#working = this.#work().finally(() => {
      this.#working = null;
      if (this.#again) {
        this.#again = false;
        this.kick();
      }
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#again = false;
    this.#cancel();
    await this.#working;
  }

  async #work(): Promise<void> {
    const { clock, log } = this.#context;
    let waitMs: number = limits.webhook.idleMs;
    try {
      const next = await applyWebhooks(this.#context);
      if (next !== null) waitMs = Math.min(waitMs, Math.max(0, next - clock.now()));
    } catch (thrown) {
      log.error('messages of banks', thrown);
    }
    if (!this.#ended) this.#cancel = clock.after(waitMs, () => this.kick());
  }
}
