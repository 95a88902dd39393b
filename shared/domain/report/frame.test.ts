import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../kernel/dates.ts';
import { dayText, monthBounds, periodBefore, yearBefore, yearStart } from './frame.ts';
import { wordsOf } from './words.ts';

const anyDay: fc.Arbitrary<IsoDate> = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

test('a period is held against the same days of the year before, month ends against month ends', () => {
  expect(periodBefore({ from: '2026-04-01', to: '2027-03-31' })).toEqual({ from: '2025-04-01', to: '2026-03-31' });
  expect(periodBefore({ from: '2025-02-01', to: '2025-02-28' })).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(periodBefore({ from: '2024-02-29', to: '2024-02-29' })).toEqual({ from: '2023-02-28', to: '2023-02-28' });
});

test('a day a year before is a real day of that year; a month and a year hold the day they are of', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const before = yearBefore(day);
      expect(addDays(before, 0)).toBe(before);
      const { from, to } = monthBounds(day);
      expect(from <= day && day <= to && addDays(to, 1).endsWith('-01') && addDays(to, 1) > to).toBe(true);
      expect(from.slice(0, 7)).toBe(to.slice(0, 7));
      expect(yearStart(day) <= day && yearStart(day).endsWith('-04-01')).toBe(true);
    }),
  );
});

test('days are written in words of the language', () => {
  expect(dayText('2026-04-01', wordsOf('en'))).toBe('1 April 2026');
  expect(dayText('2026-12-31', wordsOf('hi'))).toBe('31 दिसंबर 2026');
});

test('the Hindi words are Hindi', () => {
  const flat = (words: object): string[] =>
    Object.entries(words).flatMap(([key, word]): string[] =>
      typeof word === 'string' ? [`${key}: ${word}`] : typeof word === 'object' ? flat(word) : [],
    );
  expect(flat(wordsOf('hi')).filter((text) => !/[\u0900-\u097f]/.test(text))).toEqual([]);
  expect(flat(wordsOf('hi')).length).toBe(flat(wordsOf('en')).length);
});
