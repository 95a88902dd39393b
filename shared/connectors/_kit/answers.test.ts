import { describe, expect, it } from 'vitest';
import { declined, failureReasonOf, retryAfterMs, saidText, statusProblem, textOf } from './answers.ts';
import { answerOf } from './conformance-harness.ts';

const now = Date.parse('2026-11-20T06:00:00Z');
const read = { name: 'Bank', effect: 'read' } as const;
const once = { name: 'Bank', effect: 'once' } as const;
const keyed = { name: 'Bank', effect: 'keyed' } as const;

describe('a status alone', () => {
  it.each([
    [200, null, null],
    [204, null, null],
    [302, 'contract', 'in_doubt'],
    [400, 'validation', 'validation'],
    [401, 'auth', 'auth'],
    [403, 'auth', 'auth'],
    [404, 'validation', 'validation'],
    [408, 'unavailable', 'in_doubt'],
    [409, 'unavailable', 'in_doubt'],
    [429, 'rate_limited', 'rate_limited'],
    [500, 'unavailable', 'in_doubt'],
    [502, 'unavailable', 'in_doubt'],
    [503, 'unavailable', 'in_doubt'],
    [599, 'unavailable', 'in_doubt'],
  ])('%i is %s to a question and %s to a payment', (status, question, payment) => {
    expect(statusProblem(answerOf('', status), read, now)?.kind ?? null).toBe(question);
    for (const asked of [once, keyed]) {
      expect(statusProblem(answerOf('', status), asked, now)?.kind ?? null).toBe(payment);
    }
  });
});

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Fri, 20 Nov 2026 06:01:00 GMT', 60_000],
  ['Fri, 20 Nov 2026 05:00:00 GMT', 0],
  ['', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['99999999999', null],
])('Retry-After "%s" is %s', (said, ms) => {
  expect(retryAfterMs(answerOf('', 429, { 'retry-after': said }), now)).toBe(ms);
});

describe('what another system says', () => {
  it('is shown without signs that mean something elsewhere, and without whole numbers of accounts', () => {
    const said = saidText('Account 50200012345678 <b>closed</b>\u0000\n{"a":1} `x` ₹5\u202e');
    expect(said).toBe('Account …5678 b closed /b a :1 x ₹5');
    expect(saidText('x'.repeat(5_000)).length).toBeLessThanOrEqual(160);
    expect(saidText('खाता बंद है')).toBe('खाता बंद है');
  });

  it('is text of the type that was promised, in UTF-8', () => {
    expect(textOf(answerOf('{}', 200, { 'content-type': 'application/json; charset=utf-8' }), read)).toMatchObject({
      ok: true,
    });
    expect(textOf(answerOf('{}', 200, { 'content-type': 'application/problem+json' }), read)).toMatchObject({
      ok: true,
    });
    for (const [body, type] of [
      ['{}', 'text/html'],
      ['{}', ''],
      ['  ', 'application/json'],
      [new Uint8Array([0x7b, 0xff]), 'application/json'],
    ] as const) {
      const answer = answerOf(body, 200, { 'content-type': type });
      expect(textOf(answer, read)).toMatchObject({ error: { kind: 'contract' } });
      expect(textOf(answer, once)).toMatchObject({ error: { kind: 'in_doubt' } });
    }
  });

  it('of a payment that it declines can be told from all else', () => {
    for (const reason of [
      'bank_offline',
      'insufficient_funds',
      'limit_exceeded',
      'invalid_account',
      'declined',
    ] as const) {
      expect(failureReasonOf(declined(reason, 'Bank', ''))).toBe(reason);
    }
    const refused = statusProblem(answerOf('', 400), once, now);
    expect(refused === null ? 'none' : failureReasonOf(refused)).toBeNull();
  });
});
