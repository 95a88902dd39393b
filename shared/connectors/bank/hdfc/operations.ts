import type { z } from 'zod';
import type { PaymentNews } from '../../../domain/payment-order/news.ts';
import { istDate } from '../../../kernel/dates.ts';
import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Asked, unreadable } from '../../_kit/answers.ts';
import type {
  AccountQuestion,
  Balance,
  BulkInstruction,
  BulkReceipt,
  PaymentQuestion,
  StatementPage,
  StatementQuestion,
} from '../../_kit/bank.ts';
import { type BankAnswer, givenOr, readBankAnswer } from '../../_kit/bank-answer.ts';
import { zAccountQuestion, zBulkInstruction, zPaymentQuestion, zStatementQuestion } from '../../_kit/bank-input.ts';
import type { ConnectorContext, ConnectorOperation, ConnectorResponse } from '../../_kit/operation.ts';
import type { ConnectorProblem } from '../../_kit/problem.ts';
import { isPageMark, pageNumberOf } from '../../_kit/statement-pages.ts';
import type { HttpRequest } from '../../operation.ts';
import { zHdfcBatch, zHdfcDeclined, zHdfcStatement } from './contract.ts';
import { hdfcManifest } from './manifest.ts';
import { bulkBody, hdfcCodes, isWhole, newsOfReference, pageOf, receiptOf } from './mapping.ts';

const PAGE_SIZE = 100;
const question: Asked = { name: hdfcManifest.name, effect: 'read' };
const instruction: Asked = { name: hdfcManifest.name, effect: 'once' };

const headers = ({ secrets, requestId }: ConnectorContext) => ({
  accept: 'application/json',
  'content-type': 'application/json',
  'x-api-key': secrets.apiKey ?? '',
  'x-request-id': requestId,
});

const get = (path: string, context: ConnectorContext): HttpRequest => ({
  method: 'GET',
  path,
  headers: headers(context),
  body: new Uint8Array(),
});

const read = <T>(response: ConnectorResponse, given: z.ZodType<T>, asked: Asked, now: number): BankAnswer<T> =>
  readBankAnswer(response, { given, declined: zHdfcDeclined, ...asked, now });

function statementRequest({ accountNumber, from, to, page }: StatementQuestion, context: ConnectorContext) {
  // The last two are ours: the document leaves the question open.
  const query = new URLSearchParams({ fromDate: from, toDate: to, pageSize: String(PAGE_SIZE) });
  query.set('page', String(pageNumberOf(page)));
  return get(`/accounts/${accountNumber}/statement?${query}`, context);
}

export const hdfcStatement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'hdfc.statement',
  effect: 'read',
  input: zStatementQuestion(isPageMark),
  request: statementRequest,
  response(response, asked, { now }) {
    const answer = givenOr(read(response, zHdfcStatement, question, now), hdfcCodes, question);
    if (!answer.ok) return answer;
    const page = pageOf(answer.value, asked);
    return page.ok ? page : err(unreadable(question, `transactions: ${page.error}`));
  },
};

const today = ({ accountNumber }: AccountQuestion, now: number): StatementQuestion => {
  const day = istDate(now);
  return { accountNumber, from: day, to: day, page: null };
};

/** The document has no question for the balance; it is the one with which the statement of today closes. What the bank holds back is not in it. */
export const hdfcBalance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'hdfc.balance',
  effect: 'read',
  input: zAccountQuestion,
  request: (input, context) => statementRequest(today(input, context.now), context),
  response(response, { accountNumber }, { now }) {
    const answer = givenOr(read(response, zHdfcStatement, question, now), hdfcCodes, question);
    if (!answer.ok) return answer;
    const { closingBalance } = answer.value;
    if (answer.value.accountNumber !== accountNumber) return err(unreadable(question, 'accountNumber'));
    return ok({ availablePaise: closingBalance, currentPaise: closingBalance, at: now });
  },
};

/** Nothing in the document promises that a repeated X-Batch-ID is known as one, so a batch is sent once. */
export const hdfcPayBulk: ConnectorOperation<BulkInstruction, BulkReceipt> = {
  name: 'hdfc.pay_bulk',
  effect: 'once',
  input: zBulkInstruction(limits.connector.bulkRowsMax),
  request: (batch, context) => ({
    method: 'POST',
    path: '/payments/bulk',
    headers: { ...headers(context), 'x-batch-id': batch.batchId },
    body: new TextEncoder().encode(bulkBody(batch)),
  }),
  response(response, batch, { now }) {
    const answer = givenOr(read(response, zHdfcBatch, instruction, now), hdfcCodes, instruction);
    if (!answer.ok) return answer;
    const receipt = receiptOf(answer.value, batch);
    return receipt.ok ? receipt : err(unreadable(instruction, `batch: ${receipt.error}`));
  },
};

/** Ours: asks for the batch, and finds the payment in it. There is none outside a batch. */
export const hdfcEnquire: ConnectorOperation<PaymentQuestion, PaymentNews> = {
  name: 'hdfc.enquire',
  effect: 'read',
  input: zPaymentQuestion.refine(({ batchId }) => batchId !== null, { path: ['batchId'] }),
  request: ({ batchId }, context) => get(`/payments/bulk/${batchId ?? ''}`, context),
  response(response, { batchId, reference, providerId }, { now }): Result<PaymentNews, ConnectorProblem> {
    const answer = read(response, zHdfcBatch, question, now);
    if (answer.kind === 'declined' && answer.declined.status === 404 && answer.declined.code === 'BATCH_NOT_FOUND') {
      const empty = { providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null };
      return ok({ ...empty, reference, state: 'unknown_there' });
    }
    const batch = givenOr(answer, hdfcCodes, question);
    if (!batch.ok) return batch;
    if (batch.value.batchId !== batchId) return err(unreadable(question, 'batchId'));
    // A batch in which a payment is missing says nothing of it: not even that it was never there.
    const news = isWhole(batch.value) ? newsOfReference(batch.value, reference) : undefined;
    if (news === undefined) return err(unreadable(question, 'payments'));
    // The bank's name by which it is remembered is that of the payment, or of its batch where the payment had none yet.
    const names = [null, news.providerId, batch.value.batchReference];
    return names.includes(providerId) || news.providerId === null
      ? ok(news)
      : err(unreadable(question, 'transactionId'));
  },
};
