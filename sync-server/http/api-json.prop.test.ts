import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberText, PAISE_MAX, parseRupees } from '../../shared/kernel/money.ts';
import { rupeesJson } from './api-json.ts';

test.each([
  [500_000n, '5000'],
  [500_050n, '5000.5'],
  [500_005n, '5000.05'],
  [5n, '0.05'],
  [0n, '0'],
  [-472_059n, '-4720.59'],
  [100_000n, '1000'],
  [PAISE_MAX, '1000000000000000'],
])('%s paise are %s rupees', (paise, text) => expect(numberText(paise)).toBe(text));

test('every amount is a JSON number that says the same amount, to the paisa', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -PAISE_MAX, max: PAISE_MAX }), (paise) => {
      const text = rupeesJson({ amount: paise });
      expect(() => JSON.parse(text)).not.toThrow();
      expect(parseRupees(text.slice('{"amount":'.length, -1))).toEqual({ ok: true, value: paise });
    }),
  );
});

test('everything but amounts is ordinary JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(rupeesJson(value as never))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
