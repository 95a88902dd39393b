import { beforeAll, expect, test, vi } from 'vitest';
import type { Text } from '../../i18n/text.ts';
import { dueIn } from './due.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 8, 30);
let text: Text;

beforeAll(async () => {
  // The language is read from the browser's storage when the texts are loaded.
  vi.stubGlobal('window', { localStorage: { getItem: () => null } });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  text = (await import('../../i18n/text.ts')).textOf('en');
});

test.each([
  [48 * HOUR, 'due in 2 days', 'later'],
  [48 * HOUR - 1, 'due in 47 hours', 'later'],
  [4 * HOUR, 'due in 4 hours', 'later'],
  [4 * HOUR - 1, 'due in 3 hours', 'soon'],
  [HOUR, 'due in 1 hour', 'soon'],
  [59_999, 'due now', 'soon'],
  [0, 'overdue just now', 'overdue'],
  [-1, 'overdue just now', 'overdue'],
  [-90 * 60_000, '1 hour overdue', 'overdue'],
  [-47 * HOUR, '47 hours overdue', 'overdue'],
  [-73 * HOUR, '3 days overdue', 'overdue'],
])('%d ms from now', (left, words, state) => {
  expect(dueIn(NOW + left, NOW, text)).toEqual({ text: words, state });
});
