import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { faultOf } from '../../_kit/bank-answer.ts';
import { isSigned } from '../../_kit/hmac.ts';
import { type ConnectorProblem, problem } from '../../_kit/problem.ts';
import { parseRupeeJson } from '../../_kit/rupee-json.ts';
import type { VerifiedEvent, Webhook } from '../../_kit/webhook.ts';
import { zIciciEvent } from './contract.ts';
import { iciciManifest } from './manifest.ts';
import { newsOf } from './mapping.ts';

const { name } = iciciManifest;
const refusedSignature = problem('auth', 'BANK_WEBHOOK_SIGNATURE', { name });
const refusedTime = problem('auth', 'BANK_WEBHOOK_TIME', { name });

/**
 * What ICICI says of a payment unasked. The document signs the body alone, by which a message is good for ever; so a signed time is asked for
 * in `X-ICICI-Timestamp`, which is ours: then the signature is over time, point and body. The document's own form is taken only under a key
 * that says so.
 */
export const webhook: Webhook = {
  path: '/webhooks/icici/payment-status',
  headers: ['x-icici-signature', 'x-icici-timestamp'],
  async verify(raw, headers, keys, nowMs) {
    if (raw.length > limits.connector.webhookBytesMax) return err(unreadableEvent('too large'));
    const signature = headers['x-icici-signature'] ?? '';
    const time = headers['x-icici-timestamp'];
    if (time !== undefined) {
      // The signature first: who cannot sign is told nothing of our clock.
      if (!(await isSigned(signature, [`${time}.`, raw], keys))) return err(refusedSignature);
      return isNow(time, nowMs) ? readIciciEvent(raw) : err(refusedTime);
    }
    const timeless = keys.filter(({ allowsNoTime }) => allowsNoTime);
    if (!(await isSigned(signature, [raw], timeless))) return err(refusedSignature);
    const read = readIciciEvent(raw);
    // A message of the future cannot be right; an old one is what a late repeat looks like.
    const isAhead = read.ok && (read.value.occurredAt ?? 0) > nowMs + limits.connector.webhookSkewMs;
    return isAhead ? err(refusedTime) : read;
  },
};

const isNow = (time: string, nowMs: number): boolean =>
  /^\d{1,12}$/.test(time) && Math.abs(nowMs - Number.parseInt(time, 10) * 1_000) <= limits.connector.webhookSkewMs;

/** What a message says, once its signature is known to be good. Takes any bytes whatever, for the search for inputs that break it. */
export function readIciciEvent(raw: Uint8Array): Result<VerifiedEvent, ConnectorProblem> {
  const read = zIciciEvent.safeParse(parsed(raw));
  if (!read.success) return err(unreadableEvent(faultOf(read.error)));
  const event = read.data;
  const { transactionId, status, settlementTime } = event;
  // It names the payment by the bank's id only.
  const news = newsOf(event, null, null);
  return ok({
    // The document gives an event no name. Sent again, it says the same of the same payment.
    eventId: `icici:${JSON.stringify([transactionId, status, settlementTime ?? null])}`,
    // Of a payment that is under way it may be a time to come.
    occurredAt: settlementTime && news.state !== 'accepted' ? Date.parse(settlementTime) : null,
    news,
  });
}

function parsed(raw: Uint8Array): unknown {
  try {
    return parseRupeeJson(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

const unreadableEvent = (detail: string): ConnectorProblem =>
  problem('contract', 'BANK_WEBHOOK_BODY', { name, detail });

/** Bodies to begin that search with. */
export const iciciEventSeeds: readonly string[] = [
  '{"transactionId":"TXN987654321","status":"SUCCESS","settlementTime":"2026-10-25T14:00:00Z","failureReason":null}',
  '{"transactionId":"TXN987654321","status":"FAILED","settlementTime":null,"failureReason":"Beneficiary account is closed"}',
  '{"transactionId":"TXN987654321","status":"PENDING","settlementTime":"2026-10-25T19:30:00+05:30"}',
  '{"transactionId":"TXN1","status":"RETURNED","settlementTime":"2026-10-26T09:00:00Z","failureReason":"Account closed"}',
  '{"transactionId":"","status":"__proto__","settlementTime":"2026-02-31T00:00:00Z"}',
  '{"__proto__":{"transactionId":"TXN1","status":"SUCCESS"}}',
];
