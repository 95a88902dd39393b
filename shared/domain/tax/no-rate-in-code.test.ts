import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Rupee, its half, the whole in basis points, and what rounding and a year of days need. */
const constants = new Set(['0n', '1n', '2n', '10n', '50n', '100n', '365n', '10_000n']);
/** Places of fields in a file, its field widths, and what a calendar is made of. */
const plainNumberMax = 100;
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(?!.*(?:\.gen|test|testing)\.ts$).*\.ts$/.test(path))
  .sort();

/** The source without its comments and the contents of its regular expressions. */
const codeOf = (path: string): string =>
  readFileSync(join(import.meta.dirname, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*/g, '')
    .replace(/\/\^.*?\$\//g, '');

it('finds the files of the rules', () => {
  expect(files).toContain('tds.ts');
  expect(files).toContain(join('statement', 'check-statement.ts'));
});

it.each(files)('no rate, limit or day of a rule stands in %s; they are in resources/tax', (path) => {
  const code = codeOf(path);
  const bigints = code.match(/\b\d[\d_]*n\b/g) ?? [];
  expect(bigints.filter((one) => !constants.has(one))).toEqual([]);
  const numbers = (code.match(/(?<![\w.'])\d[\d_.]*(?![\w.]*n\b)/g) ?? []).map((one) =>
    Number(one.replaceAll('_', '')),
  );
  const isTime = (one: number): boolean => one === 86_400_000;
  expect(numbers.filter((one) => (one > plainNumberMax || !Number.isInteger(one)) && !isTime(one))).toEqual([]);
  expect(code.match(/'\d{4}-\d{2}(?:-\d{2})?'|'19[0-9]{1,2}[A-Z]|'10[0-9]{2}'/g) ?? []).toEqual([]);
});
