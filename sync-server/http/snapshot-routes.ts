import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { zId } from '../../shared/sync/command-args.ts';
import { SNAPSHOT_SHA256_HEADER } from '../../shared/sync/messages.ts';
import { deviceOfRequest } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { snapshotHead, snapshotPart } from '../services/snapshot.ts';
import { provenOf, sendPlain } from './answer.ts';

const zCollege = z.strictObject({ collegeId: zId });
const zPart = z.strictObject({ collegeId: zId, table: z.string().max(60), after: z.string().regex(/^[0-9a-f-]{36}$/) });

/** The books of a college for a new desk: what there is, and its parts, each asked for by the last row before it. */
export function snapshotRoutes(http: FastifyInstance, context: ServerContext): void {
  const deviceOf = async (request: FastifyRequest) => unwrap(await deviceOfRequest(context, provenOf(request)));
  http.get('/sync/snapshot/:collegeId', async (request, reply) => {
    const device = await deviceOf(request);
    const { collegeId } = read(zCollege, request.params);
    return sendPlain(reply, unwrap(await snapshotHead(context, device, collegeId)));
  });
  http.get('/sync/snapshot/:collegeId/:table/:after', async (request, reply) => {
    const device = await deviceOf(request);
    const { bytes, sha256 } = unwrap(await snapshotPart(context, device, read(zPart, request.params)));
    return reply.type('application/octet-stream').header(SNAPSHOT_SHA256_HEADER, sha256).send(bytes);
  });
}
