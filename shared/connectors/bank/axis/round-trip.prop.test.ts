import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText } from '../../../kernel/money.ts';
import { anyPaise, dayBetween } from '../../../testing/arbitraries.ts';
import { axisBalance, axisStatement } from './operations.ts';
import { ACCOUNT, answer, contextOf } from './testing.ts';

/** What fifteen digits of rupees hold. */
const wirePaise = anyPaise.filter((paise) => paise < 10n ** 17n && paise > -(10n ** 17n));
const movedPaise = fc.oneof(fc.bigInt({ min: 1n, max: 300n }), fc.bigInt({ min: 1n, max: 10n ** 17n - 1n }));
/** As text, or as a number of JSON with the same figures. */
const written = fc.constantFrom(
  (figures: string) => `"${figures}"`,
  (figures: string) => figures,
);
const signed = (data: string): string => `{"status":"S","message":"","responseCode":null,"data":${data}}`;

it('a balance is what was written, to the paisa', async () => {
  await fc.assert(
    fc.asyncProperty(wirePaise, wirePaise, written, async (available, ledger, write) => {
      const amounts = `"availableBalance":${write(decimalText(available))},"ledgerBalance":${write(decimalText(ledger))}`;
      const response = answer('GetAccountBalance', signed(`{"corpAccNum":"${ACCOUNT}",${amounts}}`));
      const read = await axisBalance.response(response, { accountNumber: ACCOUNT }, contextOf());
      expect(read).toMatchObject({ ok: true, value: { availablePaise: available, currentPaise: ledger } });
    }),
    { numRuns: 60 },
  );
});

const wireLine = fc.record({
  date: dayBetween('2026-04-01', 364),
  paise: movedPaise,
  isDebit: fc.boolean(),
  balance: wirePaise,
  narration: fc.string({ unit: 'grapheme', maxLength: 40 }),
});

it('the lines of a statement are what was written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wireLine, { maxLength: 12 }), written, async (given, write) => {
      const lines = given.toSorted((one, other) => one.date.localeCompare(other.date));
      const transactions = lines.map(({ date, paise, isDebit, balance, narration }) => {
        const amounts = `"amount":${write(decimalText(paise))},"balance":${write(decimalText(balance))}`;
        const rest = { transactionDate: date, particulars: narration, crDr: isDebit ? 'D' : 'C' };
        return JSON.stringify(rest).replace(/}$/, () => `,${amounts}}`);
      });
      const head = `"corpAccNum":"${ACCOUNT}","pageNo":"1","hasMore":"N"`;
      const response = answer('GetAccountStatement', signed(`{${head},"transactions":[${transactions.join(',')}]}`));
      const asked = { accountNumber: ACCOUNT, from: '2026-04-01', to: '2027-03-31', page: null };
      const read = await axisStatement.response(response, asked, contextOf());
      const entries = lines.map(({ date, paise, isDebit, balance, narration }) => ({
        date,
        narration: narration.trim(),
        debitPaise: isDebit ? paise : 0n,
        creditPaise: isDebit ? 0n : paise,
        balancePaise: balance,
      }));
      expect(read).toMatchObject({ ok: true, value: { entries } });
    }),
    { numRuns: 60 },
  );
});
