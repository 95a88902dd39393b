import type { FastifyInstance, FastifyRequest } from 'fastify';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  zDeadWebhooksRequest,
  zDeviceAuthRequest,
  zDiagnoseRequest,
  zEnrolRequest,
  zPullRequest,
  zPushRequest,
  zReplayWebhookRequest,
  zSignInRequest,
} from '../../shared/sync/messages.ts';
import { deviceOfRequest } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { deadWebhooks, replayWebhook } from '../services/dead-webhooks.ts';
import { diagnose } from '../services/diagnose.ts';
import { enrol } from '../services/enrol.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import { authenticateDevice, signIn } from '../services/sign-in.ts';
import type { Device } from '../stores/devices.ts';
import { provenOf, sendPlain } from './answer.ts';
import { sendPacked } from './packed.ts';

/** What desks say to the server: enrolment, tokens, and the two directions of sync. */
export function deviceRoutes(http: FastifyInstance, context: ServerContext, onWebhook: () => void): void {
  const limitAddress = (request: FastifyRequest, kind: string, triesMax: number): void => {
    const tooMany = context.signInTries.take(`${kind} from ${request.ip}`, triesMax);
    if (tooMany) throw new MunimError(tooMany.code, tooMany.details);
  };
  const deviceOf = async (request: FastifyRequest) => unwrap(await deviceOfRequest(context, provenOf(request)));

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
    const answer = unwrap(await push(context, device, commands));
    for (const { status, duplicate, code } of answer.results) {
      context.metrics.commands.inc({ outcome: duplicate ? 'duplicate' : status, code: code ?? '' });
    }
    return sendPacked(request, reply, canonicalText(answer));
  });
  http.post('/sync/pull', async (request, reply) => {
    const device = await deviceOf(request);
    return sendPacked(request, reply, unwrap(await pull(context, device, read(zPullRequest, request.body))));
  });
  http.post('/sync/diagnose', async (request, reply) => {
    const device = await deviceOf(request);
    return sendPlain(reply, { ...unwrap(await diagnose(context, device, read(zDiagnoseRequest, request.body))) });
  });
  http.post('/sync/webhooks', async (request, reply) => {
    const device = await deviceOf(request);
    const { collegeId } = read(zDeadWebhooksRequest, request.body);
    const webhooks = await deadWebhooks(context, { collegeIds: [ownCollege(device, collegeId)], unassigned: false });
    return sendPlain(reply, { webhooks: webhooks.map((one) => ({ ...one, details: { ...one.details } })) });
  });
  http.post('/sync/webhooks/replay', async (request, reply) => {
    const device = await deviceOf(request);
    const { collegeId, id } = read(zReplayWebhookRequest, request.body);
    const scope = { collegeIds: [ownCollege(device, collegeId)], unassigned: false };
    if (!(await replayWebhook(context, id, scope))) throw new MunimError('NOT_FOUND', { what: 'message' });
    onWebhook();
    return sendPlain(reply, { id });
  });
}

/** A college that the desk has no part in looks like one that does not exist. */
function ownCollege({ collegeIds }: Device, collegeId: Id): Id {
  if (!collegeIds.includes(collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
  return collegeId;
}
