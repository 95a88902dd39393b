import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { errorCatalogue, isErrorCode } from '../../shared/kernel/errors.ts';
import { catalogue, isMessageKey } from './catalogue.ts';
import { errorsHi } from './hi/errors.ts';
import { languages } from './language.ts';

/** Names of the values a message needs, plural branches included. */
function namesIn(message: string): string[] {
  const names = new Set<string>();
  const walk = (parts: readonly unknown[]): void => {
    for (const part of parts as readonly {
      type: number;
      value?: string;
      options?: Record<string, { value: unknown[] }>;
    }[]) {
      if (part.type !== 0 && part.type !== 7 && part.value !== undefined) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, 'en').getAst());
  return [...names].sort();
}
const bracesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

test('both languages have the same keys', () => {
  expect(Object.keys(catalogue.hi).sort()).toEqual(Object.keys(catalogue.en).sort());
});

test('every message can be read, says something, and takes the same values in both languages', () => {
  for (const [key, message] of Object.entries(catalogue.en)) {
    if (!isMessageKey(key)) throw new Error(key);
    expect(message.trim(), key).not.toBe('');
    expect(namesIn(catalogue.hi[key]), key).toEqual(namesIn(message));
  }
});

test('plurals are filled in both languages', () => {
  for (const language of languages) {
    const plural = catalogue[language]['expenses.count'];
    const say = (count: number) => String(new IntlMessageFormat(plural, language).format({ count }));
    expect(say(1)).toContain('1');
    expect(say(12_34_567)).toMatch(/12.?34.?567|1.?234.?567/);
  }
});

test('Hindi texts are in Devanagari, but for abbreviations and the offer of English', () => {
  const latin = Object.entries(catalogue.hi)
    .filter(([key, message]) => key !== 'language.other' && !/[\u0900-\u097f]/.test(message))
    .filter(([, message]) => /[a-z]{3}/.test(message.replace(/\{\w+\}/g, '')))
    .map(([key]) => key);
  expect(latin).toEqual([]);
});

test('every error code has its cause and next step in Hindi, with the same details', () => {
  expect(Object.keys(errorsHi).sort()).toEqual(Object.keys(errorCatalogue).sort());
  for (const [code, hindi] of Object.entries(errorsHi)) {
    if (!isErrorCode(code)) throw new Error(code);
    const english = errorCatalogue[code];
    expect(bracesIn(hindi.cause), code).toEqual(bracesIn(english.cause));
    expect(bracesIn(hindi.next), code).toEqual(bracesIn(english.next));
    expect(hindi.cause).toMatch(/[\u0900-\u097f]/);
    expect(hindi.next).toMatch(/[\u0900-\u097f]/);
  }
});
