import { z } from 'zod';
import type { PaymentNews } from '../../../domain/payment-order/news.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Asked, unreadable } from '../../_kit/answers.ts';
import type {
  AccountQuestion,
  Balance,
  PaymentInstruction,
  PaymentQuestion,
  StatementPage,
  StatementQuestion,
} from '../../_kit/bank.ts';
import { declinedProblem, givenOr, readBankAnswer } from '../../_kit/bank-answer.ts';
import { zAccountQuestion, zPaymentInstruction, zPaymentQuestion, zStatementQuestion } from '../../_kit/bank-input.ts';
import { failureOf } from '../../_kit/failure-words.ts';
import type { AccessToken, ConnectorContext, ConnectorOperation, ConnectorResponse } from '../../_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../_kit/problem.ts';
import { sendingIdOf } from '../../_kit/sending-id.ts';
import { isPageMark, joinPage, pageNumberOf } from '../../_kit/statement-pages.ts';
import type { HttpRequest } from '../../operation.ts';
import {
  zIciciBalance,
  zIciciDeclined,
  zIciciInitiated,
  zIciciStatus,
  zIciciToken,
  zIciciTokenDeclined,
  zIciciTransactions,
} from './contract.ts';
import { iciciManifest } from './manifest.ts';
import { iciciCodes, initiateBody, lineOf, newsOf, stateOf } from './mapping.ts';

const PAGE_SIZE = 100;
const DEFAULT_TOKEN_SECONDS = 3_600;
const question: Asked = { name: iciciManifest.name, effect: 'read' };
const instruction: Asked = { name: iciciManifest.name, effect: 'once' };
const NO_BODY = new Uint8Array();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const get = (path: string, context: ConnectorContext): HttpRequest => ({
  method: 'GET',
  path,
  headers: { ...bearer(context), 'x-request-id': context.requestId },
  body: NO_BODY,
});

const bearer = ({ accessToken }: ConnectorContext) => ({
  accept: 'application/json',
  authorization: `Bearer ${accessToken ?? ''}`,
});

const given = <T>(response: ConnectorResponse, schema: z.ZodType<T>, now: number): Result<T, ConnectorProblem> =>
  givenOr(
    readBankAnswer(response, { given: schema, declined: zIciciDeclined, ...question, now }),
    iciciCodes,
    question,
  );

/** Client credentials, as a form. */
export const iciciToken: ConnectorOperation<null, AccessToken> = {
  name: 'icici.token',
  effect: 'read',
  input: z.null(),
  request: (_input, { settings, secrets, requestId }) => ({
    method: 'POST',
    path: '/oauth/token',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'x-request-id': requestId,
    },
    body: bytes(
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.clientId ?? '',
        client_secret: secrets.clientSecret ?? '',
        scope: 'accounts transactions payments',
      }).toString(),
    ),
  }),
  response(response, _input, { now }) {
    const answer = readBankAnswer(response, { given: zIciciToken, declined: zIciciTokenDeclined, ...question, now });
    if (answer.kind === 'declined') return err(problem('auth', 'CONNECTOR_AUTH', { name: question.name }));
    if (answer.kind === 'problem') return err(answer.problem);
    const { access_token: token, expires_in: expiresInSeconds = DEFAULT_TOKEN_SECONDS } = answer.value;
    return ok({ token, expiresInSeconds });
  },
};

export const iciciBalance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'icici.balance',
  effect: 'read',
  input: zAccountQuestion,
  request: ({ accountNumber }, context) => get(`/accounts/${accountNumber}/balance`, context),
  response(response, { accountNumber }, { now }) {
    const answer = given(response, zIciciBalance, now);
    if (!answer.ok) return answer;
    const { availableBalance, currentBalance, timestamp } = answer.value;
    if (answer.value.accountNumber !== accountNumber) return err(unreadable(question, 'accountNumber: other'));
    return ok({ availablePaise: availableBalance, currentPaise: currentBalance, at: Date.parse(timestamp) });
  },
};

export const iciciStatement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'icici.statement',
  effect: 'read',
  input: zStatementQuestion(isPageMark),
  request({ accountNumber, from, to, page }, context) {
    const query = new URLSearchParams({ fromDate: from, toDate: to, pageSize: String(PAGE_SIZE) });
    // Ours: the document shows pages in the answer and no way to ask for them.
    query.set('page', String(pageNumberOf(page)));
    return get(`/accounts/${accountNumber}/transactions?${query}`, context);
  },
  response(response, asked, { now }) {
    const answer = given(response, zIciciTransactions, now);
    if (!answer.ok) return answer;
    const { transactions, pagination } = answer.value;
    const counts = { page: pagination.currentPage, pages: pagination.totalPages, records: pagination.totalRecords };
    const page = joinPage(transactions.map(lineOf), counts, asked);
    return page.ok ? page : err(unreadable(question, `transactions: ${page.error}`));
  },
};

/** Nothing in the document promises that a repeat is known as one, so it is sent once. */
export const iciciPay: ConnectorOperation<PaymentInstruction, PaymentNews> = {
  name: 'icici.pay',
  effect: 'once',
  input: zPaymentInstruction,
  request: (payment, context) => ({
    method: 'POST',
    path: '/payments/initiate',
    headers: { ...bearer(context), 'content-type': 'application/json', 'x-request-id': sendingIdOf(payment) },
    body: bytes(initiateBody(payment)),
  }),
  response(response, { reference }, { now }) {
    const answer = readBankAnswer(response, { given: zIciciInitiated, declined: zIciciDeclined, ...instruction, now });
    if (answer.kind === 'problem') return err(answer.problem);
    const empty = { reference, providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null };
    if (answer.kind === 'declined') return err(declinedProblem(answer.declined, iciciCodes, instruction));
    const { status, transactionId, message } = answer.value;
    const providerId = transactionId ?? null;
    if (stateOf(status) === 'failed') {
      return ok({ ...empty, providerId, state: 'failed', failure: failureOf(null, message ?? '') });
    }
    // Taken on is all that SUCCESS says here, and without a name of the payment not even that.
    return providerId === null
      ? err(unreadable(instruction, 'transactionId: missing'))
      : ok({ ...empty, providerId, state: 'accepted' });
  },
};

/** Ours: the document has the webhook only. It is asked by what we sent, so that it can be asked when no answer ever came. */
export const iciciEnquire: ConnectorOperation<PaymentQuestion, PaymentNews> = {
  name: 'icici.enquire',
  effect: 'read',
  input: zPaymentQuestion,
  request: (asked, context) => {
    const query = new URLSearchParams({ requestId: sendingIdOf(asked), referenceId: asked.reference });
    return get(`/payments/status?${query}`, context);
  },
  response(response, asked, { now }): Result<PaymentNews, ConnectorProblem> {
    const answer = readBankAnswer(response, { given: zIciciStatus, declined: zIciciDeclined, ...question, now });
    if (answer.kind === 'declined' && answer.declined.status === 404 && answer.declined.code === 'PAYMENT_NOT_FOUND') {
      const empty = { providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null };
      return ok({ ...empty, reference: asked.reference, state: 'unknown_there' });
    }
    const status = givenOr(answer, iciciCodes, question);
    if (!status.ok) return status;
    const { requestId, referenceId, transactionId, utr } = status.value;
    const isOther = asked.providerId !== null && asked.providerId !== transactionId;
    if (requestId !== sendingIdOf(asked) || referenceId !== asked.reference || isOther) {
      return err(unreadable(question, 'requestId: of another payment'));
    }
    return ok(newsOf(status.value, referenceId, utr || null));
  },
};
