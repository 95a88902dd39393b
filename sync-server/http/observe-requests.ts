import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../services/context.ts';

/** Asked every few seconds by machines. */
const quiet = new Set(['/healthz', '/readyz']);
/** As other servers write down a caller who did not wait for the answer. */
const hungUp = 499;

/** A line in the log and a place in the figures for every request. The line has the number that the answer carries, and nothing a caller wrote. */
export function observeRequests(http: FastifyInstance, { log, metrics }: ServerContext): void {
  http.addHook('onRequest', async (request, reply) => {
    metrics.requestsOpen.inc();
    // Unlike Fastify's own hook, this comes for a caller who hung up too.
    reply.raw.once('close', () => {
      metrics.requestsOpen.dec();
      const { method } = request;
      // The pattern, never the address: that one has ids in it, and whatever a stranger typed.
      const route = request.routeOptions.url ?? 'unknown';
      const status = reply.raw.writableFinished ? reply.statusCode : hungUp;
      metrics.requestSeconds.observe({ method, route, status }, reply.elapsedTime / 1000);
      const say = quiet.has(route) ? log.debug : log.info;
      say('request', { requestId: request.id, method, route, status, ms: Math.round(reply.elapsedTime) });
    });
  });
}
