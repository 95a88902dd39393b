import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import { dayBetween } from '../../testing/arbitraries.ts';
import { gstInterest, type LateReturn, lateFee, monthsTouched, tdsInterest } from './penalties.ts';

describe('interest on tax that was deducted', () => {
  it('in October and paid in on the 30th of November, due on the 7th, is that of two months', () => {
    expect(tdsInterest('late_deposit', 10_000_00n, '2026-10-15', '2026-11-30', true)).toBe(300_00n);
  });

  it('counts parts of months as months, and a day that goes over into the next one as two', () => {
    expect(monthsTouched('2026-10-31', '2026-11-01')).toBe(2);
    expect(monthsTouched('2026-10-01', '2026-10-31')).toBe(1);
    expect(monthsTouched('2026-12-31', '2027-02-01')).toBe(3);
    expect(monthsTouched('2026-12-31', '2026-12-30')).toBe(0);
  });

  it('is one percent where the deduction itself was late, and nothing of what was paid in by its day', () => {
    expect(tdsInterest('late_deduction', 10_000_00n, '2026-10-15', '2026-11-30', true)).toBe(200_00n);
    expect(tdsInterest('late_deposit', 10_000_00n, '2026-10-15', '2026-11-07', false)).toBe(0n);
  });

  it('is in whole rupees and never falls with time', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_00_000_00n }),
        dayBetween('2024-04-01', 900),
        fc.nat(400),
        fc.nat(90),
        (tax, from, days, more) => {
          const then = tdsInterest('late_deposit', tax, from, addDays(from, days), true);
          const later = tdsInterest('late_deposit', tax, from, addDays(from, days + more), true);
          expect(then % 100n).toBe(0n);
          expect(later >= then).toBe(true);
        },
      ),
    );
  });
});

describe('interest on GST paid late', () => {
  it('is eighteen percent a year, by days', () => {
    expect(gstInterest(1_00_000_00n, '2026-10-20', '2027-10-20')).toBe(18_000_00n);
    expect(gstInterest(1_00_000_00n, '2026-10-20', '2026-10-30')).toBe(493_00n);
    expect(gstInterest(1_00_000_00n, '2026-10-20', '2026-10-20')).toBe(0n);
    expect(gstInterest(1_00_000_00n, '2026-10-20', '2026-10-01')).toBe(0n);
  });
});

describe('the fee for a late return', () => {
  const late = (change: Partial<LateReturn>): bigint =>
    lateFee({
      ...{ of: 'gstr3b', due: '2026-10-20', given: '2026-10-30', isNil: false },
      ...{ taxPaise: 0n, turnoverPaise: 1_00_00_000_00n },
      ...change,
    });

  it.each([
    ['ten days', {}, 500_00n],
    ['ten days of a nil return', { isNil: true }, 200_00n],
    ['a year of a nil return', { isNil: true, given: '2027-10-20' }, 500_00n],
    ['a year at a turnover of a crore', { given: '2027-10-20' }, 2_000_00n],
    ['a year at exactly one and a half', { given: '2027-10-20', turnoverPaise: 1_50_00_000_00n }, 2_000_00n],
    ['a year at more', { given: '2027-10-20', turnoverPaise: 1_50_00_000_00n + 1n }, 5_000_00n],
    ['a year at six crore', { given: '2027-10-20', turnoverPaise: 6_00_00_000_00n }, 10_000_00n],
    ['none that was given on its day', { given: '2026-10-20' }, 0n],
    ['none that was given before', { given: '2026-10-01' }, 0n],
    ['a year of GSTR-7', { of: 'gstr7', given: '2027-10-20' }, 2_000_00n],
    ['a nil GSTR-7', { of: 'gstr7', isNil: true }, 0n],
    ['ten days of a statement', { of: 'tds_statement', taxPaise: 50_000_00n }, 2_000_00n],
    ['a statement of little tax', { of: 'tds_statement', taxPaise: 700_00n }, 700_00n],
  ] as const)('%s', (_what, change, fee) => {
    expect(late(change)).toBe(fee);
  });
});
