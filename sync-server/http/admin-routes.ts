import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../shared/domain/rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { collegesWithRole, personOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { listDevices, revokeDevice } from '../services/devices.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { bearerOf, sendPlain } from './answer.ts';

const adminRoles: readonly Role[] = ['it_admin', 'superuser'];
const zCodeRequest = z.strictObject({ collegeIds: z.array(zId).min(1).max(500) });
const zDeviceParams = z.strictObject({ id: zId });

/** What the IT admin of colleges does about their desks. */
export function adminRoutes(http: FastifyInstance, context: ServerContext): void {
  const adminColleges = async (request: FastifyRequest) => {
    const person = unwrap(await personOfToken(context, bearerOf(request)));
    return unwrap(collegesWithRole(person, adminRoles));
  };

  http.post('/admin/enrol-codes', async (request, reply) => {
    const own = await adminColleges(request);
    const { collegeIds } = read(zCodeRequest, request.body);
    if (!collegeIds.every((id) => own.includes(id))) throw new MunimError('NOT_FOUND', { what: 'college' });
    return sendPlain(reply.code(201), await issueEnrolCode(context, collegeIds));
  });
  http.get('/admin/devices', async (request, reply) => {
    const devices = await listDevices(context, await adminColleges(request));
    return sendPlain(reply, {
      devices: devices.map(({ id, name, collegeIds, lastSeq, enrolledAt, revokedAt }) => {
        return { id, name, collegeIds, lastSeq, enrolledAt, revokedAt };
      }),
    });
  });
  http.post('/admin/devices/:id/revoke', async (request, reply) => {
    const own = await adminColleges(request);
    const { id } = read(zDeviceParams, request.params);
    const device = (await listDevices(context, own)).find((one) => one.id === id);
    // A desk of more colleges than he looks after is not his to take away.
    if (!device?.collegeIds.every((collegeId) => own.includes(collegeId)))
      throw new MunimError('NOT_FOUND', { what: 'desk' });
    await revokeDevice(context, id);
    return sendPlain(reply, { id, revoked: true });
  });
}
