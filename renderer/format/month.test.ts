import { expect, test } from 'vitest';
import { monthBounds, monthName } from './month.ts';

test.each([
  ['2026-04', '2026-04-01', '2026-04-30'],
  ['2026-12', '2026-12-01', '2026-12-31'],
  ['2027-02', '2027-02-01', '2027-02-28'],
  ['2028-02', '2028-02-01', '2028-02-29'],
])('the bounds of %s', (month, first, last) => {
  expect(monthBounds(month)).toEqual({ first, last });
});

test('a month has its name in both languages, with the same digits', () => {
  expect(monthName('2026-04', 'en')).toBe('Apr 2026');
  expect(monthName('2026-04', 'hi')).toMatch(/^अप्रैल 2026$/);
});
