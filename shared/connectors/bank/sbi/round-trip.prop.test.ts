import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText, type Paise } from '../../../kernel/money.ts';
import { anyPaise, dayBetween } from '../../../testing/arbitraries.ts';
import { sbiBalance, sbiStatement } from './operations.ts';
import { ACCOUNT, answerOf, balanceXml, contextOf, statementXml } from './testing.ts';

/** As banks write the same amount: with both decimals, with those that are needed, or with none. */
const writings = (paise: Paise): readonly string[] => {
  const both = decimalText(paise);
  return [both, both.replace(/0$/, ''), both.replace(/\.?0+$/, (end) => (end.startsWith('.') ? '' : end))].filter(
    (text) => !text.endsWith('.'),
  );
};
/** A quadrillion rupees less a paisa: what 17 digits hold. */
const wirePaise = anyPaise.filter((paise) => paise < 10n ** 17n && paise > -(10n ** 17n));
const movedPaise = fc.oneof(fc.bigInt({ min: 1n, max: 300n }), fc.bigInt({ min: 1n, max: 10n ** 17n - 1n }));

it('a balance is what was written, to the paisa', async () => {
  await fc.assert(
    fc.asyncProperty(wirePaise, wirePaise, async (available, ledger) => {
      for (const availableBalance of writings(available)) {
        const xml = balanceXml({ availableBalance, ledgerBalance: decimalText(ledger) });
        const read = await sbiBalance.response(answerOf(xml), { accountNumber: ACCOUNT }, contextOf());
        expect(read).toMatchObject({ ok: true, value: { availablePaise: available, currentPaise: ledger } });
      }
    }),
  );
});

const wireLine = fc.record({
  date: dayBetween('2026-04-01', 364),
  paise: movedPaise,
  isDebit: fc.boolean(),
  balance: wirePaise,
  narration: fc.string({ unit: fc.constantFrom(...'ABab09 &<>"\'/-श्री€'), maxLength: 60 }),
});
const asXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

it('the lines of a statement are what was written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wireLine, { maxLength: 12 }), async (given) => {
      const lines = given.toSorted((one, other) => one.date.localeCompare(other.date));
      const written = lines.map(({ date, paise, isDebit, balance, narration }) => ({
        transactionDate: date,
        description: asXml(narration),
        direction: isDebit ? 'DEBIT' : 'CREDIT',
        amount: decimalText(paise),
        balance: decimalText(balance),
      }));
      const asked = { accountNumber: ACCOUNT, from: '2026-04-01', to: '2027-03-31', page: null };
      const read = await sbiStatement.response(answerOf(statementXml(written)), asked, contextOf());
      const entries = lines.map(({ date, paise, isDebit, balance, narration }) => ({
        date,
        narration: narration.trim(),
        debitPaise: isDebit ? paise : 0n,
        creditPaise: isDebit ? 0n : paise,
        balancePaise: balance,
      }));
      expect(read).toMatchObject({ ok: true, value: { entries } });
    }),
  );
});
