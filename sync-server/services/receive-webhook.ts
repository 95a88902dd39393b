import type { Webhook, WebhookKey } from '../../shared/connectors/_kit/webhook.ts';
import { inScope } from '../../shared/db/scope.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, toHex, uuidv7 } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { WebhookSecret } from '../ports/webhook-secrets.ts';
import { keepEvent, showUnassigned, type WebhookEvent } from '../stores/webhook-events.ts';
import type { ServerContext } from './context.ts';
import { collegesByCode } from './set-up-college.ts';

export interface Delivery {
  readonly provider: string;
  readonly webhook: Webhook;
  /** The very bytes that came. */
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Keeps a message whose signature fits; when this answers, it survives. What it means is found out afterwards. One that is signed but cannot be read is kept too, for
 * a person: the sender would only send it again. Refusals: BANK_WEBHOOK_SIGNATURE, BANK_WEBHOOK_TIME
 * @returns whether it is new
 */
export async function receiveWebhook(context: ServerContext, delivery: Delivery): Promise<Result<boolean, Refusal>> {
  const { provider, webhook, raw, headers } = delivery;
  const now = context.clock.now();
  let refused: Refusal = refusal('BANK_WEBHOOK_SIGNATURE', { name: provider });
  // One by one, because a secret may speak for some colleges only.
  for (const secret of await context.webhookSecrets.of(provider)) {
    const key: WebhookKey = { secret: secret.secret, allowsNoTime: secret.allowsNoTime };
    const verified = await webhook.verify(raw, headers, [key], now);
    if (verified.ok) {
      const { eventId, news } = verified.value;
      return ok(await keep(context, delivery, secret, eventId, canonicalText(news as unknown as Plain)));
    }
    if (verified.error.kind === 'contract') {
      const digest = `unreadable ${toHex(context.digest.sha256(raw))}`;
      return ok(await keep(context, delivery, secret, digest, null));
    }
    const { code, details } = verified.error;
    // Of several keys that do not fit, the one that fits but for its time says more.
    if (code !== 'BANK_WEBHOOK_SIGNATURE') refused = refusal(code, details);
  }
  return err(refused);
}

async function keep(
  context: ServerContext,
  { provider, webhook, raw, headers }: Delivery,
  secret: WebhookSecret,
  eventKey: string,
  news: string | null,
): Promise<boolean> {
  const now = context.clock.now();
  const colleges = await collegesByCode(context, secret.colleges);
  const secretColleges = colleges.map(({ id }) => id);
  const read = Object.fromEntries(Object.entries(headers).filter(([name]) => webhook.headers.includes(name)));
  const event: WebhookEvent = {
    id: uuidv7(now, context.random.bytes(10)),
    provider,
    eventKey,
    collegeId: onlyOf(secretColleges),
    secretColleges,
    body: Buffer.from(raw).toString('base64'),
    headers: canonicalText(read as Plain),
    news,
    status: news === null ? 'dead' : 'waiting',
    attempts: 0,
    nextAt: now,
    code: news === null ? 'WEBHOOK_UNREADABLE' : null,
    details: null,
    receivedAt: now,
    settledAt: news === null ? now : null,
  };
  return inScope(context.database.db, secretColleges, async (tx) => {
    await showUnassigned(tx);
    return keepEvent(tx, event);
  });
}

const onlyOf = (ids: readonly Id[]): Id | null => (ids.length === 1 ? (ids[0] ?? null) : null);
