import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, PAISE_MAX } from '../../kernel/money.ts';
import { anyPaise } from '../../testing/arbitraries.ts';
import { parseRupeeJson, rupeeJson, WireNumber, zCount, zRupees } from './rupee-json.ts';

const readBack = (text: string): unknown => zRupees.safeParse(parseRupeeJson(text)).data;

test('any amount goes over the wire as a number and comes back to the paisa', () => {
  fc.assert(
    fc.property(anyPaise, (paise) => {
      const text = rupeeJson({ amount: paise });
      expect(text).toBe(`{"amount":${decimalText(paise)}}`);
      expect(readBack(rupeeJson(paise))).toBe(paise);
    }),
  );
});

test('an amount is read alike however its number is written', () => {
  fc.assert(
    fc.property(anyPaise, fc.nat(6), fc.integer({ min: -6, max: 6 }), (paise, zeros, shift) => {
      const sign = paise < 0n ? '-' : '';
      const magnitude = paise < 0n ? -paise : paise;
      expect(readBack(`${decimalText(paise)}${'0'.repeat(zeros)}`)).toBe(paise);
      // paise × 10^-2, its point moved by an exponent.
      const moved = magnitude * 10n ** BigInt(zeros);
      expect(readBack(`${sign}${moved}e${-2 - zeros}`)).toBe(paise);
      const scaled = shift >= 0 ? `${sign}${magnitude}E${-2}` : `${sign}${magnitude}.${'0'.repeat(-shift)}e-2`;
      expect(readBack(scaled)).toBe(paise);
    }),
  );
});

test('digits that a float would change are kept', () => {
  for (const [text, paise] of [
    ['0.29', 29n],
    ['1234567890123.45', 123_456_789_012_345n],
    ['90071992547409.93', 9_007_199_254_740_993n],
    ['1.55e7', 1_550_000_000n],
    ['-0', 0n],
    ['0.010', 1n],
    ['1000000000000000', PAISE_MAX],
  ] as const) {
    expect(readBack(text)).toBe(paise);
  }
});

test('what is no amount in whole paise is none', () => {
  const none = ['1234.565', '0.001', '1e-3', '1000000000000000.01', '1e99', '1e400', '"12.50"', 'null', 'true', '[1]'];
  for (const text of [...none, `0.${'0'.repeat(50)}`]) expect(readBack(text), text).toBeUndefined();
});

test('counts are whole and small', () => {
  const count = (text: string): unknown => zCount.safeParse(parseRupeeJson(text)).data;
  expect(count('0')).toBe(0);
  expect(count('487')).toBe(487);
  for (const text of ['-1', '1.0', '1e2', '12345678901', '"5"']) expect(count(text), text).toBeUndefined();
});

test('everything else is read and written as JSON does it', () => {
  const leaf = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.maxSafeInteger());
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
  }));
  const plain = (value: unknown): unknown => {
    if (value instanceof WireNumber) return JSON.parse(value.digits);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  };
  fc.assert(
    fc.property(tree, (value) => {
      expect(JSON.parse(rupeeJson(value as never))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(plain(parseRupeeJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a float is never written', () => {
  for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    expect(() => rupeeJson({ amount: value })).toThrow(RangeError);
  }
});
