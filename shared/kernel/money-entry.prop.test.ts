import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, PAISE_MAX } from './money.ts';
import { readAmount } from './money-entry.ts';

/** One typed term as the oracle knows it: digits before and after the point, and what stands behind them. */
const term = fc.record({
  minus: fc.boolean(),
  whole: fc.oneof(fc.nat(200), fc.nat(99_99_99_999)).map(String),
  fraction: fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 4 }),
  suffix: fc.constantFrom('', '', '', '%', 'k', 'K', 'l', 'L', 'lakh', 'lac', 'cr', 'crore'),
});
type Term = typeof term extends fc.Arbitrary<infer T> ? T : never;

const unitRupees: Readonly<Record<string, bigint>> = {
  '': 1n,
  k: 1_000n,
  l: 100_000n,
  lac: 100_000n,
  lakh: 100_000n,
  cr: 10_000_000n,
  crore: 10_000_000n,
};

/** The slow way: exact fractions over 10^8, each step written out. */
function oracle(terms: readonly Term[]): bigint | undefined {
  const scale = 10n ** 8n;
  let total = 0n;
  for (const { minus, whole, fraction, suffix } of terms) {
    const value = BigInt(whole) * scale + BigInt(fraction.padEnd(8, '0'));
    const sign = minus ? -1n : 1n;
    if (suffix === '%') {
      if ((value * 100n) % scale !== 0n) return undefined;
      const exact = total * value;
      const divisor = 100n * scale;
      const magnitude = exact < 0n ? -exact : exact;
      const rounded = magnitude / divisor + ((magnitude % divisor) * 2n >= divisor ? 1n : 0n);
      total += sign * (exact < 0n ? -rounded : rounded);
    } else {
      const paise = value * (unitRupees[suffix.toLowerCase()] ?? 0n) * 100n;
      if (paise % scale !== 0n) return undefined;
      total += sign * (paise / scale);
    }
  }
  return total;
}

const typed = (terms: readonly Term[], spaced: boolean): string =>
  terms
    .map(({ minus, whole, fraction, suffix }, index) => {
      const sign = minus ? '-' : index === 0 ? '' : '+';
      const number = fraction === '' ? whole : `${whole}.${fraction}`;
      return spaced ? ` ${sign} ${number} ${suffix} ` : `${sign}${number}${suffix}`;
    })
    .join('');

describe('an amount field', () => {
  it('works out sums as the slow way does', () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), fc.boolean(), (terms, spaced) => {
        const expected = oracle(terms);
        const read = readAmount(typed(terms, spaced));
        if (expected === undefined) expect(read).toEqual({ ok: false, error: 'more_than_two_decimals' });
        else if (expected > PAISE_MAX || expected < -PAISE_MAX) expect(read).toEqual({ ok: false, error: 'too_large' });
        else expect(read).toEqual({ ok: true, value: expected });
      }),
      { numRuns: 1_000 },
    );
  });

  it('answers any text whatever without an exception', () => {
    const unit = fc.constantFrom(...'0123456789.,+-%klacrhe ₹\u00a0x१');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const read = readAmount(text);
        if (read.ok) expect(readAmount(decimalText(read.value))).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['1,25,000', 1_25_000_00n],
    ['1.25L', 1_25_000_00n],
    ['2cr', 2_00_00_000_00n],
    ['50k', 50_000_00n],
    ['12000+18%', 14_160_00n],
    ['500+250-20', 730_00n],
    ['100-10%', 90_00n],
    ['₹ 99.50', 99_50n],
    ['.5', 50n],
  ])('reads %s', (text, value) => {
    expect(readAmount(text)).toEqual({ ok: true, value });
  });

  it.each(['12+', '+', '%', '1..2', '5 lakhs', '1e3', 'abc', '12%%', '--5'])('does not guess at %s', (text) => {
    expect(readAmount(text)).toEqual({ ok: false, error: 'not_a_number' });
  });
});
