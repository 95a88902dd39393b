import { describe, expect, it } from 'vitest';
import { axisBalance, axisStatement, axisStatus, axisTransfer } from './operations.ts';
import {
  ACCOUNT,
  answer,
  answered,
  balanceData,
  contextOf,
  done,
  NOW,
  ORDER,
  payment,
  question,
  REFERENCE,
  refusedFor,
  transaction,
  transferData,
} from './testing.ts';

type Response = ReturnType<typeof answered>;
const transfer = async (response: Response) => axisTransfer.response(response, payment, contextOf());
const status = async (response: Response) => axisStatus.response(response, question, contextOf());
const balance = async (response: Response) => axisBalance.response(response, { accountNumber: ACCOUNT }, contextOf());
const asked = { accountNumber: ACCOUNT, from: '2026-11-01', to: '2026-11-30', page: null };
const statement = async (response: Response, page: string | null = null) =>
  axisStatement.response(response, { ...asked, page }, contextOf());

const taken = (body: unknown) => answer('TransferPayment', body, { uuid: ORDER });
const told = (body: unknown) => answer('GetTransferPaymentStatus', body);
const found = (change: object) => told(done({ CUR_TXN_ENQ: [{ ...transaction, ...change }] }));

describe('a transfer', () => {
  it('that is taken is accepted, whatever its status is called', async () => {
    const value = {
      reference: REFERENCE,
      providerId: 'pay_1',
      state: 'accepted',
      utr: null,
      bookedOn: null,
      failure: null,
      chargesPaise: null,
    };
    // Not even one that is called processed: its UTR and day come by the enquiry.
    for (const word of ['PENDING', 'PROCESSED', 'PARKED_FOR_AUDIT', '', null]) {
      const read = await transfer(taken(done({ ...transferData, transactionStatus: word })));
      expect(read).toEqual({ ok: true, value });
    }
    expect(await transfer(taken({ ...done(transferData), status: 'PARKED' }))).toEqual({ ok: true, value });
  });

  it.each([
    ['INSUFFICIENT_FUNDS', 'BANK_INSUFFICIENT_FUNDS'],
    ['LIMIT_EXCEEDED', 'BANK_LIMIT_EXCEEDED'],
    ['INVALID_ACCOUNT', 'BANK_INVALID_ACCOUNT'],
    ['INVALID_IFSC', 'BANK_INVALID_ACCOUNT'],
    ['ACCOUNT_CLOSED', 'BANK_INVALID_ACCOUNT'],
    ['BENEFICIARY_BANK_OFFLINE', 'BANK_OFFLINE'],
    ['DECLINED', 'BANK_DECLINED'],
    ['ACCOUNT_NOT_PERMITTED', 'BANK_ACCOUNT_UNKNOWN'],
  ])('that is refused for %s was not taken', async (code, expected) => {
    const read = await transfer(taken(refusedFor(code, `Account 914020013977038 says ${code}`)));
    expect(read).toMatchObject({ ok: false, error: { kind: 'business', code: expected } });
    expect(JSON.stringify(read)).not.toContain(ACCOUNT);
  });

  it('that is malformed was not taken', async () => {
    expect(await transfer(taken(refusedFor('INVALID_REQUEST')))).toMatchObject({ error: { kind: 'validation' } });
  });

  it.each([
    ['refused for a reason that nobody knows', refusedFor('E_4711')],
    ['refused for no reason', { ...refusedFor('x'), responseCode: null }],
    ['refused for being away', refusedFor('SERVICE_UNAVAILABLE')],
    ['refused for its reference, which may be ours of before', refusedFor('DUPLICATE_REFERENCE')],
    ['another one', done({ ...transferData, crn: 'OTHER1' })],
    ['nothing', done(null)],
    ['done and rejected at once', done({ ...transferData, transactionStatus: 'REJECTED' })],
    ['done and returned at once', done({ ...transferData, transactionStatus: 'Return' })],
    ['without a verdict', { message: 'Success', data: transferData }],
    ['no object', []],
  ])('that is said to be %s is in doubt', async (_what, body) => {
    expect(await transfer(taken(body))).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
  });

  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [429, 'rate_limited'],
    [400, 'in_doubt'],
    [404, 'in_doubt'],
    [302, 'in_doubt'],
    [500, 'in_doubt'],
    [503, 'in_doubt'],
  ])('of which an unsigned %i speaks is %s', async (code, kind) => {
    const body = '{"httpCode":"x","moreInformation":"No such client"}';
    expect(await transfer(answered(body, code, 'application/json'))).toMatchObject({ error: { kind } });
  });

  it('of which an unsigned page speaks well is in doubt', async () => {
    const body = JSON.stringify({ TransferPaymentResponse: { TransferPaymentResponseBody: done(transferData) } });
    for (const type of ['application/json', 'application/jose', 'text/html']) {
      expect(await transfer(answered(body, 200, type))).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    }
  });
});

describe('what became of a payment', () => {
  it.each([
    ['PENDING', 'accepted'],
    ['IN PROCESS', 'accepted'],
    ['PARKED_FOR_AUDIT', 'accepted'],
    ['', 'accepted'],
    ['constructor', 'accepted'],
    ['PROCESSED', 'paid'],
    [' processed ', 'paid'],
    ['REJECTED', 'failed'],
    ['Return', 'returned'],
    ['RETURNED', 'returned'],
  ])('%j is %s', async (word, state) => {
    const read = await status(found({ transactionStatus: word, chargeAmount: '5.90' }));
    const isOver = state === 'paid' || state === 'returned';
    const isBad = state === 'failed' || state === 'returned';
    expect(read).toEqual({
      ok: true,
      value: {
        reference: REFERENCE,
        providerId: 'pay_1',
        state,
        utr: 'UTIBN26325000001',
        bookedOn: isOver ? '2026-11-21' : null,
        failure: isBad ? { reason: 'declined', text: 'Credited to the beneficiary' } : null,
        chargesPaise: 5_90n,
      },
    });
  });

  it.each([
    ['INSUFFICIENT_FUNDS', 'insufficient_funds'],
    ['LIMIT_EXCEEDED', 'limit_exceeded'],
    ['INVALID_IFSC', 'invalid_account'],
    ['BENEFICIARY_BANK_OFFLINE', 'bank_offline'],
    ['E_4711', 'declined'],
    [null, 'declined'],
  ])('it failed for %s: %s', async (responseCode, reason) => {
    const read = await status(found({ transactionStatus: 'REJECTED', responseCode }));
    expect(read).toMatchObject({ ok: true, value: { state: 'failed', failure: { reason } } });
  });

  it('the bank has never heard of it', async () => {
    const read = await status(told(refusedFor('TRANSACTION_NOT_FOUND')));
    expect(read).toMatchObject({ ok: true, value: { state: 'unknown_there', reference: REFERENCE } });
  });

  it.each([
    ['an empty list', done({ CUR_TXN_ENQ: [] })],
    ['no list', done(null)],
    ['another payment', done({ CUR_TXN_ENQ: [{ ...transaction, crn: 'OTHER1' }] })],
    ['two', done({ CUR_TXN_ENQ: [transaction, transaction] })],
    ['a reason that nobody knows', refusedFor('E_4711')],
    ['not found, but done', { ...done(null), responseCode: 'TRANSACTION_NOT_FOUND' }],
  ])('%s says nothing of it', async (_what, body) => {
    expect(await status(told(body))).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it('a UTR or day that is missing or odd is none, and no reason to lose the rest', async () => {
    const read = await status(found({ utrNo: ' ', processingDate: 'soon' }));
    expect(read).toMatchObject({ ok: true, value: { state: 'paid', utr: null, bookedOn: null } });
  });
});

describe('a balance', () => {
  it('is of the time at which the bank signed it', async () => {
    const read = await balance(answer('GetAccountBalance', done({ ...balanceData, ledgerBalance: '-0.05' })));
    expect(read).toEqual({ ok: true, value: { availablePaise: 1_00n, currentPaise: -5n, at: NOW } });
  });

  it('may come as numbers, of which every figure counts', async () => {
    const body = `{"status":"S","message":"","data":{"corpAccNum":"${ACCOUNT}","availableBalance":900719925474099.93}}`;
    const read = await balance(answer('GetAccountBalance', body));
    expect(read).toMatchObject({ ok: true, value: { availablePaise: 90_071_992_547_409_993n, currentPaise: null } });
  });

  it.each([
    ['of another account', { corpAccNum: '914020013977039' }],
    ['with three decimals', { availableBalance: '1.001' }],
    ['as an exponent', { availableBalance: '1e2' }],
    ['of nothing', { availableBalance: '' }],
    ['in dollars', { currency: 'USD' }],
  ])('%s is not used', async (_what, change) => {
    const read = await balance(answer('GetAccountBalance', done({ ...balanceData, ...change })));
    expect(read).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it.each([
    ['ACCOUNT_NOT_PERMITTED', 'business'],
    ['INVALID_REQUEST', 'validation'],
    ['SERVICE_UNAVAILABLE', 'unavailable'],
    ['E_4711', 'contract'],
  ])('refused for %s is %s', async (code, kind) => {
    const read = await balance(answer('GetAccountBalance', refusedFor(code)));
    expect(read).toMatchObject({ ok: false, error: { kind } });
  });

  it.each([
    [401, 'auth'],
    [429, 'rate_limited'],
    [400, 'validation'],
    [500, 'unavailable'],
    [200, 'contract'],
  ])('of which an unsigned %i speaks is %s', async (code, kind) => {
    expect(await balance(answered('{}', code, 'application/json'))).toMatchObject({ ok: false, error: { kind } });
  });
});

describe('a statement', () => {
  const line = { transactionDate: '2026-11-05', particulars: ' x ', crDr: 'D', amount: '25001', balance: '-1.50' };
  const data = { corpAccNum: ACCOUNT, pageNo: '1', hasMore: 'N', transactions: [line] };
  const page = (change: object) => answer('GetAccountStatement', done({ ...data, ...change }));

  it('is what the bank says', async () => {
    const credit = { ...line, crDr: 'C', amount: '0.10', referenceNo: 'R1', chequeNo: '', valueDate: '2026-11-04' };
    const given = page({ hasMore: 'Y', openingBalance: '5', closingBalance: '4.1', transactions: [line, credit] });
    const nothing = { valueDate: null, reference: null, chequeNo: null };
    const same = { date: '2026-11-05', narration: 'x', balancePaise: -1_50n };
    expect(await statement(given)).toEqual({
      ok: true,
      value: {
        openingPaise: 5_00n,
        closingPaise: 4_10n,
        nextPage: '2',
        entries: [
          { ...same, ...nothing, debitPaise: 25_001_00n, creditPaise: 0n },
          { ...same, ...nothing, reference: 'R1', valueDate: '2026-11-04', debitPaise: 0n, creditPaise: 10n },
        ],
      },
    });
  });

  it('ends with its last page, and no page is taken for another', async () => {
    expect(await statement(page({ pageNo: '3' }), '3')).toMatchObject({ ok: true, value: { nextPage: null } });
    expect(await statement(page({ pageNo: '3', hasMore: 'Y' }), '3')).toMatchObject({ value: { nextPage: '4' } });
    expect(await statement(page({ pageNo: '2' }), '3')).toMatchObject({ error: { kind: 'contract' } });
    expect(await statement(page({ pageNo: '2' }))).toMatchObject({ error: { kind: 'contract' } });
  });

  it('comes oldest first', async () => {
    const days = ['09', '09', '02'].map((day, at) => ({
      ...line,
      transactionDate: `2026-11-${day}`,
      particulars: `n${at}`,
    }));
    const read = await statement(page({ transactions: days }));
    expect(read.ok && read.value.entries.map(({ narration }) => narration)).toEqual(['n2', 'n1', 'n0']);
  });

  it.each([
    ['of another account', { corpAccNum: '914020013977039' }],
    ['with a day outside', { transactions: [{ ...line, transactionDate: '2026-12-01' }] }],
    ['with a line of nothing', { transactions: [{ ...line, amount: '0.00' }] }],
    ['with an amount below zero', { transactions: [{ ...line, amount: '-1' }] }],
    ['with a line of no side', { transactions: [{ ...line, crDr: 'X' }] }],
    ['without lines', { transactions: undefined }],
  ])('%s is not used', async (_what, change) => {
    expect(await statement(page(change))).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });
});
