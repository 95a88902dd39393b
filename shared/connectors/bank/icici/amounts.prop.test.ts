import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, PAISE_MAX } from '../../../kernel/money.ts';
import { anyPaise } from '../../../testing/arbitraries.ts';
import { somePayment } from '../../_kit/testing/payments.ts';
import { answered, testContext } from '../../_kit/testing/responses.ts';
import { iciciBalance, iciciPay, iciciStatement } from './operations.ts';

const context = testContext();
const paid = fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 1n, max: PAISE_MAX }));

test('the amount of any payment stands on the wire with every paisa', () => {
  fc.assert(
    fc.property(paid, (amountPaise) => {
      const payment = iciciPay.input.parse(somePayment({ amountPaise }));
      const request = iciciPay.request(payment, context);
      if (request instanceof Promise) throw new Error('not at once');
      const written = /"amount":([^,]+),/.exec(new TextDecoder().decode(request.body))?.[1];
      expect(written).toBe(decimalText(amountPaise));
    }),
  );
});

test('any balance comes back to the paisa', () => {
  fc.assert(
    fc.property(anyPaise, anyPaise, (available, current) => {
      const body = `{"accountNumber":"012345678901","accountType":"Current","currency":"INR","availableBalance":${decimalText(available)},"currentBalance":${decimalText(current)},"timestamp":"2026-06-15T10:30:00Z"}`;
      const read = iciciBalance.response(answered(200, body), { accountNumber: '012345678901' }, context);
      expect(read).toMatchObject({ ok: true, value: { availablePaise: available, currentPaise: current } });
    }),
  );
});

test('any line of a statement comes back to the paisa', () => {
  fc.assert(
    fc.property(fc.boolean(), paid, fc.bigInt({ min: -PAISE_MAX, max: PAISE_MAX }), (isDebit, amount, balance) => {
      const line = `{"transactionId":"T1","date":"2026-06-14","type":"${isDebit ? 'DEBIT' : 'CREDIT'}","amount":${decimalText(amount)},"balance":${decimalText(balance)},"reference":"R","description":"D","chequeNumber":null}`;
      const body = `{"transactions":[${line}],"pagination":{"currentPage":1,"totalPages":1,"totalRecords":1}}`;
      const asked = { accountNumber: '012345678901', from: '2026-06-14', to: '2026-06-14', page: null };
      const [debitPaise, creditPaise] = isDebit ? [amount, 0n] : [0n, amount];
      expect(iciciStatement.response(answered(200, body), asked, context)).toMatchObject({
        ok: true,
        value: {
          openingPaise: balance - creditPaise + debitPaise,
          closingPaise: balance,
          entries: [{ debitPaise, creditPaise, balancePaise: balance }],
        },
      });
    }),
  );
});
