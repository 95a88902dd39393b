import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ConnectorResponse } from '../../_kit/operation.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import { answered, TEST_NOW, testContext } from '../../_kit/testing/responses.ts';
import { iciciManifest } from './manifest.ts';
import { iciciBalance, iciciEnquire, iciciPay, iciciStatement, iciciToken } from './operations.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8');
const context = testContext({ settings: { clientId: 'desk 1' }, secrets: { clientSecret: 'a&b=c' } });
const payment = somePayment();
const { orderId, reference, debitAccount } = payment;
const question = { orderId, reference, providerId: null, batchId: null, debitAccount };
const account = { accountNumber: '012345678901' };
const period = { ...account, from: '2026-06-01', to: '2026-06-15', page: null };
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

test('every path is joined to the whole address of the document, /v2 and all', async () => {
  const { production } = iciciManifest.baseUrls;
  expect(`${production}${(await iciciToken.request(null, context)).path}`).toBe(
    'https://api.icicibank.com/v2/oauth/token',
  );
  expect(`${production}${(await iciciPay.request(payment, context)).path}`).toBe(
    'https://api.icicibank.com/v2/payments/initiate',
  );
});

test('a token is asked for as a form, and lasts as long as the answer says', async () => {
  const request = await iciciToken.request(null, context);
  expect(request).toMatchObject({ method: 'POST', path: '/oauth/token' });
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(text(request.body)).toBe(
    'grant_type=client_credentials&client_id=desk+1&client_secret=a%26b%3Dc&scope=accounts+transactions+payments',
  );
  const read = (body: string, status = 200) => iciciToken.response(answered(status, body), null, context);
  expect(read(fixture('token'))).toEqual({
    ok: true,
    value: { token: 'eyJhbGciOiJub25lIn0.e30.', expiresInSeconds: 3600 },
  });
  expect(read('{"access_token":"t"}')).toMatchObject({ ok: true, value: { expiresInSeconds: 3600 } });
  // It would break out of its header.
  expect(read('{"access_token":"t\\r\\nx: y"}')).toMatchObject({ ok: false, error: { kind: 'contract' } });
  expect(read('{"error":"invalid_client"}', 401)).toMatchObject({ ok: false, error: { kind: 'auth' } });
  expect(read('{"error":"invalid_scope"}', 400)).toMatchObject({ ok: false, error: { kind: 'auth' } });
});

test('a payment goes as the document has it, its amount a number with every paisa, under the id of the order', async () => {
  const request = await iciciPay.request(payment, context);
  expect(request).toMatchObject({
    method: 'POST',
    path: '/payments/initiate',
    headers: { authorization: 'Bearer token-of-now', 'content-type': 'application/json', 'x-request-id': orderId },
  });
  expect(text(request.body)).toBe(
    '{"debitAccount":"012345678901","beneficiaryName":"Deccan Lab Supplies","beneficiaryAccount":"000987654321",' +
      '"ifscCode":"SBIN0000300","amount":125000.50,"paymentMode":"NEFT","purpose":"Glassware","remarks":"MN0000000001"}',
  );
  expect(iciciPay.effect).toBe('once');
});

test('what the bank would refuse is not sent', () => {
  const isTaken = (change: Parameters<typeof somePayment>[0]): boolean =>
    iciciPay.input.safeParse(somePayment(change)).success;
  expect(isTaken({})).toBe(true);
  expect(isTaken({ mode: 'rtgs', amountPaise: 2_00_000_00n })).toBe(true);
  expect(isTaken({ mode: 'rtgs', amountPaise: 1_99_999_99n })).toBe(false);
  expect(isTaken({ amountPaise: 0n })).toBe(false);
  expect(isTaken({ amountPaise: -1n })).toBe(false);
  expect(isTaken({ reference: 'MN/1' })).toBe(false);
  expect(isTaken({ reference: 'M'.repeat(21) })).toBe(false);
  expect(isTaken({ beneficiaryAccount: '12345' })).toBe(false);
  expect(isTaken({ beneficiaryIfsc: 'SBIN1000300' })).toBe(false);
  expect(isTaken({ orderId: 'order-1' })).toBe(false);
  expect(iciciBalance.input.safeParse({ accountNumber: '0123/../45' }).success).toBe(false);
  expect(iciciStatement.input.safeParse({ ...period, page: '2' }).success).toBe(false);
  expect(iciciStatement.input.safeParse({ ...period, from: '2026-06-16' }).success).toBe(false);
});

test('the answer to a payment: taken on, failed, or some word that leaves it open; never paid', () => {
  const read = (body: unknown, status = 200) =>
    iciciPay.response(answered(status, typeof body === 'string' ? body : JSON.stringify(body)), payment, context);
  const news = { reference, providerId: 'TXN987654321', utr: null, bookedOn: null, chargesPaise: null };
  expect(read(fixture('initiated'))).toEqual({ ok: true, value: { ...news, state: 'accepted', failure: null } });
  for (const status of ['PENDING', 'RETURNED', 'PARKED_FOR_AUDIT', 'success', 'constructor', '__proto__']) {
    const said = { status, transactionId: 'TXN987654321' };
    expect(read(said, 202), status).toEqual({ ok: true, value: { ...news, state: 'accepted', failure: null } });
  }
  expect(read({ status: 'FAILED', transactionId: 'TXN987654321', message: 'Insufficient balance' })).toEqual({
    ok: true,
    value: { ...news, state: 'failed', failure: { reason: 'insufficient_funds', text: 'Insufficient balance' } },
  });
  expect(read({ status: 'FAILED' })).toMatchObject({ ok: true, value: { state: 'failed', providerId: null } });
  for (const body of ['{"status":"SUCCESS"}', '{"transactionId":"T"}', '{}', '[]', 'null', '', '{"status":"SUCC']) {
    expect(read(body), body).toMatchObject({ ok: false, error: { kind: 'in_doubt', code: 'CONNECTOR_IN_DOUBT' } });
  }
});

const html = { 'content-type': 'text/html' };
const errors: readonly (readonly [string, ConnectorResponse, string, string])[] = [
  // What came back, what that is for a payment, what for a question.
  ['no token', answered(401, '{"errorCode":"INVALID_TOKEN"}'), 'auth', 'auth'],
  ['no token, as a page', answered(401, '<html>', html), 'auth', 'auth'],
  ['scope', answered(403, '{"errorCode":"INSUFFICIENT_SCOPE","message":"payments"}'), 'auth', 'auth'],
  ['not allowed, by a code of its own', answered(403, '{"errorCode":"E-7"}'), 'auth', 'auth'],
  ['malformed', answered(400, '{"errorCode":"INVALID_REQUEST","message":"amount"}'), 'validation', 'validation'],
  ['account', answered(404, '{"errorCode":"ACCOUNT_NOT_FOUND"}'), 'business', 'business'],
  ['funds', answered(422, '{"errorCode":"INSUFFICIENT_FUNDS"}'), 'business', 'business'],
  ['duplicate', answered(409, '{"errorCode":"DUPLICATE_REQUEST"}'), 'in_doubt', 'validation'],
  ['unknown code', answered(422, '{"errorCode":"E-1044","message":"?"}'), 'in_doubt', 'validation'],
  ['a code named as a member of objects', answered(422, '{"errorCode":"toString"}'), 'in_doubt', 'validation'],
  ['no code', answered(400, '{"error":"bad"}'), 'in_doubt', 'validation'],
  ['a page', answered(404, '<html>', html), 'in_doubt', 'validation'],
  ['too late', answered(408, ''), 'in_doubt', 'unavailable'],
  ['down', answered(500, '{"errorCode":"INSUFFICIENT_FUNDS"}'), 'in_doubt', 'unavailable'],
  ['proxy', answered(502, '<html>', html), 'in_doubt', 'unavailable'],
  ['away', answered(503, '', { 'retry-after': '30' }), 'in_doubt', 'unavailable'],
  ['elsewhere', answered(302, '', { location: 'https://example.org/' }), 'in_doubt', 'contract'],
  ['a page, status 200', answered(200, '<html>', html), 'in_doubt', 'contract'],
  ['nothing', answered(200, ''), 'in_doubt', 'contract'],
  ['bytes', answered(200, Uint8Array.of(0xff, 0xfe, 0x7b)), 'in_doubt', 'contract'],
  ['nested without end', answered(200, '['.repeat(100_000)), 'in_doubt', 'contract'],
];

test.each(errors)('an answer that is none: %s', async (_name, response, ofPayment, ofQuestion) => {
  const paid = await iciciPay.response(response, payment, context);
  expect(paid).toMatchObject({ ok: false, error: { kind: ofPayment, details: { name: 'ICICI Bank' } } });
  const answers = [
    await iciciBalance.response(response, account, context),
    await iciciStatement.response(response, period, context),
    await iciciEnquire.response(response, question, context),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { kind: ofQuestion } });
});

test('too many requests wait as long as the bank says', () => {
  const read = (header?: string) => {
    const headers = { 'content-type': 'application/json', ...(header === undefined ? {} : { 'retry-after': header }) };
    return iciciPay.response(answered(429, '{}', headers), payment, context);
  };
  expect(read()).toMatchObject({ error: { kind: 'rate_limited', retryAfterMs: null } });
  expect(read('7')).toMatchObject({ error: { kind: 'rate_limited', retryAfterMs: 7_000 } });
  expect(read(new Date(TEST_NOW + 9_000).toUTCString())).toMatchObject({ error: { retryAfterMs: 9_000 } });
});

test('a balance is read to the paisa, and only that of the account that was asked for', () => {
  const read = (change: (body: string) => string) =>
    iciciBalance.response(answered(200, change(fixture('balance'))), account, context);
  const at = Date.parse('2026-06-15T10:30:00Z');
  expect(read((body) => body)).toEqual({
    ok: true,
    value: { availablePaise: 1_55_00_000_00n, currentPaise: 1_55_00_000_00n, at },
  });
  expect(read((body) => body.replace('15500000.0', '-90071992547409.93'))).toMatchObject({
    value: { availablePaise: -9_007_199_254_740_993n },
  });
  for (const [from, to] of [
    ['012345678901', '012345678902'],
    ['INR', 'USD'],
    ['15500000.0', '15500000.001'],
    ['15500000.0', '"15500000.00"'],
    ['2026-06-15T', 'yesterday '],
  ] as const) {
    expect(
      read((body) => body.replace(from, to)),
      to,
    ).toMatchObject({ ok: false, error: { kind: 'contract' } });
  }
});

test('lines of a statement become entries, what the bank calls them kept', async () => {
  const { path } = await iciciStatement.request(period, context);
  expect(path).toBe('/accounts/012345678901/transactions?fromDate=2026-06-01&toDate=2026-06-15&pageSize=100&page=1');
  const read = await iciciStatement.response(answered(200, fixture('transactions')), period, context);
  const common = { valueDate: null, chequeNo: null, debitPaise: 0n, creditPaise: 0n };
  expect(read).toEqual({
    ok: true,
    value: {
      openingPaise: 1_52_50_000_00n,
      closingPaise: 1_44_99_999_71n,
      nextPage: null,
      entries: [
        {
          ...common,
          date: '2026-06-13',
          narration: 'INF/NEFT/ICICN26164000017/SBIN0000300/MN0000000001/DECCAN LAB SUPPLIES',
          reference: 'ICICN26164000017',
          debitPaise: 29n,
          balancePaise: 1_52_49_999_71n,
        },
        {
          ...common,
          date: '2026-06-14',
          narration: 'XYZ SUPPLIER PAYMENT RECEIVED',
          reference: 'NEFT247895',
          creditPaise: 2_50_000_00n,
          balancePaise: 1_54_99_999_71n,
        },
        {
          ...common,
          date: '2026-06-14',
          narration: 'CHQ PAID',
          // Without a reference, the bank's own name of the line.
          reference: 'TXN123456790',
          chequeNo: '000123',
          debitPaise: 10_00_000_00n,
          balancePaise: 1_44_99_999_71n,
        },
      ],
    },
  });
});

test('a statement that does not add up, repeats itself or is of other days is not taken', () => {
  for (const [from, to] of [
    ['15249999.71', '15249999.72'],
    ['TXN123456788', 'TXN123456789'],
    ['"totalRecords": 3', '"totalRecords": 4'],
    ['"currentPage": 1', '"currentPage": 2'],
    ['2026-06-13', '2026-05-31'],
    ['"DEBIT"', '"WITHDRAWAL"'],
    ['0.29', '-0.29'],
    ['0.29', '0.295'],
  ] as const) {
    const body = fixture('transactions').replace(from, to);
    expect(body, from).not.toBe(fixture('transactions'));
    const read = iciciStatement.response(answered(200, body), period, context);
    expect(read, `${from} → ${to}`).toMatchObject({ ok: false, error: { kind: 'contract' } });
  }
});

test('the enquiry asks by what was sent, and knows the answer to another payment', async () => {
  const request = await iciciEnquire.request(question, context);
  expect(request.path).toBe(`/payments/status?requestId=${orderId}&referenceId=MN0000000001`);
  const read = (body: string, asked = question, status = 200) =>
    iciciEnquire.response(answered(status, body), asked, context);
  const paid = { reference, providerId: 'TXN987654321', state: 'paid', utr: 'ICICN26166000018', failure: null };
  // 20:00 UTC is the next day in India.
  expect(read(fixture('status'))).toEqual({ ok: true, value: { ...paid, bookedOn: '2026-06-16', chargesPaise: null } });
  const other = { ...question, reference: 'MN0000000002' };
  expect(read(fixture('status'), other)).toMatchObject({ ok: false, error: { kind: 'contract' } });
  const otherId = { ...question, orderId: '0199b1c2-7f00-7a11-8b22-5c3d4e5f6a71' };
  expect(read(fixture('status'), otherId)).toMatchObject({ ok: false, error: { kind: 'contract' } });
  const named = (providerId: string) => Object.assign({}, question, { providerId });
  expect(iciciEnquire.response(answered(200, fixture('status')), named('TXN1'), context)).toMatchObject({ ok: false });
  expect(iciciEnquire.response(answered(200, fixture('status')), named('TXN987654321'), context)).toMatchObject({
    ok: true,
  });
  const gone = '{"errorCode":"PAYMENT_NOT_FOUND","message":"never received"}';
  expect(read(gone, question, 404)).toMatchObject({ ok: true, value: { reference, state: 'unknown_there' } });
  // Said with another status, or by a proxy, it says nothing of the payment.
  expect(read(gone, question, 400)).toMatchObject({ ok: false });
  expect(read('{"errorCode":"NOT_SERVED"}', question, 404)).toMatchObject({ ok: false });
  expect(read('', question, 404)).toMatchObject({ ok: false });
});

test('every word for the state of a payment', () => {
  const read = (status: string, failureReason: string | null = null) => {
    const body = { ...(JSON.parse(fixture('status')) as object), status, failureReason };
    return iciciEnquire.response(answered(200, JSON.stringify(body)), question, context);
  };
  expect(read('SUCCESS')).toMatchObject({ value: { state: 'paid', failure: null, bookedOn: '2026-06-16' } });
  expect(read('PENDING')).toMatchObject({ value: { state: 'accepted', failure: null, bookedOn: null } });
  expect(read('RETURNED', 'Account closed')).toMatchObject({
    value: {
      state: 'returned',
      bookedOn: '2026-06-16',
      failure: { reason: 'invalid_account', text: 'Account closed' },
    },
  });
  expect(read('FAILED', 'Beneficiary bank is offline')).toMatchObject({
    value: { state: 'failed', bookedOn: null, failure: { reason: 'bank_offline' } },
  });
  expect(read('FAILED')).toMatchObject({ value: { state: 'failed', failure: { reason: 'declined', text: '' } } });
  for (const word of ['Success', 'REVERSED?', 'IN_CLEARING', 'hasOwnProperty']) {
    expect(read(word), word).toMatchObject({ value: { state: 'accepted', failure: null, bookedOn: null } });
  }
});
