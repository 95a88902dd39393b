import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { type ErrorCode, MunimError, refusal } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { PROTOCOL_HEADER, SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import type { Vitals } from '../ports/upkeep.ts';
import type { ServerContext } from '../services/context.ts';
import { faultOf } from '../services/faults.ts';
import { adminRoutes } from './admin-routes.ts';
import { sendRefusal } from './answer.ts';
import { parseApiJson } from './api-json.ts';
import { apiRoutes } from './api-routes.ts';
import { blobRoutes } from './blob-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import { feeRoutes } from './fee-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { observeRequests } from './observe-requests.ts';
import { unpack } from './packed.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { SocketHub } from './socket-hub.ts';
import { taxRoutes } from './tax-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    munim: ServerContext;
  }
  interface FastifyRequest {
    /** The body as it was sent, for the signature of the device. */
    sentBody: string | Uint8Array;
  }
}

export interface AppOptions {
  /** What the readiness is told by besides the database. */
  readonly vitals?: Vitals;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Told when a message of a bank was kept. */
  readonly onWebhook?: () => void;
  /** Whether addresses of callers come from a proxy's header. */
  readonly behindProxy?: boolean;
  /** How long a caller may take to send a request; those of the limits when absent. */
  readonly patience?: { readonly headersMs: number; readonly requestMs: number };
}

export interface App {
  readonly http: FastifyInstance;
  readonly sockets: SocketHub;
}

/** All that the server answers over the network. Knows nothing of the database but through the services. */
export function buildApp(context: ServerContext, options: AppOptions = {}): App {
  const { tls, patience = { headersMs: limits.server.headersTimeoutMs, requestMs: limits.server.requestTimeoutMs } } =
    options;
  const http = fastify({
    logger: false,
    trustProxy: options.behindProxy === true,
    bodyLimit: limits.server.bodyBytesMax,
    requestTimeout: patience.requestMs,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    genReqId: () => `req_${toHex(context.random.bytes(9))}`,
    routerOptions: { maxParamLength: 100 },
    serverFactory: (handler) => {
      const bounds = {
        requestTimeout: patience.requestMs,
        headersTimeout: patience.headersMs,
        // Node looks for slow callers only so often, by default twice a minute.
        connectionsCheckingInterval: patience.headersMs,
      };
      if (!tls) return createServer(bounds, handler);
      return createTlsServer({ ...bounds, ...tls, minVersion: 'TLSv1.2' }, handler) as unknown as Server;
    },
  });
  http.decorate('munim', context);
  http.decorateRequest('sentBody', '');
  readCanonicalBodies(http);
  observeRequests(http, context);
  guard(http, tls !== undefined);
  http.setErrorHandler((thrown: FastifyError, request, reply) => sendFault(context, thrown, request, reply));
  http.setNotFoundHandler((request, reply) => sendRefusal(request, reply, refusal('NOT_FOUND', { what: 'address' })));
  const sockets = new SocketHub(context, http.server);
  healthRoutes(http, context, options.vitals);
  const onWebhook = options.onWebhook ?? (() => {});
  deviceRoutes(http, context, onWebhook);
  snapshotRoutes(http, context);
  blobRoutes(http, context);
  adminRoutes(http, context);
  apiRoutes(http, context);
  webhookRoutes(http, context, onWebhook);
  feeRoutes(http, context);
  taxRoutes(http, context);
  http.addHook('preClose', async () => sockets.close());
  return { http, sockets };
}

function readCanonicalBodies(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const text = String(await unpack(request, body));
      // What the desk signed is what it meant to say, however it was packed on the way.
      request.sentBody = text;
      try {
        return ofContract.test(request.url) ? parseApiJson(text) : parseCanonical(text);
      } catch {
        throw new MunimError('INPUT_INVALID', { where: 'body' });
      }
    },
  );
}

/** Routes of the contract, whose callers write JSON as they please. */
const ofContract = /^\/api\/v1\/(?:reconciliation|gst)\//;

/** Routes of the desk protocol; the others are read by other programs, which know nothing of its version. */
const spoken = /^\/(?:enrol|auth|sync|blobs)(?:\/|$)/;

function guard(http: FastifyInstance, isTls: boolean): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-request-id': request.id,
    });
    if (isTls) reply.header('strict-transport-security', 'max-age=31536000');
    const version = request.headers[PROTOCOL_HEADER];
    if (spoken.test(request.url) && version !== String(SYNC_PROTOCOL_VERSION)) {
      throw new MunimError('UNSUPPORTED_VERSION', { server: SYNC_PROTOCOL_VERSION });
    }
  });
}

/** What Fastify itself refuses, in words of the catalogue. */
const frameworkFaults: Readonly<
  Record<string, { readonly code: ErrorCode; readonly where: string; readonly status: number }>
> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'SYNC_TOO_LARGE', where: 'body', status: 413 },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'INPUT_INVALID', where: 'content-type', status: 415 },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'INPUT_INVALID', where: 'body', status: 400 },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'INPUT_INVALID', where: 'content-length', status: 400 },
};

function sendFault(
  context: ServerContext,
  thrown: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = frameworkFaults[thrown.code];
  if (known) return sendRefusal(request, reply, refusal(known.code, { where: known.where }), known.status);
  if (thrown instanceof MunimError && !thrown.code.startsWith('ENGINE_')) {
    return sendRefusal(request, reply, refusal(thrown.code, thrown.details));
  }
  if (thrown.statusCode !== undefined && thrown.statusCode < 500) {
    return sendRefusal(request, reply, refusal('INPUT_INVALID', { where: 'request' }), thrown.statusCode);
  }
  context.log.error('request failed', thrown, {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? '',
  });
  const isPassing = faultOf(thrown).kind === 'passing';
  return sendRefusal(request, reply, refusal(isPassing ? 'SERVER_UNAVAILABLE' : 'INTERNAL'));
}
