import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HsnList } from '../../shared/domain/tax/hsn-list.ts';
import { byHeading } from './by-heading.ts';

const word = fc.constantFrom('LIVE', 'HORSES', 'HORSE', 'OTHER', ':', 'OF', 'POLO');
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const code = fc.tuple(fc.constantFrom('0101', '4820'), fc.stringMatching(/^\d{4}$/)).map(([head, rest]) => head + rest);

it('keeps the whole text of every code, and what all of a heading begin with there', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(code, text), { maxLength: 12 }), (pairs) => {
      const codes = new Map(pairs);
      const goods = byHeading(codes);
      const list = new HsnList({ source: 'test', goods, services: {} });
      for (const [one, whole] of codes) expect(list.find(one)).toEqual({ code: one, text: whole, isService: false });
      for (const [heading, { text: common, codes: own }] of Object.entries(goods)) {
        expect(list.find(heading)?.text).toBe(common);
        expect(Object.keys(own).length).toBe([...codes.keys()].filter((one) => one.startsWith(heading)).length);
      }
    }),
  );
});
