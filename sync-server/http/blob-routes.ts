import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MunimError } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { deviceOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { isReceipt } from '../services/receipt-kind.ts';
import { bearerOf, sendPlain } from './answer.ts';

const MiB = 1024 * 1024;
const zName = z.strictObject({ collegeId: zId, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** The bytes of receipts: `PUT` and `GET /blobs/:collegeId/:sha256`, for devices of the college. */
export function blobRoutes(http: FastifyInstance, context: ServerContext): void {
  const nameOf = async (request: FastifyRequest) => {
    const device = unwrap(await deviceOfToken(context, bearerOf(request)));
    const name = read(zName, request.params);
    if (!device.collegeIds.includes(name.collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
    return name;
  };
  http.register(async (scoped) => {
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const bodyLimit = limits.file.receiptBytesMax;
    scoped.put('/blobs/:collegeId/:sha256', { bodyLimit, errorHandler: tooLarge }, async (request, reply) => {
      const { collegeId, sha256 } = await nameOf(request);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (toHex(context.digest.sha256(bytes)) !== sha256) throw new MunimError('INPUT_INVALID', { where: 'sha256' });
      if (!isReceipt(bytes)) throw new MunimError('RECEIPT_TYPE');
      await context.blobs.put(collegeId, sha256, bytes);
      return sendPlain(reply.code(201), { sha256, sizeBytes: bytes.length });
    });
    scoped.get('/blobs/:collegeId/:sha256', async (request, reply) => {
      const { collegeId, sha256 } = await nameOf(request);
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
