import { expect, it } from 'vitest';
import { readTaxFile } from './dated-rows.ts';
import { taxCalendarModule } from './tax-calendar.ts';

const text = readTaxFile('resources/tax/calendar.json');

it.each([
  [
    'a gap between two rows',
    '"from": "2026-04-01", "to": null, "percent": "1.5"',
    '"from": "2026-04-02", "to": null, "percent": "1.5"',
  ],
  ['a source that nobody knows', '"source": "CGST s. 39(3)"', '"source": "Somebody said so"'],
  ['a state in no group', '"22", "23"', '"23"'],
  ['a state in two groups', '"states": ["22", "23"', '"states": ["01", "22", "23"'],
  ['a day of a group that is none', '"dayOfGroup": { "south_and_west"', '"dayOfGroup": { "east"'],
  ['a day that no month has', '"day": 31 }', '"day": 32 }'],
  ['a taxpayer of no kind', '"of": "gst_tds"', '"of": "gst_tcs"'],
])('refuses %s', (_what, old, now) => {
  expect(text).toContain(old);
  expect(() => taxCalendarModule(text.replace(old, now))).toThrow();
});
