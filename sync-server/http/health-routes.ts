import type { FastifyInstance } from 'fastify';
import { SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import type { Vitals } from '../ports/upkeep.ts';
import type { ServerContext } from '../services/context.ts';
import { readinessOf } from '../services/readiness.ts';
import { sendPlain } from './answer.ts';

/**
 * `/healthz`: the process lives. `/readyz`: 200 when requests may be sent here, 503 when not, with the checks one by one: the database
 * answers, it has the migrations, there is room on the disk; `pokes` says whether other processes hear of what was done here.
 */
export function healthRoutes(http: FastifyInstance, context: ServerContext, vitals: Vitals | undefined): void {
  http.get('/healthz', (_request, reply) => sendPlain(reply, { status: 'ok' }));
  http.get('/readyz', async (_request, reply) => {
    const { ready, ...checks } = await readinessOf(context, vitals);
    const { kind } = context.database;
    const status = ready ? 'ok' : 'unavailable';
    return sendPlain(reply.code(ready ? 200 : 503), { status, ...checks, kind, protocol: SYNC_PROTOCOL_VERSION });
  });
}
