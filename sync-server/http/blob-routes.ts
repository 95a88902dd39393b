import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MunimError } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { zMissingBlobsRequest, zSha256 } from '../../shared/sync/messages.ts';
import { deviceOfRequest } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { isReceipt } from '../services/receipt-kind.ts';
import { provenOf, sendPlain } from './answer.ts';

const MiB = 1024 * 1024;
const zCollege = z.strictObject({ collegeId: zId });
const zName = z.strictObject({ ...zCollege.shape, sha256: zSha256 });

/** The bytes of receipts: `PUT` and `GET /blobs/:collegeId/:sha256`, and which are missing, for devices of the college. */
export function blobRoutes(http: FastifyInstance, context: ServerContext): void {
  const nameOf = async <S extends typeof zCollege>(request: FastifyRequest, form: S): Promise<z.infer<S>> => {
    const device = unwrap(await deviceOfRequest(context, provenOf(request)));
    const name = read(form, request.params);
    if (!device.collegeIds.includes(name.collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
    return name;
  };
  http.post('/blobs/:collegeId/missing', async (request, reply) => {
    const { collegeId } = await nameOf(request, zCollege);
    const { sha256s } = read(zMissingBlobsRequest, request.body);
    const missing: string[] = [];
    for (const sha256 of sha256s) if (!(await context.blobs.has(collegeId, sha256))) missing.push(sha256);
    return sendPlain(reply, { missing });
  });
  http.register(async (scoped) => {
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
      request.sentBody = Buffer.from(body);
      done(null, body);
    });
    const bodyLimit = limits.file.receiptBytesMax;
    scoped.put('/blobs/:collegeId/:sha256', { bodyLimit, errorHandler: tooLarge }, async (request, reply) => {
      const { collegeId, sha256 } = await nameOf(request, zName);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (toHex(context.digest.sha256(bytes)) !== sha256) throw new MunimError('INPUT_INVALID', { where: 'sha256' });
      if (!isReceipt(bytes)) throw new MunimError('RECEIPT_TYPE');
      await context.blobs.put(collegeId, sha256, bytes);
      return sendPlain(reply.code(201), { sha256, sizeBytes: bytes.length });
    });
    scoped.get('/blobs/:collegeId/:sha256', async (request, reply) => {
      const { collegeId, sha256 } = await nameOf(request, zName);
      const bytes = await context.blobs.get(collegeId, sha256);
      if (!bytes) throw new MunimError('NOT_FOUND', { what: 'receipt' });
      return reply
        .type('application/octet-stream')
        .header('content-disposition', 'attachment')
        .send(Buffer.from(bytes));
    });
  });
}

/** The general handler would speak of a message; here the person has to scan the receipt again. */
function tooLarge(thrown: Error & { code?: string }, request: FastifyRequest): never {
  if (thrown.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw thrown;
  const sizeMiB = Math.ceil(Number(request.headers['content-length'] ?? limits.file.receiptBytesMax + 1) / MiB);
  throw new MunimError('RECEIPT_TOO_LARGE', { sizeMiB, limitMiB: limits.file.receiptBytesMax / MiB });
}
