import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Id } from '../../../kernel/ids.ts';
import type { Result } from '../../../kernel/result.ts';
import type { PaymentInstruction, StatementPage } from '../../_kit/bank.ts';
import type { EmulatorSetup } from '../../_kit/emulator.ts';
import type { ConnectorProblem } from '../../_kit/problem.ts';
import { EmulatorCaller } from '../../_kit/testing/emulator-caller.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import type { VerifiedEvent } from '../../_kit/webhook.ts';
import { icici } from './connector.ts';
import { emulator, type IciciEmulator } from './emulator.ts';

let open: EmulatorCaller<IciciEmulator> | undefined;
const start = async (setup: Partial<EmulatorSetup> = {}, hasCertificate = true) => {
  open = await EmulatorCaller.start<IciciEmulator>(icici, emulator, setup, hasCertificate);
  return open;
};
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

const accountNumber = '012345678901';
const today = { accountNumber, from: '2026-06-15', to: '2026-06-15', page: null };
const enquiry = ({ orderId, reference, debitAccount }: PaymentInstruction, providerId: string | null = null) => ({
  ...{ orderId, reference, debitAccount, providerId, batchId: null },
});

async function allLines(caller: EmulatorCaller<IciciEmulator>, period = today) {
  const entries = [];
  const sizes: number[] = [];
  let page: string | null = null;
  do {
    const read: Result<StatementPage, ConnectorProblem> = await caller.call(icici.statement, { ...period, page });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    entries.push(...read.value.entries);
    sizes.push(read.value.entries.length);
    page = read.value.nextPage;
  } while (page !== null);
  return { entries, sizes };
}

test('a payment from the first word to the line of the statement, and back when it is returned', async () => {
  const caller = await start();
  const payment = somePayment();
  const told = await caller.call(icici.pay, payment);
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  const { providerId } = told.value;
  expect(told.value).toMatchObject({ state: 'accepted', reference: payment.reference, utr: null });
  // What is promised is no longer free, and is still in the books.
  expect(await caller.call(icici.balance, { accountNumber })).toMatchObject({
    value: { availablePaise: 50_00_000_00n - 1_25_000_50n, currentPaise: 50_00_000_00n },
  });
  expect(await caller.call(icici.enquire, enquiry(payment, providerId))).toMatchObject({
    value: { state: 'accepted' },
  });
  expect(await allLines(caller)).toMatchObject({ entries: [] });

  const { utr } = caller.emulator.bank.settle(providerId ?? '');
  expect(utr).toMatch(/^ICICN26166\d{6}$/);
  const paid = { state: 'paid', utr, bookedOn: '2026-06-15', failure: null };
  expect(await caller.call(icici.enquire, enquiry(payment, providerId))).toMatchObject({ value: paid });

  caller.clock.advance(60_000);
  caller.emulator.bank.return(providerId ?? '');
  expect(await caller.call(icici.enquire, enquiry(payment))).toMatchObject({
    value: { state: 'returned', utr, failure: { reason: 'invalid_account' } },
  });
  const { entries } = await allLines(caller);
  expect(entries).toMatchObject([
    {
      narration: `INF/NEFT/${utr}/SBIN0000300/MN0000000001/DECCAN LAB SUPPLIES`,
      ...{ reference: utr, debitPaise: 1_25_000_50n, balancePaise: 50_00_000_00n - 1_25_000_50n },
    },
    {
      narration: `RTN/NEFT/${utr}/SBIN0000300/MN0000000001/DECCAN LAB SUPPLIES/Account closed`,
      ...{ reference: utr, creditPaise: 1_25_000_50n, balancePaise: 50_00_000_00n },
    },
  ]);
});

test('what the bank declines moves no money and is never heard of', async () => {
  const caller = await start();
  const refused = async (change: Partial<PaymentInstruction>) => {
    const payment = somePayment({ orderId: caller.id(), ...change });
    const told = await caller.call(icici.pay, payment);
    expect(await caller.call(icici.enquire, enquiry(payment))).toMatchObject({ value: { state: 'unknown_there' } });
    return told.ok ? told.value.state : [told.error.kind, told.error.code];
  };
  expect(await refused({ amountPaise: 50_00_000_01n })).toEqual(['business', 'BANK_INSUFFICIENT_FUNDS']);
  for (const [reason, code] of [
    ['invalid_account', 'BANK_INVALID_ACCOUNT'],
    ['limit_exceeded', 'BANK_LIMIT_EXCEEDED'],
    ['bank_offline', 'BANK_OFFLINE'],
    ['declined', 'BANK_DECLINED'],
  ] as const) {
    caller.emulator.bank.refusals.set('000987654321', reason);
    expect(await refused({})).toEqual(['business', code]);
  }
  expect(await refused({ debitAccount: '999999999999' })).toEqual(['business', 'BANK_ACCOUNT_UNKNOWN']);
  expect(caller.emulator.instructions()).toEqual([]);
});

test('the same order sent again is taken once, and what became of it is in doubt until it is asked for', async () => {
  const caller = await start();
  const payment = somePayment();
  expect(await caller.call(icici.pay, payment)).toMatchObject({ ok: true });
  for (const again of [payment, { ...payment, amountPaise: 1_00n }]) {
    const told = await caller.call(icici.pay, again);
    expect(told).toMatchObject({ error: { kind: 'in_doubt', code: 'BANK_DUPLICATE_REFERENCE' } });
  }
  expect(caller.emulator.instructions()).toHaveLength(1);
  expect(await caller.call(icici.enquire, enquiry(payment))).toMatchObject({ value: { state: 'accepted' } });
});

test('a failed payment says why, and gives the money free again', async () => {
  const caller = await start();
  const payment = somePayment({ amountPaise: 3_00_000_00n, mode: 'rtgs' });
  const told = await caller.call(icici.pay, payment);
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  caller.emulator.bank.fail(told.value.providerId ?? '', 'bank_offline', 'Beneficiary bank is offline');
  expect(await caller.call(icici.enquire, enquiry(payment))).toMatchObject({
    value: { state: 'failed', utr: null, bookedOn: null, failure: { reason: 'bank_offline' } },
  });
  const balance = await caller.call(icici.balance, { accountNumber });
  expect(balance).toMatchObject({ value: { availablePaise: 50_00_000_00n, currentPaise: 50_00_000_00n } });
});

test.each([
  [0, [0]],
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [250, [100, 100, 50]],
])('a statement of %i lines comes in pages and whole', async (count, sizes) => {
  const caller = await start();
  for (let line = 0; line < count; line += 1) {
    caller.emulator.bank.addLine(accountNumber, { narration: `FEE ${line}`, creditPaise: BigInt(line) + 1n });
  }
  const read = await allLines(caller);
  expect(read.sizes).toEqual(sizes);
  expect(read.entries.map(({ narration }) => narration)).toEqual(Array.from({ length: count }, (_, at) => `FEE ${at}`));
  const total = (BigInt(count) * (BigInt(count) + 1n)) / 2n;
  if (count > 0) expect(read.entries.at(-1)?.balancePaise).toBe(50_00_000_00n + total);
});

test('lines that come in while a statement is read are taken with it', async () => {
  const caller = await start();
  for (let line = 0; line < 101; line += 1) caller.emulator.bank.addLine(accountNumber, { creditPaise: 5n });
  const first = await caller.call(icici.statement, today);
  caller.emulator.bank.addLine(accountNumber, { debitPaise: 7n });
  const page = first.ok ? first.value.nextPage : null;
  expect(await caller.call(icici.statement, { ...today, page })).toMatchObject({
    value: { entries: [{ creditPaise: 5n }, { debitPaise: 7n }], nextPage: null },
  });
  // One that is booked further up moves every line behind it: read the statement again.
  caller.emulator.bank.addLine(accountNumber, { date: '2026-06-15', creditPaise: 1n });
  const from = { ...today, from: '2026-06-14' };
  const again = await caller.call(icici.statement, from);
  caller.emulator.bank.addLine(accountNumber, { date: '2026-06-14', creditPaise: 1n });
  const next = again.ok ? again.value.nextPage : null;
  expect(await caller.call(icici.statement, { ...from, page: next })).toMatchObject({
    error: { kind: 'contract' },
  });
});

test('who has no certificate is not let in, and who has no token or another secret gets nothing', async () => {
  const caller = await start();
  expect(await caller.call(icici.balance, { accountNumber })).toMatchObject({ ok: true });
  caller.clock.advance(3_600_000);
  expect(await caller.call(icici.balance, { accountNumber })).toMatchObject({ error: { kind: 'auth' } });
  caller.forgetToken();
  expect(await caller.call(icici.balance, { accountNumber })).toMatchObject({ ok: true });
  expect(caller.emulator.tokensIssued).toBe(2);
  caller.forgetToken();
  caller.secrets = { clientSecret: 'another' };
  expect(await caller.call(icici.pay, somePayment())).toMatchObject({ error: { kind: 'auth' } });
  expect(caller.emulator.instructions()).toEqual([]);
  await caller.stop();
  const bare = await start({}, false);
  await expect(bare.call(icici.balance, { accountNumber })).rejects.toThrow();
  expect(bare.emulator.requests).toEqual([]);
});

/** Stands for our server: takes what comes and verifies it as the connector says. */
async function webhookServer(secret: string, now: () => number, allowsNoTime = false) {
  const events: VerifiedEvent[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Readonly<Record<string, string>>;
      const raw = new Uint8Array(Buffer.concat(chunks));
      void icici.webhook?.verify(raw, headers, [{ secret, allowsNoTime }], now()).then((read) => {
        if (read.ok) events.push(read.value);
        else refused.push(read.error.code);
        response.writeHead(read.ok && request.url === icici.webhook?.path ? 200 : 401).end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, events, refused, stop: () => server.close() };
}

test('messages tell of what was paid, came back or failed, twice or out of order, under the same name', async () => {
  const caller = await start();
  const pay = async (reference: string): Promise<Id> => {
    const told = await caller.call(icici.pay, somePayment({ orderId: caller.id(), reference }));
    return told.ok ? (told.value.providerId ?? '') : '';
  };
  const [good, bad] = [await pay('MN1'), await pay('MN2')];
  const { webhookSecret = '' } = emulator.secrets;
  const server = await webhookServer(webhookSecret, () => caller.clock.now());
  caller.emulator.bank.settle(good);
  caller.emulator.bank.fail(bad, 'invalid_account', 'Beneficiary account is closed');
  caller.emulator.bank.return(good);
  await caller.emulator.notices.deliver(server.address, { copies: 2, order: 'backwards' });
  expect(server.refused).toEqual([]);
  expect(server.events).toHaveLength(6);
  expect(new Set(server.events.map(({ eventId }) => eventId)).size).toBe(3);
  expect(server.events.map(({ news }) => [news.providerId, news.state])).toEqual([
    ...[
      [good, 'returned'],
      [good, 'returned'],
      [bad, 'failed'],
      [bad, 'failed'],
      [good, 'paid'],
      [good, 'paid'],
    ],
  ]);
  // A message that is kept and sent again later is refused.
  const notice = await caller.emulator.notices.make(caller.emulator.instructions()[0] ?? never());
  const later = caller.clock.now() + 301_000;
  const raw = notice?.body ?? new Uint8Array();
  const replay = await icici.webhook?.verify(
    raw,
    notice?.headers ?? {},
    [{ secret: webhookSecret, allowsNoTime: true }],
    later,
  );
  expect(replay).toMatchObject({ error: { code: 'BANK_WEBHOOK_TIME' } });
  server.stop();
});

test("the document's own messages, without a time, are taken where the key allows it and nowhere else", async () => {
  const caller = await start({ settings: { ...emulator.settings, webhookTime: 'none' } });
  const told = await caller.call(icici.pay, somePayment());
  caller.emulator.bank.settle(told.ok ? (told.value.providerId ?? '') : '');
  const { webhookSecret = '' } = emulator.secrets;
  const [strict, lenient] = [
    await webhookServer(webhookSecret, () => caller.clock.now()),
    await webhookServer(webhookSecret, () => caller.clock.now(), true),
  ];
  await caller.emulator.notices.deliver(strict.address);
  await caller.emulator.notices.deliver(lenient.address);
  expect(strict).toMatchObject({ events: [], refused: ['BANK_WEBHOOK_SIGNATURE'] });
  expect(lenient).toMatchObject({ events: [{ news: { state: 'paid' } }], refused: [] });
  strict.stop();
  lenient.stop();
});

const never = (): never => {
  throw new Error('nothing was paid');
};
