import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExact } from './exact-json.ts';

test('an integer of any size comes back to the last digit, and as a number where that is exact', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
      const [read] = parseExact(`[${value}]`) as [unknown];
      expect(read).toBe(Number.isSafeInteger(Number(value)) ? Number(value) : value);
    }),
  );
});

const plain = fc.array(
  fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.double({ min: -1, max: 1 }), fc.maxSafeInteger()),
);

test('everything else is read as JSON reads it, long digits in texts included', () => {
  fc.assert(
    fc.property(plain, fc.stringMatching(/^\d{16,30}$/), (value, digits) => {
      const text = JSON.stringify({ value, digits });
      expect(parseExact(text)).toEqual(JSON.parse(text));
    }),
  );
});
