import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  zDeviceAuthRequest,
  zEnrolRequest,
  zPullRequest,
  zPushRequest,
  zSignInRequest,
} from '../../shared/sync/messages.ts';
import { deviceOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { enrol } from '../services/enrol.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import { authenticateDevice, signIn } from '../services/sign-in.ts';
import { bearerOf, sendPlain, sendText } from './answer.ts';

/** What desks say to the server: enrolment, tokens, and the two directions of sync. */
export function deviceRoutes(http: FastifyInstance, context: ServerContext): void {
  const limitAddress = (request: FastifyRequest, kind: string, triesMax: number): void => {
    const tooMany = context.signInTries.take(`${kind} from ${request.ip}`, triesMax);
    if (tooMany) throw new MunimError(tooMany.code, tooMany.details);
  };
  const deviceOf = async (request: FastifyRequest) => unwrap(await deviceOfToken(context, bearerOf(request)));

  http.post('/enrol', async (request, reply) => {
    limitAddress(request, 'enrol', limits.server.enrolTriesPerAddressMax);
    return sendPlain(reply, unwrap(await enrol(context, read(zEnrolRequest, request.body))));
  });
  http.post('/auth/device', async (request, reply) =>
    sendPlain(reply, unwrap(await authenticateDevice(context, read(zDeviceAuthRequest, request.body)))),
  );
  http.post('/auth/sign-in', async (request, reply) => {
    limitAddress(request, 'sign-in', limits.server.signInTriesPerAddressMax);
    const device = await deviceOf(request);
    return sendPlain(reply, { ...unwrap(await signIn(context, device, read(zSignInRequest, request.body))) });
  });
  http.post('/sync/push', { bodyLimit: limits.sync.pushBytesMax }, async (request, reply) => {
    const device = await deviceOf(request);
    const { commands } = read(zPushRequest, request.body);
    return sendPlain(reply, unwrap(await push(context, device, commands)));
  });
  http.post('/sync/pull', async (request, reply) => {
    const device = await deviceOf(request);
    return sendText(reply, unwrap(await pull(context, device, read(zPullRequest, request.body))));
  });
}
