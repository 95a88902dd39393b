import { expect, test, vi } from 'vitest';
import { bankRuleReasons, matchReasons, statementReasons } from '../../shared/domain/reconciliation/reasons.ts';
import { refusal } from '../../shared/kernel/errors.ts';
import type { Language } from '../i18n/language.ts';
import { errorText } from './error-text.ts';

// The texts ask which language the person chose; here it is always given.
vi.mock('../state/preferences.ts', () => ({ usePreferences: () => 'en' }));

const causeOf = ({ code, details }: ReturnType<typeof refusal>, language: Language): string =>
  errorText(code, details, language).cause;

test('a budget that does not suffice names its category in the language of the person', () => {
  const names = { category: 'Office Supplies', categoryHi: 'कार्यालय सामग्री' };
  const refused = refusal('BUDGET_INSUFFICIENT', { ...names, available: '200000', required: '200001' });
  expect(causeOf(refused, 'en')).toBe('The budget for Office Supplies has ₹2,000.00 left; this needs ₹2,000.01.');
  expect(causeOf(refused, 'hi')).toMatch(/^कार्यालय सामग्री के बजट में ₹2,000\.00/);
});

test('what is wrong with a voucher or the chart is told in words', () => {
  const reasons = ['empty', 'lines', 'amount', 'unknown', 'inactive', 'money', 'needs', 'kind'];
  const fields = ['accountCode', 'vendorId', 'departmentCode', 'fundCode', 'lines', 'reference', 'kind', 'amount'];
  for (const language of ['en', 'hi'] as const) {
    for (const [index, reason] of reasons.entries()) {
      const details = { field: fields[index] ?? '', reason, line: 3 };
      const cause = causeOf(refusal('VOUCHER_INVALID', details), language);
      expect(cause).not.toMatch(/[{}]|[a-z]Code|vendorId/);
      expect(cause).not.toMatch(new RegExp(`: ${reason}[.।]$`));
    }
    for (const reason of ['circle', 'deep', 'needed', 'grant_only', 'order', 'negative', 'format']) {
      const cause = causeOf(refusal('GROUP_INVALID', { field: 'parentCode', reason }), language);
      expect(cause).not.toMatch(new RegExp(`parentCode|: ${reason}[.।]$`));
    }
  }
  const uneven = refusal('VOUCHER_UNBALANCED', { debit: '123456700', credit: '5' });
  expect(causeOf(uneven, 'en')).toBe('Debit ₹12,34,567.00 and credit ₹0.05 differ.');
});

test('a day that cannot be says why in words', () => {
  const payment = refusal('PAYMENT_DATE_INVALID', { date: '2026-11-22', reason: 'future' });
  expect(causeOf(payment, 'en')).toBe('The payment date 22-11-2026 cannot be right: it has not come yet.');
  const reversal = refusal('REVERSAL_DATE_INVALID', { date: '2026-11-14', reason: 'before_entry' });
  expect(causeOf(reversal, 'en')).toMatch(/before the entry that is reversed\.$/);
  for (const refused of [payment, reversal]) expect(causeOf(refused, 'hi')).not.toMatch(/[{}]|future|before_entry/);
});

test('what is wrong with a statement, a match or a rule is told in words, and sums in rupees', () => {
  const all = [
    ...statementReasons.map((reason) => refusal('STATEMENT_INVALID', { reason })),
    ...matchReasons.map((reason) => refusal('MATCH_INVALID', { reason, match: '' })),
    ...bankRuleReasons.map((reason) => refusal('BANK_RULE_INVALID', { field: 'accountCode', reason })),
    refusal('BANK_RULE_INVALID', { field: 'words', reason: 'empty' }),
  ];
  for (const language of ['en', 'hi'] as const) {
    const causes = all.map((refused) => causeOf(refused, language));
    for (const [index, cause] of causes.entries()) {
      expect(cause).not.toMatch(/[{}]|accountCode|The words/);
      expect(cause).not.toMatch(new RegExp(`: ${String(all[index]?.details.reason)}[.।]$`));
      if (language === 'hi') expect(cause).not.toMatch(/[a-z]{3}/);
    }
    expect(new Set(causes).size).toBe(all.length);
  }
  const uneven = refusal('MATCH_UNEQUAL', { match: '', bank: '-98000', books: '-100000' });
  expect(causeOf(uneven, 'en')).toBe('The bank has -₹980.00 and the books have -₹1,000.00.');
});
