import { expect, test, vi } from 'vitest';
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

test('a day that cannot be says why in words', () => {
  const payment = refusal('PAYMENT_DATE_INVALID', { date: '2026-11-22', reason: 'future' });
  expect(causeOf(payment, 'en')).toBe('The payment date 22-11-2026 cannot be right: it has not come yet.');
  const reversal = refusal('REVERSAL_DATE_INVALID', { date: '2026-11-14', reason: 'before_entry' });
  expect(causeOf(reversal, 'en')).toMatch(/before the entry that is reversed\.$/);
  for (const refused of [payment, reversal]) expect(causeOf(refused, 'hi')).not.toMatch(/[{}]|future|before_entry/);
});
