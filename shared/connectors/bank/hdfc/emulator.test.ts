import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../../kernel/result.ts';
import type { BulkInstruction, PaymentInstruction, StatementPage } from '../../_kit/bank.ts';
import type { EmulatorSetup } from '../../_kit/emulator.ts';
import type { ConnectorProblem } from '../../_kit/problem.ts';
import { EmulatorCaller } from '../../_kit/testing/emulator-caller.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import { hdfc } from './connector.ts';
import { emulator, type HdfcEmulator } from './emulator.ts';

let open: EmulatorCaller<HdfcEmulator> | undefined;
const start = async (setup: Partial<EmulatorSetup> = {}, hasCertificate = true) => {
  open = await EmulatorCaller.start<HdfcEmulator>(hdfc, emulator, setup, hasCertificate);
  return open;
};
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

const accountNumber = '50100123456789';
const debit = { debitAccount: accountNumber, debitIfsc: 'HDFC0000060' };
const today = { accountNumber, from: '2026-06-15', to: '2026-06-15', page: null };
const row = (number: number, change: Partial<PaymentInstruction> = {}): PaymentInstruction =>
  somePayment({ ...debit, reference: `MN${String(number).padStart(10, '0')}`, ...change });
const batchOf = (batchId: string, payments: readonly PaymentInstruction[]): BulkInstruction => ({
  ...{ batchId, ...debit, paymentDate: '2026-06-15', payments },
});
const ask = (batchId: string, { orderId, reference }: PaymentInstruction) => ({
  ...{ orderId, reference, providerId: null, batchId, debitAccount: accountNumber },
});

test('a batch of which one account is closed and one amount too high: the others are paid, each row has its own end', async () => {
  const caller = await start();
  caller.emulator.bank.refusals.set('111122223333', 'invalid_account');
  const rows = [
    row(1, { amountPaise: 2_50_000_29n }),
    row(2, { beneficiaryAccount: '111122223333' }),
    row(3, { amountPaise: 90_00_000_00n }),
    row(4, { amountPaise: 1n }),
  ];
  const batchId = caller.id();
  const told = await caller.call(hdfc.payBulk, batchOf(batchId, rows));
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  expect(told.value.rows).toMatchObject([
    { reference: 'MN0000000001', state: 'accepted' },
    { reference: 'MN0000000002', state: 'failed', failure: { reason: 'invalid_account' } },
    { reference: 'MN0000000003', state: 'failed', failure: { reason: 'insufficient_funds' } },
    { reference: 'MN0000000004', state: 'accepted' },
  ]);
  const [first, , , last] = told.value.rows;
  const { utr } = caller.emulator.bank.settle(first?.providerId ?? '');
  expect(utr).toMatch(/^HDFCR5\d{16}$/);
  caller.emulator.bank.fail(last?.providerId ?? '', 'bank_offline', 'Beneficiary bank is offline');
  const states = [];
  for (const payment of rows) {
    const news = await caller.call(hdfc.enquire, ask(batchId, payment));
    states.push(news.ok ? [news.value.state, news.value.failure?.reason ?? news.value.utr] : news.error);
  }
  expect(states).toEqual([
    ['paid', utr],
    ['failed', 'invalid_account'],
    ['failed', 'insufficient_funds'],
    ['failed', 'bank_offline'],
  ]);
  // Only what was paid has a line, and the balance is that of the last.
  expect(await caller.call(hdfc.statement, today)).toMatchObject({
    value: {
      openingPaise: 80_00_000_00n,
      closingPaise: 77_49_999_71n,
      entries: [
        {
          narration: `RTGS DR-SBIN0000300-DECCAN LAB SUPPLIES-BULK-${utr}-MN0000000001`,
          ...{ reference: utr, debitPaise: 2_50_000_29n, balancePaise: 77_49_999_71n },
        },
      ],
    },
  });
  expect(await caller.call(hdfc.balance, { accountNumber })).toMatchObject({
    value: { currentPaise: 77_49_999_71n },
  });

  caller.emulator.bank.return(first?.providerId ?? '');
  expect(await caller.call(hdfc.enquire, ask(batchId, rows[0] ?? row(1)))).toMatchObject({
    value: { state: 'returned', utr, bookedOn: '2026-06-15', failure: { reason: 'invalid_account' } },
  });
  const after = await caller.call(hdfc.statement, today);
  expect(after.ok ? after.value.entries.map(({ narration }) => narration)[1] : after).toBe(
    `RTGS RETURN-${utr}-DECCAN LAB SUPPLIES-MN0000000001-ACCOUNT CLOSED`,
  );
});

test('the same batch sent again pays nobody twice', async () => {
  const caller = await start();
  const batch = batchOf(caller.id(), [row(1), row(2)]);
  expect(await caller.call(hdfc.payBulk, batch)).toMatchObject({ ok: true });
  const again = await caller.call(hdfc.payBulk, batch);
  expect(again).toMatchObject({ error: { kind: 'in_doubt', code: 'BANK_DUPLICATE_REFERENCE' } });
  expect(caller.emulator.instructions()).toHaveLength(2);
  const unknown = await caller.call(hdfc.enquire, ask(caller.id(), row(1)));
  expect(unknown).toMatchObject({ value: { state: 'unknown_there' } });
});

test('whatever is wrong with the answer to a batch, no row is lost and none is called failed', async () => {
  const caller = await start();
  for (const [fault, inDoubt] of [
    ['count', true],
    ['total', true],
    ['row_strange', true],
    ['row_amount', true],
    ['row_missing', false],
    ['row_twice', false],
  ] as const) {
    caller.emulator.batchFault = fault;
    const batch = batchOf(caller.id(), [row(1), row(2)]);
    const told = await caller.call(hdfc.payBulk, batch);
    if (inDoubt) expect(told, fault).toMatchObject({ error: { kind: 'in_doubt' } });
    else expect(told, fault).toMatchObject({ value: { rows: [{ state: 'accepted' }, { state: 'accepted' }] } });
    const first = await caller.call(hdfc.enquire, ask(batch.batchId, row(1)));
    expect(first, fault).toMatchObject({ error: { kind: 'contract' } });
    caller.emulator.batchFault = null;
    const asked = await caller.call(hdfc.enquire, ask(batch.batchId, row(1)));
    expect(asked).toMatchObject({ value: { state: 'accepted', reference: 'MN0000000001' } });
  }
});

test('what the bank will not take as a whole moves nothing', async () => {
  const caller = await start();
  const send = (change: Partial<BulkInstruction>) =>
    caller.call(hdfc.payBulk, { ...batchOf(caller.id(), [row(1)]), ...change });
  const debitAccount = '999999999999';
  expect(await send({ debitAccount, payments: [row(1, { debitAccount })] })).toMatchObject({
    error: { kind: 'business', code: 'BANK_ACCOUNT_UNKNOWN' },
  });
  expect(await send({ paymentDate: '2026-06-14' })).toMatchObject({ error: { kind: 'validation' } });
  // A total that is not the sum, as no version of this connector writes it.
  const request = await hdfc.payBulk?.request(batchOf(caller.id(), [row(1)]), {
    ...{ settings: {}, secrets: emulator.secrets, accessToken: null, requestId: caller.id(), now: 0 },
  });
  if (request === undefined) throw new Error('no request');
  const text = new TextDecoder().decode(request.body).replace('"totalAmount":125000.50', '"totalAmount":125000.51');
  const answer = await caller.exchange({ ...request, body: new TextEncoder().encode(text) });
  expect(answer.status).toBe(400);
  expect(caller.emulator.instructions()).toEqual([]);
});

test('a key that is not known and a client without a certificate get nothing', async () => {
  const caller = await start();
  caller.secrets = { apiKey: 'another-key' };
  expect(await caller.call(hdfc.balance, { accountNumber })).toMatchObject({ error: { kind: 'auth' } });
  expect(await caller.call(hdfc.payBulk, batchOf(caller.id(), [row(1)]))).toMatchObject({
    error: { kind: 'auth' },
  });
  expect(caller.emulator.instructions()).toEqual([]);
  await caller.stop();
  const bare = await start({}, false);
  await expect(bare.call(hdfc.balance, { accountNumber })).rejects.toThrow();
});

test('of more than a hundred requests in a minute the rest is told to wait', async () => {
  const caller = await start();
  const kinds: string[] = [];
  for (let request = 0; request < 103; request += 1) {
    const told = await caller.call(hdfc.balance, { accountNumber });
    kinds.push(told.ok ? 'given' : `${told.error.kind} ${told.error.retryAfterMs}`);
  }
  expect(kinds.filter((kind) => kind === 'given')).toHaveLength(100);
  expect(kinds.slice(100)).toEqual(Array.from({ length: 3 }, () => 'rate_limited 1000'));
  caller.clock.advance(60_001);
  expect(await caller.call(hdfc.balance, { accountNumber })).toMatchObject({ ok: true });
});

test('a statement of several pages comes together', async () => {
  const caller = await start();
  for (let line = 1; line <= 205; line += 1) {
    caller.emulator.bank.addLine(accountNumber, { narration: `FEE ${line}`, creditPaise: BigInt(line) });
  }
  const sizes: number[] = [];
  let page: string | null = null;
  let closing: bigint | null = null;
  do {
    const read: Result<StatementPage, ConnectorProblem> = await caller.call(hdfc.statement, { ...today, page });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    sizes.push(read.value.entries.length);
    ({ nextPage: page, closingPaise: closing } = read.value);
  } while (page !== null);
  expect(sizes).toEqual([100, 100, 5]);
  expect(closing).toBe(80_00_000_00n + (205n * 206n) / 2n);
  expect(await caller.call(hdfc.statement, { ...today, from: '2026-06-01', to: '2026-06-14' })).toMatchObject({
    value: { entries: [], openingPaise: 80_00_000_00n, closingPaise: 80_00_000_00n, nextPage: null },
  });
});

test('what it took before it was killed is there when it starts again, refused rows too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'munim-hdfc-'));
  try {
    const stateFile = join(folder, 'bank');
    const before = await start({ stateFile });
    before.emulator.bank.refusals.set('111122223333', 'invalid_account');
    const rows = [row(1), row(2, { beneficiaryAccount: '111122223333' })];
    const batchId = before.id();
    expect(await before.call(hdfc.payBulk, batchOf(batchId, rows))).toMatchObject({ ok: true });
    await before.stop();
    const after = await start({ stateFile });
    const states = [];
    for (const payment of rows) {
      const news = await after.call(hdfc.enquire, ask(batchId, payment));
      states.push(news.ok ? news.value.state : news.error);
    }
    expect(states).toEqual(['accepted', 'failed']);
    expect(after.emulator.instructions()).toHaveLength(1);
    expect(await after.call(hdfc.payBulk, batchOf(batchId, rows))).toMatchObject({ error: { kind: 'in_doubt' } });
  } finally {
    await open?.stop();
    open = undefined;
    rmSync(folder, { recursive: true, force: true });
  }
});
