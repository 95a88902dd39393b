import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testFolder } from '../../../shared/engine/testing.ts';
import type { BankAnswer, BankLink, BankSending } from '../../../shared/ports/bank-link.ts';
import { noBanks } from './no-banks.fixture.ts';
import { sentOnce, sentRecordAt } from './sent-once.ts';

const { folder, remove } = testFolder();
afterAll(remove);
const orderId = '018f0000-0000-7000-8000-0000000000a1';

const sending = (fence: number): BankSending => ({
  ...{ orderId, batchId: orderId, fence, reference: `R${fence}`, debitAccount: '1', debitIfsc: 'ICIC0000011' },
  ...{ beneficiaryName: 'B', beneficiaryAccount: '2', beneficiaryIfsc: 'HDFC0001234' },
  ...{ amountPaise: 5n, mode: 'neft', purpose: 'P', notAfter: 100 },
});
const clock = { now: () => 100 };
const codes = (answers: readonly BankAnswer[]) =>
  answers.map((one) => `${one.fence} ${one.kind === 'in_doubt' ? one.refusal.code : one.kind}`).sort();

test('what was let out once is never let out again, also by the desk that is started anew', async () => {
  const file = path.join(folder, 'a', 'sent');
  const out: number[] = [];
  const link: BankLink = {
    ...noBanks,
    send: async (_account, sendings) => {
      out.push(...sendings.map(({ fence }) => fence));
      if (out.length === 1) throw new Error('the cable was pulled');
      return [];
    },
  };
  const first = sentOnce(link, sentRecordAt(file), clock);
  expect(codes(await first.send('x', [sending(1)]))).toEqual(['1 PAYMENT_IN_DOUBT']);
  expect(codes(await first.send('x', [sending(1), sending(2), sending(2)]))).toEqual([
    ...['1 PAYMENT_SENT_BEFORE', '2 PAYMENT_IN_DOUBT', '2 PAYMENT_SENT_BEFORE'],
  ]);
  // A crash in the middle of a line.
  fs.appendFileSync(file, `${orderId} 3`.slice(0, 20));
  const second = sentOnce(link, sentRecordAt(file), clock);
  const answers = await second.send('x', [sending(1), sending(2), sending(3)]);
  expect(codes(answers)).toEqual(['1 PAYMENT_SENT_BEFORE', '2 PAYMENT_SENT_BEFORE', '3 PAYMENT_IN_DOUBT']);
  const third = sentOnce(link, sentRecordAt(file), clock);
  expect(codes(await third.send('x', [sending(3)]))).toEqual(['3 PAYMENT_SENT_BEFORE']);
  expect(out).toEqual([1, 2, 3]);
});

test('what cannot be written down is not sent', async () => {
  const link: BankLink = { ...noBanks, send: () => Promise.reject(new Error('it was sent')) };
  const full = {
    has: () => false,
    add: () => {
      throw new Error('ENOSPC');
    },
  };
  expect(codes(await sentOnce(link, full, clock).send('x', [sending(1)]))).toEqual(['1 PAYMENT_NOT_GUARDED']);
});

test('what waited too long does not go out any more', async () => {
  const link: BankLink = { ...noBanks, send: () => Promise.reject(new Error('it was sent')) };
  const record = sentRecordAt(path.join(folder, 'b', 'sent'));
  const late = sentOnce(link, record, { now: () => 101 });
  expect(codes(await late.send('x', [sending(1)]))).toEqual(['1 PAYMENT_TOO_LATE']);
  expect(record.has(`${orderId} 1`)).toBe(false);
});
