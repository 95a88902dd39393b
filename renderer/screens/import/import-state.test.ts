import { expect, test } from 'vitest';
import { surenessOf, withChoice } from './import-state.ts';

test('a field that is chosen for one column is given up by the other', () => {
  const columns = [
    { index: 0, field: 'billDate' as const },
    { index: 1, field: 'total' as const },
    { index: 2, field: null },
  ];
  expect(withChoice(columns, 2, 'total')).toEqual([
    { index: 0, field: 'billDate' },
    { index: 1, field: null },
    { index: 2, field: 'total' },
  ]);
  // Taking the meaning of one column away leaves the other unused ones as they are.
  expect(withChoice(columns, 0, null)).toEqual([
    { index: 0, field: null },
    { index: 1, field: 'total' },
    { index: 2, field: null },
  ]);
});

test.each([
  ['total', { field: 'total', confidence: 95 }, 'sure'],
  ['total', { field: 'total', confidence: 80 }, 'sure'],
  ['total', { field: 'total', confidence: 70 }, 'likely'],
  ['total', { field: 'total', confidence: 60 }, 'likely'],
  ['total', { field: 'total', confidence: 50 }, 'unsure'],
  ['total', { field: 'taxable', confidence: 100 }, 'chosen'],
  ['total', undefined, 'chosen'],
  [null, { field: 'taxable', confidence: 100 }, 'unused'],
] as const)('%s against the guess %o is %s', (field, guess, sureness) => {
  expect(surenessOf(field, guess)).toBe(sureness);
});
