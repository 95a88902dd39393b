import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPaise } from '../testing/arbitraries.ts';
import {
  basisPoints,
  decimalText,
  formatPaise,
  formatRupees,
  PAISE_MAX,
  parseRupees,
  shareOf,
  sumPaise,
} from './money.ts';

describe('money as text', () => {
  it('comes back exactly, however it was written', () => {
    fc.assert(
      fc.property(anyPaise, (paise) => {
        for (const text of [formatPaise(paise), decimalText(paise), ` ${formatPaise(paise)} `]) {
          expect(parseRupees(text)).toEqual({ ok: true, value: paise });
        }
        expect(parseRupees(formatRupees(paise).replace('-₹', '-'))).toEqual({ ok: true, value: paise });
      }),
    );
  });

  it('groups by thousand, lakh and crore', () => {
    expect(formatPaise(1234567n)).toBe('12,345.67');
    expect(formatPaise(12_34_567_89n)).toBe('12,34,567.89');
    expect(formatPaise(-1_00_00_000_00n)).toBe('-1,00,00,000.00');
    expect(formatPaise(5n)).toBe('0.05');
    expect(formatRupees(-5_00n)).toBe('-₹5.00');
    fc.assert(
      fc.property(anyPaise, (paise) => {
        expect(formatPaise(paise)).toMatch(/^-?(\d{1,2},)*(\d{2},)*\d{1,3}\.\d{2}$|^-?\d{1,3}\.\d{2}$/);
      }),
    );
  });

  it.each([
    ['', 'empty'],
    [' ₹ ', 'empty'],
    ['.', 'not_a_number'],
    ['-', 'not_a_number'],
    ['12a', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['1e5', 'not_a_number'],
    ['१२', 'not_a_number'],
    ['0.001', 'more_than_two_decimals'],
    ['1000000000000000.01', 'too_large'],
  ])('refuses %j: %s', (text, error) => {
    expect(parseRupees(text)).toEqual({ ok: false, error });
  });

  it('reads what floats get wrong', () => {
    expect(parseRupees('0.29')).toEqual({ ok: true, value: 29n });
    expect(parseRupees('1234.560')).toEqual({ ok: true, value: 123456n });
    expect(parseRupees('.5')).toEqual({ ok: true, value: 50n });
    expect(parseRupees('+7.')).toEqual({ ok: true, value: 700n });
    expect(parseRupees(decimalText(PAISE_MAX))).toEqual({ ok: true, value: PAISE_MAX });
  });
});

describe('shares of money', () => {
  it('are the nearest paisa, halves away from zero', () => {
    fc.assert(
      fc.property(anyPaise, fc.bigInt({ min: 0n, max: 100_000n }), (amount, rate) => {
        const share = shareOf(amount, rate);
        const missed = share * 10_000n - amount * rate;
        expect(missed >= -5_000n && missed <= 5_000n).toBe(true);
        if (missed === 5_000n) expect(amount > 0n).toBe(true);
        if (missed === -5_000n) expect(amount < 0n).toBe(true);
        expect(shareOf(-amount, rate)).toBe(-share);
      }),
    );
    expect(shareOf(50n, 100n)).toBe(1n);
    expect(shareOf(49n, 100n)).toBe(0n);
    expect(shareOf(12_000_00n, 1_800n)).toBe(2_160_00n);
  });

  it('say how much of something is used', () => {
    expect(basisPoints(65n, 80n)).toBe(8_125);
    expect(basisPoints(0n, 0n)).toBe(0);
    expect(basisPoints(1n, 0n)).toBe(10_000);
    expect(basisPoints(3n, 2n)).toBe(15_000);
  });

  it('add up in any order', () => {
    fc.assert(
      fc.property(fc.array(anyPaise), (amounts) => {
        expect(sumPaise(amounts)).toBe(sumPaise([...amounts].reverse()));
        expect(sumPaise(amounts) - sumPaise(amounts.slice(1))).toBe(amounts[0] ?? 0n);
      }),
    );
  });
});
