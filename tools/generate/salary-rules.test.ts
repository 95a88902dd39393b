import { expect, it } from 'vitest';
import { readTaxFile } from './dated-rows.ts';
import { salaryRulesModule } from './salary-rules.ts';

const text = readTaxFile('resources/tax/salary.json');

it.each([
  ['a gap between two years', '"to": "2024-03-31"', '"to": "2024-03-30"'],
  ['slabs that fall', '["600000", "5"], ["900000", "10"]', '["900000", "10"], ["600000", "5"]'],
  ['a rate that does not rise', '["600000", "5"], ["900000", "10"]', '["600000", "5"], ["900000", "5"]'],
  ['slabs that end', '[null, "30"]]', '["9900000", "30"]]'],
  ['a source that nobody knows', '"source": "ITA25 s. 202, 156"', '"source": "Somebody said so"'],
])('refuses %s', (_what, old, now) => {
  expect(text).toContain(old);
  expect(() => salaryRulesModule(text.replace(old, now))).toThrow();
});
