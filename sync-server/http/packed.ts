import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { sendText } from './answer.ts';

const gzipAside = promisify(gzip);
const gunzipAside = promisify(gunzip);

/**
 * The body of a request as it was before it was packed. The limit of the route counts for what comes out of it, so that a small body
 * cannot fill the memory.
 * @throws MunimError SYNC_TOO_LARGE, INPUT_INVALID for an encoding that is not spoken here or bytes that are not of it
 */
export async function unpack(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new MunimError('INPUT_INVALID', { where: 'content-encoding' });
  try {
    return await gunzipAside(body, {
      maxOutputLength: request.routeOptions.bodyLimit ?? limits.server.bodyBytesMax,
    });
  } catch (thrown) {
    const isTooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw new MunimError('SYNC_TOO_LARGE');
    throw new MunimError('INPUT_INVALID', { where: 'body' });
  }
}

/** Sends canonical text, packed when it is worth it and the asker takes it. */
export async function sendPacked(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  const takes = /(?:^|[\s,])gzip(?:$|[\s,;])/.test(String(request.headers['accept-encoding'] ?? ''));
  reply.header('vary', 'accept-encoding');
  if (!takes || text.length < limits.sync.packFromBytes) return sendText(reply, text);
  const packed = await gzipAside(text, { level: 1 });
  return reply.type('application/json; charset=utf-8').header('content-encoding', 'gzip').send(packed);
}
