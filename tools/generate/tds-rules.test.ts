import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../run.ts';
import { tdsRulesModule } from './tds-rules.ts';

const text = readFileSync(join(projectRoot, 'resources/tax/tds.json'), 'utf8');
const changed = (old: string, now: string): string => {
  expect(text).toContain(old);
  return text.replace(old, now);
};

it.each([
  ['a gap between two rows', '"to": "2025-03-31"', '"to": "2025-03-30"'],
  ['a row that ends before it begins', '"to": "2026-03-31"', '"to": "2020-03-31"'],
  ['a day that is none', '"from": "2025-04-01"', '"from": "2025-04-31"'],
  ['a source that nobody knows', '"ITA61 s. 194C(1), (5)"', '"Somebody said so"'],
  ['a row without a source', '"source": "ITA61 s. 194H"', '"source": ""'],
  ['a rate that is no percentage', '"percent": "0.1"', '"percent": "0.125"'],
  ['a limit with paise', '"payment": "30000"', '"payment": "30000.50"'],
  ['rates of which none is for the others', '"payee": "other", "percent": "2"', '"payee": "company", "percent": "2"'],
  ['a nature that is there twice', '"nature": "technical"', '"nature": "professional"'],
  ['a field that means nothing', '"base": "whole"', '"basis": "whole"'],
])('refuses %s', (_what, old, now) => {
  expect(() => tdsRulesModule(changed(old, now))).toThrow();
});

it('writes rates as basis points and limits as paise, exactly', () => {
  const module = tdsRulesModule(changed('"percent": "0.1"', '"percent": "0.75"'));
  expect(module).toContain('basisPoints: 75n');
  expect(module).toContain('perPayment: 3000000n');
});
