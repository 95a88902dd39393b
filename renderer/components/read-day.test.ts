import { expect, test } from 'vitest';
import { readDay } from './read-day.ts';

test.each([
  ['t', '2026-11-21'],
  ['5', '2026-11-05'],
  ['2103', '2026-03-21'],
  ['21/3', '2026-03-21'],
  ['210325', '2025-03-21'],
  ['21032025', '2025-03-21'],
  ['21-03-2025', '2025-03-21'],
  [' 21.3.25 ', '2025-03-21'],
])('%s is %s', (typed, day) => {
  expect(readDay(typed, '2026-11-21')).toEqual({ ok: true, value: day });
});

test.each(['31', '3111', '0', '29-02-2026', 'yesterday', '1234567'])('%s is no day', (typed) => {
  expect(readDay(typed, '2026-11-21')).toEqual({ ok: false, error: 'not_a_date' });
});

test('nothing typed is empty, not wrong', () => {
  expect(readDay('  ', '2026-11-21')).toEqual({ ok: false, error: 'empty' });
});
