import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type ErrorEntry, errorCatalogue, fillText, type Refusal } from '../../shared/kernel/errors.ts';
import { SIGNATURE_HEADER } from '../../shared/sync/messages.ts';
import type { ProvenRequest } from '../services/authenticate.ts';

const json = 'application/json; charset=utf-8';

export const sendText = (reply: FastifyReply, text: string): FastifyReply => reply.type(json).send(text);
export const sendPlain = (reply: FastifyReply, value: Plain): FastifyReply => sendText(reply, canonicalText(value));

/** The error body of 001 section 5.2. @param status overrides that of the catalogue */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refusal,
  status?: number,
): FastifyReply {
  const entry: ErrorEntry = errorCatalogue[refused.code];
  const seconds = refused.code === 'RATE_LIMITED' ? refused.details.seconds : undefined;
  if (typeof seconds === 'number') reply.header('retry-after', String(seconds));
  return sendPlain(reply.code(status ?? entry.http ?? 500), {
    error: {
      code: refused.code,
      message: fillText(entry.cause, refused.details),
      details: { ...refused.details },
      timestamp: new Date(request.server.munim.clock.now()).toISOString(),
      request_id: request.id,
    },
  });
}

/** The request in the form in which its device signed it. */
export const provenOf = (request: FastifyRequest): ProvenRequest => {
  const signature = request.headers[SIGNATURE_HEADER];
  return {
    method: request.method,
    path: request.url,
    body: request.sentBody,
    token: bearerOf(request),
    signature: typeof signature === 'string' ? signature : undefined,
  };
};

export function bearerOf(request: FastifyRequest): string | undefined {
  const match = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '');
  return match?.[1];
}
