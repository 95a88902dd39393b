import fastify, { type FastifyInstance } from 'fastify';
import type { ServerContext } from '../services/context.ts';

/**
 * `GET /metrics` on a listener of its own: how busy the colleges are is nobody's business outside, and a scraper needs no way to the
 * routes of the desks.
 */
export function buildMetricsApp({ metrics }: ServerContext): FastifyInstance {
  const http = fastify({ logger: false, forceCloseConnections: true });
  http.get('/metrics', async (_request, reply) => {
    const { type, text } = await metrics.exposition();
    return reply.type(type).header('cache-control', 'no-store').send(text);
  });
  return http;
}
