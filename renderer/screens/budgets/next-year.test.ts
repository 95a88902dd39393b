import { expect, test } from 'vitest';
import { yearAfter } from './next-year.ts';

test.each([
  ['2026-27', '2027-28'],
  ['2098-99', '2099-00'],
  ['1999-00', '2000-01'],
])('after %s comes %s', (year, next) => {
  expect(yearAfter(year)).toBe(next);
});
