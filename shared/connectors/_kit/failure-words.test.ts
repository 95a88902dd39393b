import { expect, test } from 'vitest';
import { failureOf } from './failure-words.ts';

const reasonOf = (code: string | null, text = ''): string => failureOf(code, text).reason;

test('the codes of the contract, in small letters or not, and as the words of a webhook', () => {
  for (const [code, reason] of [
    ['insufficient_funds', 'insufficient_funds'],
    ['INVALID_ACCOUNT', 'invalid_account'],
    ['INVALID_IFSC', 'invalid_account'],
    ['daily_limit_exceeded', 'limit_exceeded'],
    ['BANK_OFFLINE', 'bank_offline'],
    ['PAYMENT_DECLINED', 'declined'],
    ['__proto__', 'declined'],
    ['constructor', 'declined'],
  ] as const) {
    expect(reasonOf(code), code).toBe(reason);
    expect(reasonOf(null, code), code).toBe(reason);
  }
});

test.each([
  ['Insufficient balance in account', 'insufficient_funds'],
  ['INSUFFICIENT  FUNDS', 'insufficient_funds'],
  ['Insufficient details of the remitter', 'declined'],
  ['Beneficiary account is closed', 'invalid_account'],
  ['Account does not exist', 'invalid_account'],
  ['Invalid beneficiary A/C', 'invalid_account'],
  ['IFSC not found', 'invalid_account'],
  ['No such account', 'invalid_account'],
  ['The limit of the day is exceeded', 'limit_exceeded'],
  ['Transfer exceeds the limit of the account', 'limit_exceeded'],
  ['Beneficiary bank is offline', 'bank_offline'],
  ["Beneficiary's bank not available", 'bank_offline'],
  // Ours may be meant, and then sending it again by itself helps nobody.
  ['Bank is offline', 'declined'],
  ['Account number of the remitter is in order', 'declined'],
  ['', 'declined'],
])('%s', (text, reason) => {
  expect(reasonOf(null, text)).toBe(reason);
});

test('a code says more than words, and what is said is kept without control characters and long numbers', () => {
  expect(reasonOf('BANK_OFFLINE', 'Account closed')).toBe('bank_offline');
  expect(reasonOf('E-17', 'Account closed')).toBe('invalid_account');
  expect(failureOf(null, 'Account 000987654321\r\n\u202e is\u0000 closed').text).toBe('Account …4321 is closed');
  expect(failureOf('E-17', '').text).toBe('E-17');
  expect(failureOf(null, 'x'.repeat(5_000)).text.length).toBeLessThan(300);
});
