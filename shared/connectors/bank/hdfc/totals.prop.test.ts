import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, parseRupees, sumPaise } from '../../../kernel/money.ts';
import type { BulkInstruction } from '../../_kit/bank.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import { answered, testContext } from '../../_kit/testing/responses.ts';
import { hdfcPayBulk } from './operations.ts';

const context = testContext();
const debit = { debitAccount: '50100123456789', debitIfsc: 'HDFC0000060' };

const anyBatch: fc.Arbitrary<BulkInstruction> = fc
  .array(fc.oneof(fc.bigInt({ min: 1n, max: 999n }), fc.bigInt({ min: 1n, max: 10n ** 15n })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((amounts) => ({
    ...debit,
    batchId: '0199b1c2-7f00-7a11-8b22-5c3d4e5f6a80',
    paymentDate: '2026-06-15',
    payments: amounts.map((amountPaise, index) => somePayment({ ...debit, reference: `MN${index}`, amountPaise })),
  }));

const paise = (digits: string | undefined): bigint => {
  const read = parseRupees(digits ?? '');
  if (!read.ok) throw new Error(read.error);
  return read.value;
};

test('the total of a batch is the sum of its rows to the paisa, and each row has its amount', () => {
  fc.assert(
    fc.property(anyBatch, (batch) => {
      const request = hdfcPayBulk.request(hdfcPayBulk.input.parse(batch), context);
      if (request instanceof Promise) throw new Error('not at once');
      const text = new TextDecoder().decode(request.body);
      const amounts = [...text.matchAll(/"amount":([\d.]+)/g)].map(([, digits]) => paise(digits));
      expect(amounts).toEqual(batch.payments.map(({ amountPaise }) => amountPaise));
      expect(paise(/"totalAmount":([\d.]+)/.exec(text)?.[1])).toBe(sumPaise(amounts));
    }),
  );
});

/** The answer to a batch, written without the connector. */
const answerTo = ({ batchId, payments }: BulkInstruction, total: bigint, order: readonly number[]): string => {
  const rows = order.map((at) => {
    const payment = payments[at];
    if (payment === undefined) throw new Error('no row');
    return `{"employeeId":"${payment.reference}","amount":${decimalText(payment.amountPaise)},"status":"${at % 2 === 0 ? 'SUCCESS' : 'FAILED'}"}`;
  });
  return `{"batchId":"${batchId}","totalCount":${payments.length},"totalAmount":${decimalText(total)},"payments":[${rows.join(',')}]}`;
};

test('rows are found by their reference in whatever order they come, and none is dropped', () => {
  const shuffled = anyBatch.chain((batch) =>
    fc.shuffledSubarray(batch.payments.map((_, index) => index)).map((order) => ({ batch, order })),
  );
  fc.assert(
    fc.property(shuffled, ({ batch, order }) => {
      const total = sumPaise(batch.payments.map(({ amountPaise }) => amountPaise));
      const read = hdfcPayBulk.response(answered(200, answerTo(batch, total, order)), batch, context);
      if (read instanceof Promise || !read.ok) throw new Error(JSON.stringify(read));
      const expected = batch.payments.map(({ reference }, index) => ({
        reference,
        state: order.includes(index) ? (index % 2 === 0 ? 'paid' : 'failed') : 'accepted',
      }));
      expect(read.value.rows.map(({ reference, state }) => ({ reference, state }))).toEqual(expected);
    }),
  );
});

test('a total that is off by any paisa leaves the whole batch in doubt', () => {
  fc.assert(
    fc.property(anyBatch, fc.bigInt({ min: -100n, max: 100n }), (batch, off) => {
      const total = sumPaise(batch.payments.map(({ amountPaise }) => amountPaise));
      fc.pre(off !== 0n && total + off > 0n);
      const order = batch.payments.map((_, index) => index);
      const read = hdfcPayBulk.response(answered(200, answerTo(batch, total + off, order)), batch, context);
      expect(read).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    }),
  );
});
