import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Asked, statusProblem, unreadable } from '../../_kit/answers.ts';
import type { AccountQuestion, Balance, StatementPage, StatementQuestion } from '../../_kit/bank.ts';
import type { ConnectorContext, ConnectorOperation, ConnectorResponse } from '../../_kit/operation.ts';
import type { ConnectorProblem } from '../../_kit/problem.ts';
import type { HttpRequest } from '../../operation.ts';
import {
  SBI_NAMESPACE,
  zAccountNumber,
  zBalanceRequest,
  zBalanceResponse,
  zStatementRequest,
  zStatementResponse,
} from './contract.ts';
import { problemOfFault } from './faults.ts';
import { sbiManifest } from './manifest.ts';
import { balanceOf, pageOf } from './mapping.ts';
import { securityOf } from './security.ts';
import { SoapService } from './soap-service.ts';
import { sbiWsdl } from './wsdl.gen.ts';

const ASKED: Asked = { name: sbiManifest.name, effect: 'read' };
const service = new SoapService(sbiWsdl, SBI_NAMESPACE);

export const sbiBalance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'sbi.balance',
  effect: 'read',
  input: z.strictObject({ accountNumber: zAccountNumber }),
  request: ({ accountNumber }, context) =>
    soapRequest('GetAccountBalance', zBalanceRequest.parse({ accountNumber, requestType: 'BALANCE_INQUIRY' }), context),
  async response(response, { accountNumber }, context) {
    const said = await saidBy(response, 'GetAccountBalance', zBalanceResponse, context);
    if (!said.ok) return said;
    if (said.value.accountNumber !== accountNumber) return unusable('another account');
    const balance = balanceOf(said.value);
    return balance === null ? unusable('figures') : ok(balance);
  },
};

export const sbiStatement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'sbi.statement',
  effect: 'read',
  input: z
    .strictObject({
      accountNumber: zAccountNumber,
      from: z.string().refine(isIsoDate),
      to: z.string().refine(isIsoDate),
      page: z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .nullable(),
    })
    .refine(({ from, to }) => from <= to),
  request({ accountNumber, from, to, page }, context) {
    const asked = { accountNumber, fromDate: from, toDate: to, requestType: 'STATEMENT' };
    const { page: wanted, ...rest } = zStatementRequest.parse(page === null ? asked : { ...asked, page });
    return soapRequest('GetAccountStatement', wanted === undefined ? rest : { ...rest, page: wanted }, context);
  },
  async response(response, asked, context) {
    const said = await saidBy(response, 'GetAccountStatement', zStatementResponse, context);
    if (!said.ok) return said;
    if (said.value.accountNumber !== asked.accountNumber) return unusable('another account');
    const page = pageOf(said.value, asked);
    return page === null ? unusable('lines') : ok(page);
  },
};

const unusable = (detail: string) => err(unreadable(ASKED, detail));

async function soapRequest(
  operation: string,
  args: Readonly<Record<string, string>>,
  context: ConnectorContext,
): Promise<HttpRequest> {
  const { contentType, headers, body } = await service.envelope(operation, args, await securityOf(context));
  const accept = { 'content-type': contentType, accept: 'application/soap+xml' };
  return { method: 'POST', path: '/Service', headers: { ...accept, ...lowerCase(headers) }, body };
}

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A fault comes with a status of 400 or 500 (SOAP 1.2, part 2, section 7.4.1.2), and says more than the status does. */
async function saidBy<T>(
  response: ConnectorResponse,
  operation: string,
  schema: z.ZodType<T>,
  context: ConnectorContext,
): Promise<Result<T, ConnectorProblem>> {
  const byStatus = statusProblem(response, ASKED, context.now);
  if (byStatus?.kind === 'auth' || byStatus?.kind === 'rate_limited') return err(byStatus);
  if (!/^application\/soap\+xml\s*(;|$)/i.test(response.headers['content-type'] ?? '')) {
    return byStatus === null ? unusable('no SOAP 1.2 message') : err(byStatus);
  }
  const answer = await service.answer(operation, response.body);
  if (!answer.ok) return byStatus === null ? unusable(answer.error) : err(byStatus);
  if (answer.value.kind === 'fault') {
    return err(problemOfFault(ASKED.name, answer.value.fault, response.status, context));
  }
  if (byStatus !== null) return err(byStatus);
  const parsed = schema.safeParse(answer.value.value);
  return parsed.success ? ok(parsed.data) : unusable(parsed.error.issues[0]?.path.join('.') || 'no answer in it');
}
