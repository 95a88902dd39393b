import { z } from 'zod';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Asked, statusProblem, unreadable } from '../../_kit/answers.ts';
import type { ConnectorContext, ConnectorResponse } from '../../_kit/operation.ts';
import type { ConnectorProblem } from '../../_kit/problem.ts';
import type { HttpRequest } from '../../operation.ts';
import { type AxisOperation, zSubHeader } from './contract.ts';
import { open, seal } from './envelope.ts';
import { axisKeys } from './keys.ts';

export interface Call {
  readonly operation: AxisOperation;
  readonly asked: Asked;
}

/** Stands in the body of every request. */
export const asking = ({ settings }: ConnectorContext) => ({
  channelId: settings.channelId ?? '',
  corpCode: settings.corpCode ?? '',
});

/** @param requestUuid names the request for the bank, in the SubHeader and in what is signed */
export async function request(
  { operation }: Call,
  requestUuid: string,
  body: unknown,
  context: ConnectorContext,
): Promise<HttpRequest> {
  const { clientId = '', clientSecret = '' } = context.secrets;
  const subHeader = {
    requestUUID: requestUuid,
    serviceRequestId: 'OpenAPI',
    serviceRequestVersion: '1.0',
    channelId: context.settings.channelId ?? '',
  };
  const name = `${operation.name}Request`;
  const content = { SubHeader: subHeader, [`${name}Body`]: body };
  return {
    method: 'POST',
    path: operation.path,
    headers: {
      'content-type': 'application/jose',
      accept: 'application/jose',
      'x-ibm-client-id': clientId,
      'x-ibm-client-secret': clientSecret,
    },
    body: await seal({ requestUuid, at: context.now, name, content }, await axisKeys(context)),
  };
}

export interface Said<T> {
  readonly content: T;
  /** When the bank signed it. */
  readonly at: number;
}

/**
 * The body of a signed answer to this very request. What is not signed says nothing but that our credentials are refused or that we are to
 * wait, which the gateway decides before the bank sees anything; of a payment all else leaves a doubt.
 */
export async function saidBy<T>(
  { operation, asked }: Call,
  response: ConnectorResponse,
  requestUuid: string,
  schema: z.ZodType<T>,
  context: ConnectorContext,
): Promise<Result<Said<T>, ConnectorProblem>> {
  const byStatus = statusProblem(response, asked, context.now);
  if (byStatus?.kind === 'auth' || byStatus?.kind === 'rate_limited') return err(byStatus);
  if (byStatus !== null) return err(asked.effect === 'read' ? byStatus : doubt(asked, response.status));
  if (!/^application\/jose\s*(;|$)/i.test(response.headers['content-type'] ?? '')) {
    return err(unreadable(asked, 'not signed'));
  }
  const name = `${operation.name}Response`;
  const opened = await open(response.body, await axisKeys(context), { requestUuid, name, now: context.now });
  if (!opened.ok) return err(unreadable(asked, opened.error));
  const around = z.looseObject({ SubHeader: zSubHeader }).safeParse(opened.value.content);
  if (!around.success) return err(unreadable(asked, 'no SubHeader'));
  if (around.data.SubHeader.requestUUID !== requestUuid) return err(unreadable(asked, 'the answer to another request'));
  const content = schema.safeParse(around.data[`${name}Body`]);
  if (!content.success) return err(unreadable(asked, content.error.issues[0]?.path.join('.') || 'no answer in it'));
  return ok({ content: content.data, at: opened.value.at });
}

const doubt = (asked: Asked, status: number): ConnectorProblem => unreadable(asked, `status ${status}`);
