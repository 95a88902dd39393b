import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, canonicalText, type Plain, parseCanonical } from './canonical.ts';

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.string({ unit: 'binary' }).map((text) => text.normalize('NFC')),
  fc.bigInt(),
);
const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 6 }).filter((key) => key !== '$n' && key !== '__proto__'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

/** The same value with the members of every object in the opposite order. */
function turned(value: Plain): Plain {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member ?? null)]),
  );
}

describe('canonical text', () => {
  it('comes back as the same value', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const text = canonicalText(value);
        // -0 is the integer 0; members that are undefined are not there.
        expect(canonicalText(parseCanonical(text))).toBe(text);
        expect(parseCanonical(text)).toEqual(JSON.parse(JSON.stringify({ value }, tagged), untagged).value);
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(fc.property(plain, (value) => canonicalText(turned(value)) === canonicalText(value)));
  });

  it('tells a bigint from a number and from a string', () => {
    const texts = [7n, 7, '7'].map((value) => canonicalText(value));
    expect(new Set(texts).size).toBe(3);
    expect(canonicalText({ b: 1n, a: [null, true, 'ø'], c: undefined })).toBe('{"a":[null,true,"ø"],"b":{"$n":"1"}}');
    expect(parseCanonical('{"x":{"$n":"12345678901234567890"}}')).toEqual({ x: 12345678901234567890n });
    expect(parseCanonical('[{"$n":"-1"},[{"$n":"x"}],{"$n":"1","a":0}]')).toEqual([
      -1n,
      [{ $n: 'x' }],
      { $n: '1', a: 0 },
    ]);
    expect(parseCanonical('{"$n":"5"}')).toBe(5n);
  });

  it('reads a member with the name of the prototype as a member like any other', () => {
    const read = parseCanonical('{"__proto__":{"$n":"9"}}') as object;
    expect(Object.entries(read)).toEqual([['__proto__', 9n]]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the number %s', (value) => {
    expect(() => canonicalText({ value })).toThrow(RangeError);
  });

  it('is UTF-8 in bytes', () => {
    expect(canonicalBytes('₹')).toEqual(Uint8Array.from([0x22, 0xe2, 0x82, 0xb9, 0x22]));
  });
});

// An independent way through JSON for the comparison: bigint as a marked string.
const tagged = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `\u0000big ${value}` : value);
const untagged = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('\u0000big ') ? BigInt(value.slice(5)) : value;
