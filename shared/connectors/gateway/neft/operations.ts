import { z } from 'zod';
import type { PaymentNews } from '../../../domain/payment-order/news.ts';
import { isIsoDate } from '../../../kernel/dates.ts';
import { parseExact } from '../../../kernel/exact-json.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Asked, declined, saidText, statusProblem, textOf, unreadable } from '../../_kit/answers.ts';
import type {
  AccountQuestion,
  Balance,
  PaymentInstruction,
  PaymentQuestion,
  StatementPage,
  StatementQuestion,
} from '../../_kit/bank.ts';
import { jsonBytes } from '../../_kit/json-body.ts';
import type { ConnectorContext, ConnectorOperation, ConnectorResponse } from '../../_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../_kit/problem.ts';
import type { HttpRequest } from '../../operation.ts';
import { balanceAnswer, initiated, paymentList, paymentStatus, refused, statementAnswer } from './contract.ts';
import { neftManifest } from './manifest.ts';
import { entryOf, newsOf, reasonOf } from './mapping.ts';

const { name } = neftManifest;
const reading: Asked = { name, effect: 'read' };
const paying: Asked = { name, effect: 'once' };

const accountNumber = z.string().regex(/^\d{9,18}$/);
const ifsc = z.string().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/);
const day = z.string().refine(isIsoDate);

export const balance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'neft.balance',
  effect: 'read',
  input: z.object({ accountNumber }),
  request: (input, context) => get('/api/v1/bank/balance', { account_number: input.accountNumber }, context),
  response(response, input, { now }) {
    const read = readAnswer(response, balanceAnswer, reading, now);
    if (!read.ok) return read;
    const { account_number, available_balance, as_of } = read.value;
    if (account_number !== input.accountNumber) return err(unreadable(reading, 'another account'));
    return ok({ availablePaise: available_balance, currentPaise: null, at: as_of });
  },
};

/** The gateway gives the whole period at once. */
export const statement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'neft.statement',
  effect: 'read',
  input: z.object({ accountNumber, from: day, to: day, page: z.null() }),
  request({ accountNumber: account_number, from, to }, context) {
    return get('/api/v1/bank/statements', { account_number, from_date: from, to_date: to }, context);
  },
  response(response, input, { now }) {
    const read = readAnswer(response, statementAnswer, reading, now);
    if (!read.ok) return read;
    const said = read.value;
    if (said.account_number !== input.accountNumber) return err(unreadable(reading, 'another account'));
    const entries = said.transactions.map(entryOf);
    const isInside = entries.every(({ date }) => date >= input.from && date <= input.to);
    const isOneSided = entries.every(({ debitPaise, creditPaise }) => (debitPaise === 0n) !== (creditPaise === 0n));
    if (!isInside || !isOneSided) return err(unreadable(reading, 'a line that cannot be'));
    const moved = entries.reduce((sum, { debitPaise, creditPaise }) => sum + creditPaise - debitPaise, 0n);
    // A line that is missing is worse than no statement.
    if (said.opening_balance + moved !== said.closing_balance) return err(unreadable(reading, 'lines are missing'));
    const [openingPaise, closingPaise] = [said.opening_balance, said.closing_balance];
    return ok({ entries, openingPaise, closingPaise, nextPage: null });
  },
};

export const pay: ConnectorOperation<PaymentInstruction, PaymentNews> = {
  name: 'neft.pay',
  // X-Request-ID is a name for the log: the contract does not promise that a repeat is known by it.
  effect: 'once',
  input: z.object({
    orderId: z.string(),
    reference: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
    debitAccount: accountNumber,
    debitIfsc: ifsc,
    beneficiaryName: z.string().min(1).max(100),
    beneficiaryAccount: accountNumber,
    beneficiaryIfsc: ifsc,
    amountPaise: z.bigint().positive(),
    mode: z.literal('neft'),
    purpose: z.string().max(200),
  }),
  request(input, context) {
    const body = {
      amount: input.amountPaise,
      currency: 'INR',
      beneficiary: {
        name: input.beneficiaryName,
        account_number: input.beneficiaryAccount,
        ifsc: input.beneficiaryIfsc,
        bank_name: input.beneficiaryIfsc.slice(0, 4),
      },
      remitter: { account_number: input.debitAccount, ifsc: input.debitIfsc },
      purpose: input.purpose,
      reference_number: input.reference,
    };
    return {
      method: 'POST',
      path: '/api/v2/payments/neft/initiate',
      headers: { ...headers(context), 'content-type': 'application/json' },
      body: jsonBytes(body),
    };
  },
  response(response, input, { now }) {
    const read = readAnswer(response, initiated, paying, now);
    return read.ok ? ok(newsOf(read.value, input.reference)) : read;
  },
};

export const enquire: ConnectorOperation<PaymentQuestion, PaymentNews> = {
  name: 'neft.enquire',
  effect: 'read',
  input: z.object({
    orderId: z.string(),
    reference: z.string().min(1),
    providerId: z.string().min(1).nullable(),
    batchId: z.string().nullable(),
    debitAccount: z.string(),
  }),
  request({ providerId, reference }, context) {
    if (providerId === null) return get('/api/v2/payments', { reference_number: reference }, context);
    return get(`/api/v2/payments/${encodeURIComponent(providerId)}/status`, {}, context);
  },
  response(response, { providerId, reference }, { now }) {
    if (response.status === 404 && isUnknownPayment(response)) return ok(unknownThere(reference));
    return providerId === null
      ? readByReference(response, reference, now)
      : readById(response, providerId, reference, now);
  },
};

function readById(response: ConnectorResponse, providerId: string, reference: string, now: number) {
  const read = readAnswer(response, paymentStatus, reading, now);
  if (!read.ok) return read;
  const isOther = (read.value.reference_number ?? reference) !== reference;
  if (read.value.payment_id !== providerId || isOther) return err(unreadable(reading, 'another payment'));
  return ok(newsOf(read.value, reference));
}

function readByReference(response: ConnectorResponse, reference: string, now: number) {
  const read = readAnswer(response, paymentList, reading, now);
  if (!read.ok) return read;
  const [first, ...others] = read.value.data;
  if (first === undefined) return ok(unknownThere(reference));
  // Two payments under one reference are for a person to look at.
  if (others.length > 0 || first.reference_number !== reference) return err(unreadable(reading, 'another payment'));
  return ok(newsOf(first, reference));
}

const unknownThere = (reference: string): PaymentNews => ({
  reference,
  providerId: null,
  state: 'unknown_there',
  utr: null,
  bookedOn: null,
  failure: null,
  chargesPaise: null,
});

/** A 404 of a proxy says nothing of the payment. */
function isUnknownPayment(response: ConnectorResponse): boolean {
  const read = readJson(response, refused, reading);
  return read.ok && read.value.error.code === 'payment_not_found';
}

function readAnswer<Schema extends z.ZodType>(
  response: ConnectorResponse,
  schema: Schema,
  asked: Asked,
  now: number,
): Result<z.output<Schema>, ConnectorProblem> {
  const found = statusProblem(response, asked, now);
  if (found === null) return readJson(response, schema, asked);
  const said = readJson(response, refused, asked);
  return err(said.ok && response.status < 500 ? refusedProblem(said.value.error, response, found) : found);
}

/** What the gateway's own code says more than the status does. */
function refusedProblem(
  { code, message }: { readonly code: string; readonly message: string },
  { status }: ConnectorResponse,
  found: ConnectorProblem,
): ConnectorProblem {
  if (status === 401 || status === 403 || status === 429) return found;
  if (code === 'duplicate_reference') return problem('in_doubt', 'BANK_DUPLICATE_REFERENCE', { name });
  if (code === 'account_not_found') return problem('business', 'BANK_ACCOUNT_UNKNOWN', { name });
  const reason = reasonOf(code);
  if (reason !== null) return declined(reason, name, message);
  if (found.kind !== 'validation') return found;
  return problem('validation', 'CONNECTOR_REJECTED', { name, detail: saidText(message || code) });
}

function readJson<Schema extends z.ZodType>(
  response: ConnectorResponse,
  schema: Schema,
  asked: Asked,
): Result<z.output<Schema>, ConnectorProblem> {
  const text = textOf(response, asked);
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = parseExact(text.value);
  } catch {
    return err(unreadable(asked, 'no JSON'));
  }
  const read = schema.safeParse(value);
  if (read.success) return ok(read.data);
  return err(unreadable(asked, `member ${read.error.issues[0]?.path.join('.') || 'missing'}`));
}

const headers = ({ secrets, requestId }: ConnectorContext): Record<string, string> => ({
  accept: 'application/json',
  authorization: `Bearer ${secrets.apiKey ?? ''}`,
  'x-request-id': `req_${requestId}`,
});

function get(path: string, query: Readonly<Record<string, string>>, context: ConnectorContext): HttpRequest {
  const search = new URLSearchParams(query).toString();
  return {
    method: 'GET',
    path: search === '' ? path : `${path}?${search}`,
    headers: headers(context),
    body: new Uint8Array(),
  };
}
