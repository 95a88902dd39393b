import type { FastifyInstance } from 'fastify';
import { limits } from '../../shared/kernel/limits.ts';
import { unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { receiveWebhook } from '../services/receive-webhook.ts';
import { sendPlain } from './answer.ts';

/**
 * What banks and gateways send unasked (001 sections 2.1 and 3, 000 ICICI), each at the path of its connector. The signature is over the
 * bytes as they came, so nothing is parsed before it fits; nobody is answered well before his message is on disk.
 */
export function webhookRoutes(http: FastifyInstance, context: ServerContext, onKept: () => void): void {
  http.register(async (scoped) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const [provider, webhook] of context.webhookSources) {
      scoped.post(webhook.path, { bodyLimit: limits.webhook.bodyBytesMax }, async (request, reply) => {
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const headers = singleHeaders(request.headers);
        const received = await receiveWebhook(context, { provider, webhook, raw, headers });
        const outcome = received.ok ? (received.value ? 'received' : 'duplicate') : received.error.code;
        context.metrics.webhooks.inc({ provider, outcome });
        const isNew = unwrap(received);
        if (isNew) onKept();
        return sendPlain(reply, { status: 'received' });
      });
    }
  });
}

/** A header that comes twice is no header that was signed. What says who asks is not kept. */
function singleHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const single = Object.entries(headers).filter(
    (header): header is [string, string] =>
      typeof header[1] === 'string' && !/^(authorization|cookie)$/.test(header[0]),
  );
  return Object.fromEntries(single);
}
