import { describe, expect, it } from 'vitest';
import { meetName, narrationWords, partyName } from './names.ts';
import { chequeNumber, referencesOf } from './references.ts';

const strength = (narration: string, name: string) => meetName(narrationWords(narration), partyName(name)).strength;

describe('a name in a narration', () => {
  it.each([
    ['NEFT DR-HDFC0001234-SARASWATI TRADERS-NETBANK, MUM', 'M/s Saraswati Traders Pvt. Ltd.'],
    ['NEFT/N123/SARASWATI SCIEN/PAYMENT', 'Saraswati Scientific Instruments Private Limited'],
    ['UPI/612345678901/sharma rahul/SBIN', 'Rahul Sharma'],
    ['UPI-RAHUL K SHARMA-rahul@ybl', 'Rahul Kumar Sharma'],
    ['UPI-R K SHARMA-x@ybl', 'Ramesh Kumar Sharma'],
    ['IMPS-SARASWATITRADERS-PAY', 'Saraswati Traders'],
    ['NEFT/SARASVATI TRADERS/PAY', 'Saraswati Traders'],
    ['NEFT/ABHINAV BOOK DE/VENDOR', 'Abhinav Book Depot'],
  ])('%s is %s', (narration, name) => {
    expect(strength(narration, name)).toBe('strong');
  });

  it.each([
    ['NEFT/GANESH TRADERS', 'Saraswati Traders', 'none'],
    ['UPI/SUNIL KUMAR', 'Anil Kumar', 'weak'],
    ['UPI/RAHUL VERMA', 'Rahul Sharma', 'weak'],
    ['NEFT/SARASWATI ENTERPRISES', 'Saraswati Traders', 'weak'],
    ['NEFT/RAZORPAY', 'Razorpay', 'lone'],
    ['BY CASH DEPOSIT', 'College Trust', 'none'],
  ])('%s is to %s %s', (narration, name, how) => {
    expect(strength(narration, name)).toBe(how);
  });
});

describe('references', () => {
  const texts = (text: string, fields: readonly string[] = []) => referencesOf(text, fields).map((found) => found.text);

  it('are what could be numbers of a payment, without labels, signs and zeros in front', () => {
    expect(texts('UPI/000612345678901/FEE')).toContain('612345678901');
    expect(texts('TO TRANSFER-NEFT*SBIN0001234*HDFCN26195004711*X')).toEqual(['HDFCN26195004711']);
    expect(texts('', ['ST/26-27/0123'])).toContain('ST26270123');
    expect(texts('paid under UTRHDFCN26195004711')).toEqual(['HDFCN26195004711']);
  });

  it('are not days, branches, years, hidden accounts and words', () => {
    expect(texts('ON 20260714 AT HDFC0001234 FOR SEM2026 FY202627 FROM XXXXXX1234 CONSTRUCTIONS 14072026')).toEqual([]);
  });

  it('of cheques come from their column, or from words that speak of one', () => {
    expect(chequeNumber('000000004711', [], '')).toBe('4711');
    expect(chequeNumber(null, ['CHQ 004711'], '')).toBe('4711');
    expect(chequeNumber(null, [], 'CLG/KONARK/004711')).toBe('4711');
    expect(chequeNumber(null, [], 'NEFT/KONARK/004711')).toBeNull();
    expect(chequeNumber(null, ['612345678901'], '')).toBeNull();
  });
});
