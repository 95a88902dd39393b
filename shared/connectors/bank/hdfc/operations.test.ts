import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../../kernel/limits.ts';
import type { BulkInstruction } from '../../_kit/bank.ts';
import type { ConnectorResponse } from '../../_kit/operation.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import { answered, testContext } from '../../_kit/testing/responses.ts';
import { hdfcManifest } from './manifest.ts';
import { hdfcBalance, hdfcEnquire, hdfcPayBulk, hdfcStatement } from './operations.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8');
const context = testContext({ secrets: { apiKey: 'the-key' } });
const account = { accountNumber: '50100123456789' };
const period = { ...account, from: '2026-06-01', to: '2026-06-15', page: null };
const batchId = '0199b1c2-7f00-7a11-8b22-5c3d4e5f6a80';
const debit = { debitAccount: '50100123456789', debitIfsc: 'HDFC0000060' };
const payments = [
  somePayment(debit),
  somePayment({ ...debit, reference: 'MN0000000002', amountPaise: 2_50_000_00n, mode: 'rtgs' }),
  somePayment({ ...debit, reference: 'MN0000000003', amountPaise: 1_00n }),
];
const batch: BulkInstruction = { batchId, ...debit, paymentDate: '2026-06-15', payments };
const question = {
  orderId: batchId,
  reference: 'MN0000000002',
  providerId: null,
  batchId,
  debitAccount: account.accountNumber,
};
const read = (body: string, status = 200) => hdfcPayBulk.response(answered(status, body), batch, context);

test('a batch goes as the document has it, under its id, with the sum of its rows', async () => {
  const request = await hdfcPayBulk.request(batch, context);
  expect(request).toMatchObject({ method: 'POST', path: '/payments/bulk' });
  expect(request.headers).toMatchObject({
    'x-api-key': 'the-key',
    'x-batch-id': batchId,
    'x-request-id': context.requestId,
    'content-type': 'application/json',
  });
  const row = (reference: string, amount: string): string =>
    '{"beneficiaryAccount":"000987654321","beneficiaryName":"Deccan Lab Supplies","ifscCode":"SBIN0000300",' +
    `"amount":${amount},"employeeId":"${reference}"}`;
  const rows = [row('MN0000000001', '125000.50'), row('MN0000000002', '250000.00'), row('MN0000000003', '1.00')];
  expect(new TextDecoder().decode(request.body)).toBe(
    `{"debitAccount":"50100123456789","payments":[${rows.join(',')}],"totalAmount":375001.50,"paymentDate":"2026-06-15"}`,
  );
  expect(hdfcPayBulk.effect).toBe('once');
  expect(`${hdfcManifest.baseUrls.production}${request.path}`).toBe('https://api.hdfcbank.com/payments/bulk');
});

test('a batch that could not be told apart row by row is not sent', () => {
  const isTaken = (change: Partial<BulkInstruction>): boolean =>
    hdfcPayBulk.input.safeParse({ ...batch, ...change }).success;
  expect(isTaken({})).toBe(true);
  expect(isTaken({ payments: [] })).toBe(false);
  expect(isTaken({ payments: [...payments, somePayment(debit)] })).toBe(false);
  expect(isTaken({ payments: [somePayment()] })).toBe(false);
  expect(isTaken({ batchId: 'B1' })).toBe(false);
  const many = Array.from({ length: limits.connector.bulkRowsMax + 1 }, (_, index) =>
    somePayment({ ...debit, reference: `MN${index}` }),
  );
  expect(isTaken({ payments: many })).toBe(false);
  expect(isTaken({ payments: many.slice(1) })).toBe(true);
});

test('each row of the answer is the news of its payment', () => {
  const news = { utr: null, bookedOn: null, failure: null, chargesPaise: null };
  expect(read(fixture('batch'))).toEqual({
    ok: true,
    value: {
      batchId,
      providerId: 'BLK5C3D4E5F6A80',
      rows: [
        {
          ...news,
          ...{ reference: 'MN0000000001', providerId: 'pay_hdfc000001', state: 'paid', utr: 'HDFCN26166000001' },
          bookedOn: '2026-06-15',
        },
        { ...news, reference: 'MN0000000002', providerId: 'pay_hdfc000002', state: 'accepted' },
        {
          ...news,
          ...{ reference: 'MN0000000003', providerId: null, state: 'failed' },
          failure: { reason: 'invalid_account', text: 'Beneficiary account does not exist' },
        },
      ],
    },
  });
});

test('every word for the state of a row', () => {
  const stateOf = (word: string) => {
    const said = read(fixture('batch').replace('"PENDING"', JSON.stringify(word)));
    return said instanceof Promise || !said.ok ? said : said.value.rows[1]?.state;
  };
  const words = ['SUCCESS', 'FAILED', 'PENDING', 'RETURNED', 'PARKED_FOR_AUDIT', 'success', 'toString', '__proto__'];
  expect(words.map(stateOf)).toEqual([
    ...['paid', 'failed', 'accepted', 'returned', 'accepted', 'accepted', 'accepted', 'accepted'],
  ]);
});

interface Row {
  employeeId: string;
}
const spoilt = (change: (rows: Row[]) => Row[]): string => {
  const whole = JSON.parse(fixture('batch')) as { payments: Row[] };
  return JSON.stringify({ ...whole, payments: change(whole.payments) });
};

test('a batch of another id, count or sum, or with a row or an amount that was not sent, is in doubt as a whole', () => {
  for (const body of [
    fixture('batch').replace('6a80', '6a81'),
    fixture('batch').replace('"totalCount": 3', '"totalCount": 2'),
    fixture('batch').replace('375001.5', '375001.51'),
    fixture('batch').replace('375001.5', '375001'),
    fixture('batch').replace('"amount": 250000', '"amount": 250000.01'),
    fixture('batch').replace('MN0000000002', 'MN0000000009'),
    fixture('batch').replace('"amount": 250000', '"amount": "250000"'),
    fixture('batch').replace('"batchId"', '"batch"'),
    fixture('batch').slice(0, -20),
  ]) {
    expect(read(body), body).toMatchObject({ ok: false, error: { kind: 'in_doubt', code: 'CONNECTOR_IN_DOUBT' } });
  }
});

test('a row that is left out or said twice stays open, and the others are as they are said', () => {
  const states = (body: string) => {
    const said = read(body);
    return said instanceof Promise || !said.ok
      ? said
      : said.value.rows.map(({ reference, state }) => [reference, state]);
  };
  const open = [
    ['MN0000000001', 'accepted'],
    ['MN0000000002', 'accepted'],
    ['MN0000000003', 'failed'],
  ];
  expect(states(spoilt(([, ...others]) => others))).toEqual(open);
  expect(states(spoilt((rows) => [...rows, { ...rows[0], status: 'FAILED' } as unknown as Row]))).toEqual(open);
  expect(states(spoilt(() => []))).toEqual(open.map(([reference]) => [reference, 'accepted']));
});

const html = { 'content-type': 'text/html' };
const errors: readonly (readonly [string, ConnectorResponse, string, string])[] = [
  ['no key', answered(401, '{"errorCode":"INVALID_API_KEY"}'), 'auth', 'auth'],
  ['not allowed', answered(403, '{"errorCode":"CERTIFICATE_REQUIRED"}'), 'auth', 'auth'],
  ['total', answered(400, '{"errorCode":"TOTAL_MISMATCH"}'), 'validation', 'validation'],
  ['account', answered(404, '{"errorCode":"ACCOUNT_NOT_FOUND"}'), 'business', 'business'],
  ['funds', answered(422, '{"errorCode":"INSUFFICIENT_FUNDS","errorMessage":"low"}'), 'business', 'business'],
  ['duplicate', answered(409, '{"errorCode":"DUPLICATE_BATCH"}'), 'in_doubt', 'validation'],
  ['unknown code', answered(422, '{"errorCode":"E-9"}'), 'in_doubt', 'validation'],
  ["ICICI's form", answered(404, '{"message":"x"}'), 'in_doubt', 'validation'],
  ['slow down', answered(429, '{"errorCode":"RATE_LIMITED"}'), 'rate_limited', 'rate_limited'],
  ['down', answered(500, '{"errorCode":"BATCH_DECLINED"}'), 'in_doubt', 'unavailable'],
  ['proxy', answered(504, '<html>', html), 'in_doubt', 'unavailable'],
  ['a page', answered(200, '<html>', html), 'in_doubt', 'contract'],
  ['nothing', answered(204, ''), 'in_doubt', 'contract'],
];

test.each(errors)('an answer that is none: %s', async (_name, response, ofBatch, ofQuestion) => {
  expect(await hdfcPayBulk.response(response, batch, context)).toMatchObject({ ok: false, error: { kind: ofBatch } });
  for (const answer of [
    await hdfcBalance.response(response, account, context),
    await hdfcStatement.response(response, period, context),
    await hdfcEnquire.response(response, question, context),
  ]) {
    expect(answer).toMatchObject({ ok: false, error: { kind: ofQuestion, details: { name: 'HDFC Bank' } } });
  }
});

test('a payment is asked for by its batch', async () => {
  expect((await hdfcEnquire.request(question, context)).path).toBe(`/payments/bulk/${batchId}`);
  expect(hdfcEnquire.input.safeParse({ ...question, batchId: null }).success).toBe(false);
  const ask = (body: string, status = 200) => hdfcEnquire.response(answered(status, body), question, context);
  expect(ask(fixture('batch'))).toMatchObject({ ok: true, value: { reference: 'MN0000000002', state: 'accepted' } });
  expect(ask('{"errorCode":"BATCH_NOT_FOUND"}', 404)).toMatchObject({ ok: true, value: { state: 'unknown_there' } });
  // Missing in a batch that is there, it may still have been paid.
  const without = spoilt((rows) => rows.filter(({ employeeId }) => employeeId !== 'MN0000000002'));
  for (const body of [
    without,
    without.replace('"totalCount":3', '"totalCount":2').replace('375001.5', '125001.5'),
    spoilt((rows) => [...rows, ...rows]),
    fixture('batch').replace('6a80', '6a81'),
    fixture('batch').replace('375001.5', '1'),
  ]) {
    expect(ask(body), body).toMatchObject({ ok: false, error: { kind: 'contract' } });
  }
  expect(ask('{"errorCode":"NOT_SERVED"}', 404)).toMatchObject({ ok: false });
  const named = (providerId: string) =>
    hdfcEnquire.response(answered(200, fixture('batch')), { ...question, providerId }, context);
  expect(named('pay_hdfc000002')).toMatchObject({ ok: true });
  expect(named('BLK5C3D4E5F6A80')).toMatchObject({ ok: true });
  expect(named('pay_hdfc000001')).toMatchObject({ ok: false, error: { kind: 'contract' } });
});

test('lines of a statement become entries, what the bank calls them kept', async () => {
  const { path, headers } = await hdfcStatement.request(period, context);
  expect(path).toBe('/accounts/50100123456789/statement?fromDate=2026-06-01&toDate=2026-06-15&pageSize=100&page=1');
  expect(headers).toMatchObject({ 'x-api-key': 'the-key', 'x-request-id': context.requestId });
  expect(await hdfcStatement.response(answered(200, fixture('statement')), period, context)).toEqual({
    ok: true,
    value: {
      openingPaise: 8_00_000_29n,
      closingPaise: 7_74_999_80n,
      nextPage: null,
      entries: [
        {
          date: '2026-06-02',
          valueDate: '2026-06-03',
          narration: 'NEFT DR-SBIN0000300-DECCAN LAB SUPPLIES-BULK-HDFCN26153000001-MN0000000001',
          reference: 'HDFCN26153000001',
          ...{ chequeNo: null, debitPaise: 25_000_50n, creditPaise: 0n, balancePaise: 7_74_999_79n },
        },
        {
          ...{ date: '2026-06-02', valueDate: null, narration: 'CASH DEP', reference: 'TXN678900000002' },
          ...{ chequeNo: '000042', debitPaise: 0n, creditPaise: 1n, balancePaise: 7_74_999_80n },
        },
      ],
    },
  });
});

test('a side of a line that is zero is a side that has nothing', () => {
  const zero = fixture('statement').replace('"depositAmount": null', '"depositAmount": 0.0');
  const [given, same] = [zero, fixture('statement')].map((body) =>
    hdfcStatement.response(answered(200, body), period, context),
  );
  expect(given).toMatchObject({ ok: true });
  expect(given).toEqual(same);
});

test('a statement that contradicts itself is not taken', () => {
  for (const [from, to] of [
    ['"openingBalance": 800000.29', '"openingBalance": 800000.28'],
    ['"closingBalance": 774999.8,', '"closingBalance": 774999.9,'],
    ['25000.5', '25000.4'],
    ['25000.5', '-25000.5'],
    ['"depositAmount": 0.01', '"depositAmount": null'],
    ['"depositAmount": null', '"depositAmount": 1'],
    ['50100123456789', '50100123456790'],
    ['"toDate": "2026-06-15"', '"toDate": "2026-06-14"'],
    ['"date": "2026-06-02"', '"date": "2026-05-02"'],
    ['"totalRecords": 2', '"totalRecords": 3'],
    ['TXN678900000002', 'TXN678900000001'],
  ] as const) {
    const body = fixture('statement').replace(from, to);
    expect(body, from).not.toBe(fixture('statement'));
    const page = hdfcStatement.response(answered(200, body), period, context);
    expect(page, `${from} → ${to}`).toMatchObject({ ok: false, error: { kind: 'contract' } });
  }
});

test('the balance is that with which the statement of today closes', async () => {
  const { path } = await hdfcBalance.request(account, context);
  expect(path).toContain('/statement?fromDate=2026-06-15&toDate=2026-06-15&');
  const said = await hdfcBalance.response(answered(200, fixture('statement')), account, context);
  expect(said).toEqual({
    ok: true,
    value: { availablePaise: 7_74_999_80n, currentPaise: 7_74_999_80n, at: context.now },
  });
  const other = fixture('statement').replace('50100123456789', '50100123456790');
  expect(await hdfcBalance.response(answered(200, other), account, context)).toMatchObject({ ok: false });
});
