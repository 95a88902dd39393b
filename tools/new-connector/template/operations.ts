import { z } from 'zod';
import { unreadable } from '../../../shared/connectors/_kit/answers.ts';
import type {
  AccountQuestion,
  Balance,
  BulkInstruction,
  BulkReceipt,
  PaymentInstruction,
  PaymentQuestion,
  StatementPage,
  StatementQuestion,
} from '../../../shared/connectors/_kit/bank.ts';
import type { AccessToken, ConnectorOperation } from '../../../shared/connectors/_kit/operation.ts';
import type { PaymentNews } from '../../../shared/domain/payment-order/news.ts';
import { isIsoDate } from '../../../shared/kernel/dates.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import { balanceAnswer, batchAnswer, paymentAnswer, paymentList, statementAnswer, tokenAnswer } from './contract.ts';
import { ask, asked, readAnswer, tell } from './exchange.ts';
import { entryOf, newsOf, unknownThere } from './mapping.ts';

const accountNumber = z.string().regex(/^\d{9,18}$/);
const ifsc = z.string().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/);
const day = z.string().refine(isIsoDate);
const instruction: z.ZodType<PaymentInstruction> = z.object({
  orderId: z.string().min(1),
  reference: z.string().regex(/^[A-Za-z0-9]{1,20}$/),
  debitAccount: accountNumber,
  debitIfsc: ifsc,
  beneficiaryName: z.string().min(1).max(100),
  beneficiaryAccount: accountNumber,
  beneficiaryIfsc: ifsc,
  amountPaise: z.bigint().positive(),
  mode: z.enum(['neft', 'rtgs']),
  purpose: z.string().max(200),
});

export const token: ConnectorOperation<null, AccessToken> = {
  name: 'sample-bank.token',
  effect: 'read',
  input: z.null(),
  request: (_input, { settings, secrets }) => ({
    method: 'POST',
    path: '/oauth/token',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new TextEncoder().encode(
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.clientId ?? '',
        client_secret: secrets.clientSecret ?? '',
      }).toString(),
    ),
  }),
  response(response, _input, { now }) {
    const read = readAnswer(response, tokenAnswer, 'read', now);
    return read.ok ? ok({ token: read.value.access_token, expiresInSeconds: read.value.expires_in }) : read;
  },
};

export const balance: ConnectorOperation<AccountQuestion, Balance> = {
  name: 'sample-bank.balance',
  effect: 'read',
  input: z.object({ accountNumber }),
  request: (input, context) => ask(context, `/accounts/${input.accountNumber}/balance`),
  response(response, input, { now }) {
    const read = readAnswer(response, balanceAnswer, 'read', now);
    if (!read.ok) return read;
    const { account, available, current, at } = read.value;
    if (account !== input.accountNumber) return err(unreadable(asked('read'), 'another account'));
    return ok({ availablePaise: available, currentPaise: current, at });
  },
};

export const statement: ConnectorOperation<StatementQuestion, StatementPage> = {
  name: 'sample-bank.statement',
  effect: 'read',
  input: z.object({ accountNumber, from: day, to: day, page: z.string().nullable() }),
  request({ accountNumber: account, from, to, page }, context) {
    return ask(context, `/accounts/${account}/statement`, { from, to, ...(page === null ? {} : { page }) });
  },
  response(response, input, { now }) {
    const read = readAnswer(response, statementAnswer, 'read', now);
    if (!read.ok) return read;
    const { account, opening, closing, next, lines } = read.value;
    if (account !== input.accountNumber) return err(unreadable(asked('read'), 'another account'));
    return ok({ entries: lines.map(entryOf), openingPaise: opening, closingPaise: closing, nextPage: next });
  },
};

const bodyOf = (payment: PaymentInstruction) => ({
  reference: payment.reference,
  from: payment.debitAccount,
  to: { name: payment.beneficiaryName, account: payment.beneficiaryAccount, ifsc: payment.beneficiaryIfsc },
  amount: payment.amountPaise,
  mode: payment.mode,
  purpose: payment.purpose,
});

export const pay: ConnectorOperation<PaymentInstruction, PaymentNews> = {
  name: 'sample-bank.pay',
  // Only where the document promises that a repeat with the same key is answered with the first answer; `once` where it does not.
  effect: 'keyed',
  input: instruction,
  // The reference names the sending; the order alone would make a second sending a repeat of the first.
  request: (input, context) => tell(context, '/payments', input.reference, bodyOf(input)),
  response(response, input, { now }) {
    const read = readAnswer(response, paymentAnswer, 'keyed', now);
    if (!read.ok) return read;
    if (read.value.reference !== input.reference) return err(unreadable(asked('keyed'), 'another payment'));
    return ok(newsOf(read.value));
  },
};

export const payBulk: ConnectorOperation<BulkInstruction, BulkReceipt> = {
  name: 'sample-bank.pay_bulk',
  effect: 'keyed',
  input: z.object({
    batchId: z.string().min(1),
    debitAccount: accountNumber,
    debitIfsc: ifsc,
    paymentDate: day,
    payments: z.array(instruction).min(1).max(500),
  }),
  request({ batchId, paymentDate, payments }, context) {
    return tell(context, '/batches', batchId, { batchId, paymentDate, payments: payments.map(bodyOf) });
  },
  response(response, { batchId, payments }, { now }) {
    const read = readAnswer(response, batchAnswer, 'keyed', now);
    if (!read.ok) return read;
    const rows = payments.map(({ reference }) => read.value.payments.find((row) => row.reference === reference));
    if (read.value.batchId !== batchId || rows.includes(undefined)) {
      return err(unreadable(asked('keyed'), 'another batch'));
    }
    return ok({ batchId, providerId: batchId, rows: rows.flatMap((row) => (row === undefined ? [] : [newsOf(row)])) });
  },
};

export const enquire: ConnectorOperation<PaymentQuestion, PaymentNews> = {
  name: 'sample-bank.enquire',
  effect: 'read',
  input: z.object({
    orderId: z.string(),
    reference: z.string().min(1),
    providerId: z.string().nullable(),
    batchId: z.string().nullable(),
    debitAccount: z.string(),
  }),
  request: ({ reference }, context) => ask(context, '/payments', { reference }),
  response(response, { reference }, { now }) {
    const read = readAnswer(response, paymentList, 'read', now);
    if (!read.ok) return read;
    const [first, ...others] = read.value.payments;
    if (first === undefined) return ok(unknownThere(reference));
    const isOther = others.length > 0 || first.reference !== reference;
    return isOther ? err(unreadable(asked('read'), 'another payment')) : ok(newsOf(first));
  },
};
