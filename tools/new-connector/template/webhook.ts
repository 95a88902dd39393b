import { isSigned } from '../../../shared/connectors/_kit/hmac.ts';
import { type ConnectorProblem, problem } from '../../../shared/connectors/_kit/problem.ts';
import type { VerifiedEvent, Webhook } from '../../../shared/connectors/_kit/webhook.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { paymentEvent } from './contract.ts';
import { sampleBankManifest } from './manifest.ts';
import { newsOf } from './mapping.ts';

const { name } = sampleBankManifest;
const signedHeaders = ['x-event-id', 'x-event-time', 'x-event-signature'];

/** Signed over id, time and body, which stand before it with points between. */
export const webhook: Webhook = {
  path: '/webhooks/sample-bank',
  headers: signedHeaders,
  async verify(raw, headers, keys, nowMs) {
    if (raw.length > limits.connector.webhookBytesMax) return err(unreadableEvent('too large'));
    const [id = '', time = '', signature = ''] = signedHeaders.map((header) => headers[header]);
    const isTrue = await isSigned(signature, [`${id}.${time}.`, raw], keys);
    if (!isTrue || id === '') return err(problem('auth', 'BANK_WEBHOOK_SIGNATURE', { name }));
    const at = /^\d{10}$/.test(time) ? Number(time) * 1_000 : Number.NaN;
    const isNow = Math.abs(nowMs - at) <= limits.connector.webhookSkewMs;
    return isNow ? readEvent(raw, id, at) : err(problem('auth', 'BANK_WEBHOOK_TIME', { name }));
  },
};

function readEvent(raw: Uint8Array, id: string, at: number): Result<VerifiedEvent, ConnectorProblem> {
  try {
    const { payment } = paymentEvent.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)));
    return ok({ eventId: `sample-bank:${id}`, occurredAt: at, news: newsOf(payment) });
  } catch {
    return err(unreadableEvent('other members'));
  }
}

const unreadableEvent = (detail: string): ConnectorProblem =>
  problem('contract', 'BANK_WEBHOOK_BODY', { name, detail });
