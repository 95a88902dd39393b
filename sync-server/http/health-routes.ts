import type { FastifyInstance } from 'fastify';
import { SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import type { ServerContext } from '../services/context.ts';
import { sendPlain } from './answer.ts';

/** `/healthz`: the process lives. `/readyz`: its database answers, so that requests may be sent here. */
export function healthRoutes(http: FastifyInstance, context: ServerContext): void {
  http.get('/healthz', (_request, reply) => sendPlain(reply, { status: 'ok' }));
  http.get('/readyz', async (_request, reply) => {
    await context.database.ping();
    return sendPlain(reply, { status: 'ok', database: context.database.kind, protocol: SYNC_PROTOCOL_VERSION });
  });
}
