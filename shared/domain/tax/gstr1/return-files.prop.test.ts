import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PortalValue, readPortalJson, writePortalJson } from '../portal-json.ts';
import { buildGstr1 } from './build-gstr1.ts';
import { gstr1Files, measureOf } from './return-files.ts';
import { anyPeriod, ownGstin } from './testing.ts';

type Tree = Record<string, PortalValue>;
const readOf = (text: string): Tree => {
  const read = readPortalJson(text);
  if (!read.ok) throw new Error(read.error);
  return read.value as Tree;
};

/** Puts the lists of several returns together again. */
function union(one: PortalValue | undefined, other: PortalValue): PortalValue {
  if (one === undefined || typeof other !== 'object' || other === null) return other;
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  const [left, right] = [one as Tree, other as Tree];
  return Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((key) => [
      key,
      key in right ? union(left[key], right[key] ?? null) : (left[key] ?? null),
    ]),
  );
}

it('is one file where it is small enough, under the name the tool gives', () => {
  fc.assert(
    fc.property(anyPeriod, (period) => {
      const built = buildGstr1(period);
      const files = gstr1Files(built, '2026-11-05');
      expect(files).toEqual({
        ok: true,
        value: [{ name: `returns_5112026_R1_${ownGstin}_offline.json`, text: writePortalJson(built) }],
      });
    }),
  );
});

it('in several files has each entry once, none of them too large, each a whole return', () => {
  fc.assert(
    fc.property(anyPeriod, fc.integer({ min: 1_500, max: 9_000 }), (period, most) => {
      const built = buildGstr1(period);
      const files = gstr1Files(built, '2026-11-05', most);
      if (!files.ok) {
        expect(files.error.measure).toBeLessThan(measureOf(writePortalJson(built)));
        return;
      }
      for (const { text } of files.value) {
        expect(measureOf(text)).toBeLessThanOrEqual(most);
        expect(readOf(text)).toMatchObject({ gstin: ownGstin, fp: '102026', version: 'GST3.2.4', hash: 'hash' });
      }
      expect(new Set(files.value.map(({ name }) => name)).size).toBe(files.value.length);
      const together = files.value.reduce<PortalValue | undefined>(
        (whole, { text }) => union(whole, readOf(text)),
        undefined,
      );
      expect(together).toEqual(readOf(writePortalJson(built)));
    }),
    { numRuns: 300 },
  );
});

it('says so where one entry alone is too large', () => {
  const built = { gstin: ownGstin, b2b: [{ ctin: 'X'.repeat(2_000), inv: [] }] };
  expect(gstr1Files(built, '2026-11-05', 1_000)).toMatchObject({ ok: false });
});

it('measures bytes, quotes and backslashes as the tool does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const json = JSON.stringify({ text });
      const escapes = json.replaceAll(/[^"\\]/g, '').length;
      expect(measureOf(json)).toBe(Buffer.byteLength(json) + escapes + 2);
    }),
  );
});
