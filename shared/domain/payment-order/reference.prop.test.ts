import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedId, uuidv7 } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { orderReference, parseReference, wireReference } from './reference.ts';

const id = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
    .map(([at, random]) => uuidv7(at, random)),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map(namedId),
);
const fence = fc.integer({ min: 1, max: limits.payment.fenceMax });

describe('what banks call a payment', () => {
  it('has 14 capital letters and figures, and with the sending 16, never 0 or 1', () => {
    fc.assert(
      fc.property(id, fence, (order, sending) => {
        const reference = orderReference(order);
        expect(reference).toMatch(/^[A-Z2-9]{14}$/);
        expect(wireReference(reference, sending)).toMatch(/^[A-Z2-9]{16}$/);
      }),
    );
  });

  it('names the order and the sending, also in small letters and with blanks around', () => {
    fc.assert(
      fc.property(id, fence, fc.boolean(), (order, sending, isSmall) => {
        const reference = orderReference(order);
        const wire = wireReference(reference, sending);
        expect(parseReference(isSmall ? ` ${wire.toLowerCase()} ` : wire)).toEqual({ reference, fence: sending });
      }),
    );
  });

  it('differs for orders of the same moment, and between sendings', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 50 }), fence, fence, (ids, one, other) => {
        const references = ids.map(orderReference);
        expect(new Set(references).size).toBe(ids.length);
        const [first = ''] = references;
        expect(wireReference(first, one) === wireReference(first, other)).toBe(one === other);
      }),
    );
  });

  it('is not read out of what is none of ours', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const parsed = parseReference(text);
        if (parsed !== null) expect(wireReference(parsed.reference, parsed.fence)).toBe(text.trim().toUpperCase());
      }),
    );
    for (const none of [
      '',
      'AAAAAAAAAAAAAAAA',
      'ABCDEFGHIJKLMN',
      'ABCDEFGHIJKLMN01',
      'ABCDEFGHIJKLMN99',
      'ABCDEFGHIJKLMN2',
      'HDFC2024011598765',
    ]) {
      expect(parseReference(none), none).toBeNull();
    }
    expect(() => wireReference('ABCDEFGHIJKLMN', 0)).toThrow();
    expect(() => wireReference('ABCDEFGHIJKLMN', limits.payment.fenceMax + 1)).toThrow();
  });
});
