import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay, anyPaise } from '../../../testing/arbitraries.ts';
import { readAmount, readDate, readDueDate, writeAmount, writeDate, writeDueDate } from './amounts.ts';

describe('amounts', () => {
  it('come back to the paisa, whatever their size', () => {
    fc.assert(
      fc.property(anyPaise, (paise) => {
        expect(readAmount(writeAmount(paise))).toBe(paise);
      }),
    );
  });

  it.each([
    ['-50000.00', -5_000_000n],
    ['50000', 5_000_000n],
    ['12,34,567.89', 123_456_789n],
    ['0.29', 29n],
    ['.5', 50n],
    ['1234.5600', 123_456n],
    ['(-)100.00', -10_000n],
    [' -0.01 ', -1n],
  ])('%s', (text, paise) => {
    expect(readAmount(text)).toBe(paise);
  });

  it.each(['', '-', 'abc', '1.234', '$ 5.00 @ Rs 80/$ = Rs 400.00', '1e5', '--5', '5-', '₹5', '1 000', '9'.repeat(20)])(
    '%j is none',
    (text) => {
      expect(readAmount(text)).toBeUndefined();
    },
  );
});

describe('dates', () => {
  it('come back, also as people see them', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(readDate(writeDate(day))).toBe(day);
        expect(readDueDate(writeDueDate(day), '2026-04-01')).toBe(day);
      }),
    );
  });

  it('and none that are not in the calendar', () => {
    for (const text of ['20260431', '2026041', '31-Apr-2026', '1-Foo-2026', '', '2026-04-01']) {
      expect(readDate(text)).toBeUndefined();
    }
    expect(readDueDate('30 Days', '2026-11-20')).toBe('2026-12-20');
    expect(readDate('1-Apr-26')).toBe('2026-04-01');
  });
});
