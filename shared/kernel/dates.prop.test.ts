import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay } from '../testing/arbitraries.ts';
import {
  addDays,
  financialYearBounds,
  financialYearOf,
  formatDate,
  isFinancialYear,
  isIsoDate,
  istDate,
  istTime,
  monthOf,
  monthsOf,
  parseDate,
} from './dates.ts';

describe('the financial year', () => {
  it('begins on 1 April and ends on 31 March', () => {
    expect(financialYearOf('2027-03-31')).toBe('2026-27');
    expect(financialYearOf('2027-04-01')).toBe('2027-28');
    expect(financialYearOf('2100-03-31')).toBe('2099-00');
    expect(financialYearBounds('2026-27')).toEqual({ first: '2026-04-01', last: '2027-03-31' });
  });

  it('holds every one of its days and no other', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const year = financialYearOf(day);
        const { first, last } = financialYearBounds(year);
        expect(isFinancialYear(year)).toBe(true);
        expect(day >= first && day <= last).toBe(true);
        expect(financialYearOf(first)).toBe(year);
        expect(financialYearOf(last)).toBe(year);
        expect(financialYearOf(addDays(first, -1))).not.toBe(year);
        expect(financialYearOf(addDays(last, 1))).not.toBe(year);
      }),
    );
  });

  it.each(['2026-28', '2026', '2026-2027', '26-27'])('is not written %s', (text) => {
    expect(isFinancialYear(text)).toBe(false);
  });
});

describe('days', () => {
  it('come back from what people type', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('-', '/', '.', ' '), (day, sign) => {
        const typed = formatDate(day).replaceAll('-', sign);
        expect(parseDate(typed)).toEqual({ ok: true, value: day });
        expect(parseDate(typed.slice(0, 6) + typed.slice(8))).toEqual({ ok: true, value: day });
        expect(parseDate(day)).toEqual({ ok: true, value: day });
      }),
    );
  });

  it('count forward and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -2_000, max: 2_000 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day);
        expect(isIsoDate(addDays(day, count))).toBe(true);
      }),
    );
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(monthOf('2026-11-21')).toBe('2026-11');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', '0000-00-00', ''])(
    'refuses %j',
    (text) => {
      expect(isIsoDate(text)).toBe(false);
    },
  );

  it.each([
    ['31/04/2026', 'not_a_date'],
    ['29-02-2026', 'not_a_date'],
    ['12/31/2026', 'not_a_date'],
    ['tomorrow', 'not_a_date'],
    ['  ', 'empty'],
  ])('does not guess at %j', (text, error) => {
    expect(parseDate(text)).toEqual({ ok: false, error });
  });

  it('are those of India', () => {
    expect(istDate(Date.UTC(2026, 2, 31, 18, 29, 59))).toBe('2026-03-31');
    expect(istDate(Date.UTC(2026, 2, 31, 18, 30))).toBe('2026-04-01');
    expect(istTime(Date.UTC(2026, 10, 21, 8, 32))).toBe('14:02');
  });
});

it('a financial year runs from April to March', () => {
  const months = monthsOf('2026-27');
  expect(months).toHaveLength(12);
  expect([months[0], months[8], months[9], months[11]]).toEqual(['2026-04', '2026-12', '2027-01', '2027-03']);
});
