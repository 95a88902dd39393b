import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { isSigned } from '../../_kit/hmac.ts';
import { type ConnectorProblem, problem } from '../../_kit/problem.ts';
import type { VerifiedEvent, Webhook } from '../../_kit/webhook.ts';
import { paymentEvent } from './contract.ts';
import { neftManifest } from './manifest.ts';
import { newsOf } from './mapping.ts';

const { name } = neftManifest;
const refusedSignature = problem('auth', 'BANK_WEBHOOK_SIGNATURE', { name });
const refusedTime = problem('auth', 'BANK_WEBHOOK_TIME', { name });

/**
 * News of payments, signed in `X-Signature`. With `X-Timestamp` (Unix seconds) the signature is over time, point and body, and is good for five
 * minutes. The contract has no time; its form over the body alone is taken only under a key that says so.
 */
export const webhook: Webhook = {
  path: '/api/v1/webhooks/payment-status',
  headers: ['x-signature', 'x-timestamp'],
  async verify(raw, headers, keys, nowMs) {
    if (raw.length > limits.connector.webhookBytesMax) return err(unreadableEvent('too large'));
    const signature = headers['x-signature'] ?? '';
    const timestamp = headers['x-timestamp'];
    if (timestamp !== undefined) {
      // The signature first: who cannot sign is told nothing of our clock.
      if (!(await isSigned(signature, [`${timestamp}.`, raw], keys))) return err(refusedSignature);
      return isNow(timestamp, nowMs) ? readEvent(raw) : err(refusedTime);
    }
    const timeless = keys.filter(({ allowsNoTime }) => allowsNoTime);
    if (!(await isSigned(signature, [raw], timeless))) return err(refusedSignature);
    const read = readEvent(raw);
    // A message that says it is of the future cannot be right; an old one is what a late repeat looks like.
    const isAhead = read.ok && (read.value.occurredAt ?? 0) > nowMs + limits.connector.webhookSkewMs;
    return isAhead ? err(refusedTime) : read;
  },
};

const isNow = (timestamp: string, nowMs: number): boolean =>
  /^\d{10}$/.test(timestamp) && Math.abs(nowMs - Number(timestamp) * 1_000) <= limits.connector.webhookSkewMs;

/** What a message says, once its signature is known to be good. Takes any bytes whatever. */
export function readEvent(raw: Uint8Array): Result<VerifiedEvent, ConnectorProblem> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return err(unreadableEvent('no JSON'));
  }
  const read = paymentEvent.safeParse(value);
  if (!read.success) return err(unreadableEvent(read.error.issues[0]?.path.join('.') || 'members'));
  const event = read.data;
  const occurredAt = event.completed_at ?? null;
  return ok({
    // The contract gives events no name of their own; a payment comes to each of its ends once.
    eventId: `neft:${event.payment_id}:${event.event}:${event.status}`,
    occurredAt,
    news: newsOf(event, event.reference_number || null),
  });
}

const unreadableEvent = (detail: string): ConnectorProblem =>
  problem('contract', 'BANK_WEBHOOK_BODY', { name, detail });
