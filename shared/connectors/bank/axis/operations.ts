import { z } from 'zod';
import type { PaymentNews } from '../../../domain/payment-order/news.ts';
import { isIsoDate } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { PAISE_MAX } from '../../../kernel/money.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { declined, saidText, unreadable } from '../../_kit/answers.ts';
import type {
  AccountQuestion,
  Balance,
  PaymentInstruction,
  PaymentQuestion,
  StatementPage,
  StatementQuestion,
} from '../../_kit/bank.ts';
import type { ConnectorOperation } from '../../_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../_kit/problem.ts';
import { sendingIdOf } from '../../_kit/sending-id.ts';
import {
  operations,
  type StatusResponse,
  type TransferResponse,
  zAccountNumber,
  zBalanceResponse,
  zIfsc,
  zPageNo,
  zReference,
  zStatementResponse,
  zStatusResponse,
  zTransferBody,
  zTransferResponse,
} from './contract.ts';
import { asking, type Call, request, saidBy } from './exchange.ts';
import { axisManifest } from './manifest.ts';
import { maybePaise, newsOf, pageOf, paiseOf, reasonOf, stateOf, transferBody } from './mapping.ts';

const { name } = axisManifest;
const zId = z.string().refine(isId);
const reading = (operation: Call['operation']): Call => ({ operation, asked: { name, effect: 'read' } });
const balanceCall = reading(operations.balance);
const statementCall = reading(operations.statement);
const statusCall = reading(operations.status);
/** Whether the bank answers a repeat of a requestUUID with its first answer is not known, so nothing relies on it. */
const transferCall: Call = { operation: operations.transfer, asked: { name, effect: 'once' } };

export const axisBalance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'axis.balance',
  effect: 'read',
  input: z.strictObject({ accountNumber: zAccountNumber }),
  request: ({ accountNumber }, context) =>
    request(balanceCall, context.requestId, { ...asking(context), corpAccNum: accountNumber }, context),
  async response(response, { accountNumber }, context) {
    const said = await saidBy(balanceCall, response, context.requestId, zBalanceResponse, context);
    if (!said.ok) return said;
    const { content, at } = said.value;
    const { data } = content;
    if (content.status !== 'S' || !data) return err(refused(content));
    if (data.corpAccNum !== accountNumber) return err(unreadable(balanceCall.asked, 'another account'));
    return ok({
      availablePaise: paiseOf(data.availableBalance),
      currentPaise: maybePaise(data.ledgerBalance),
      at,
    });
  },
};

export const axisStatement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'axis.statement',
  effect: 'read',
  input: z
    .strictObject({
      accountNumber: zAccountNumber,
      from: z.string().refine(isIsoDate),
      to: z.string().refine(isIsoDate),
      page: zPageNo.nullable(),
    })
    .refine(({ from, to }) => from <= to),
  request({ accountNumber, from, to, page }, context) {
    const body = { ...asking(context), corpAccNum: accountNumber, fromDate: from, toDate: to, pageNo: page ?? '1' };
    return request(statementCall, context.requestId, body, context);
  },
  async response(response, asked, context) {
    const said = await saidBy(statementCall, response, context.requestId, zStatementResponse, context);
    if (!said.ok) return said;
    const { content } = said.value;
    if (content.status !== 'S' || !content.data) return err(refused(content));
    const { data } = content;
    const page = data.corpAccNum === asked.accountNumber ? pageOf(data, asked) : null;
    return page === null ? err(unreadable(statementCall.asked, 'another account, page or period')) : ok(page);
  },
};

export const axisTransfer: ConnectorOperation<PaymentInstruction, PaymentNews> = {
  name: 'axis.transfer',
  effect: 'once',
  input: z.strictObject({
    orderId: zId,
    reference: zReference,
    debitAccount: zAccountNumber,
    debitIfsc: zIfsc,
    beneficiaryName: z.string().trim().min(1).max(100),
    beneficiaryAccount: z.string().regex(/^[A-Za-z0-9]{5,34}$/),
    beneficiaryIfsc: zIfsc,
    amountPaise: z.bigint().positive().lt(PAISE_MAX),
    mode: z.enum(['neft', 'rtgs']),
    purpose: z.string().max(100),
  }),
  request: (input, context) =>
    request(
      transferCall,
      sendingIdOf(input),
      zTransferBody.parse(transferBody(input, context.settings, context.now)),
      context,
    ),
  async response(response, input, context) {
    const said = await saidBy(transferCall, response, sendingIdOf(input), zTransferResponse, context);
    return said.ok ? transferNews(said.value.content, input.reference) : said;
  },
};

export const axisStatus: ConnectorOperation<PaymentQuestion, PaymentNews> = {
  name: 'axis.status',
  effect: 'read',
  input: z.strictObject({
    orderId: zId,
    reference: zReference,
    providerId: z.string().nullable(),
    batchId: zId.nullable(),
    debitAccount: zAccountNumber,
  }),
  request: ({ reference }, context) =>
    request(statusCall, context.requestId, { ...asking(context), crn: reference }, context),
  async response(response, { reference }, context) {
    const said = await saidBy(statusCall, response, context.requestId, zStatusResponse, context);
    return said.ok ? statusNews(said.value.content, reference) : said;
  },
};

/** Only an F with a reason that we know says that nothing was done; whatever else is unclear is asked about. */
function transferNews(said: TransferResponse, reference: string): Result<PaymentNews, ConnectorProblem> {
  const inDoubt = (detail: string) => err(unreadable(transferCall.asked, detail));
  if (said.status === 'F') {
    const reason = reasonOf(said.responseCode);
    if (reason !== undefined) return err(declined(reason, name, said.message));
    if (said.responseCode === 'DUPLICATE_REFERENCE') return err(problem('in_doubt', 'BANK_DUPLICATE_REFERENCE'));
    if (said.responseCode === 'INVALID_REQUEST') return err(refused(said));
    if (said.responseCode === 'ACCOUNT_NOT_PERMITTED') return err(refused(said));
    return inDoubt(saidText(said.message) || 'no reason given');
  }
  if (!said.data || said.data.crn !== reference) return inDoubt('another payment');
  // What happened to a payment is said by the enquiry, with its UTR and day; here it was only taken.
  const state = stateOf(said.data.transactionStatus ?? '');
  if (state === 'failed' || state === 'returned') return inDoubt(saidText(said.message) || state);
  const { transaction_id: providerId } = said.data;
  const nothing = { utr: null, bookedOn: null, failure: null, chargesPaise: null };
  return ok({ reference, providerId, state: 'accepted', ...nothing });
}

function statusNews(said: StatusResponse, reference: string): Result<PaymentNews, ConnectorProblem> {
  if (said.status === 'F' && said.responseCode === 'TRANSACTION_NOT_FOUND') {
    const nothing = { providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null };
    return ok({ reference, state: 'unknown_there', ...nothing });
  }
  if (said.status !== 'S') return err(refused(said));
  const found = said.data?.CUR_TXN_ENQ ?? [];
  const [transaction] = found;
  // An empty list does not say that there is none, and two of one reference are not for us to choose between.
  if (found.length !== 1 || transaction === undefined || transaction.crn !== reference) {
    return err(unreadable(statusCall.asked, 'not this one payment'));
  }
  return ok(newsOf(transaction));
}

/** The bank understood, signed its answer and declines. */
function refused(said: { readonly message: string; readonly responseCode: string | null }): ConnectorProblem {
  const detail = saidText(said.message) || 'no reason given';
  switch (said.responseCode) {
    case 'INVALID_REQUEST':
      return problem('validation', 'CONNECTOR_REJECTED', { name, detail });
    case 'ACCOUNT_NOT_PERMITTED':
      return problem('business', 'BANK_ACCOUNT_UNKNOWN', { name, detail });
    case 'SERVICE_UNAVAILABLE':
      return problem('unavailable', 'CONNECTOR_UNAVAILABLE', { name, status: 'F' });
    default:
      return problem('contract', 'CONNECTOR_BAD_ANSWER', { name, detail });
  }
}
