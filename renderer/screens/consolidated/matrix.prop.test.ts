import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrixOf, matrixTotals } from './matrix.ts';

const colleges = ['a', 'b', 'c'];
const cell = fc.record({
  key: fc.constantFrom('2026-04', '2026-05', '2027-03', 'odd'),
  label: fc.constant('label'),
  collegeId: fc.constantFrom(...colleges),
  paise: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
});

test('no paisa is lost or counted twice between cells, rows, columns and the whole', () => {
  fc.assert(
    fc.property(fc.array(cell), (cells) => {
      const rows = matrixOf(cells, colleges, [{ key: '2026-04', label: 'April' }]);
      const whole = cells.reduce((sum, one) => sum + one.paise, 0n);
      const totals = matrixTotals(rows, colleges.length);
      expect(totals.at(-1)).toBe(whole);
      expect(totals.slice(0, -1).reduce((sum, one) => sum + one, 0n)).toBe(whole);
      for (const row of rows) expect(row.cells.reduce((sum: bigint, one) => sum + (one ?? 0n), 0n)).toBe(row.total);
    }),
  );
});

test('months stand in their order, empty ones included', () => {
  const keys = ['2026-04', '2026-05'].map((key) => ({ key, label: key }));
  const rows = matrixOf([{ key: '2026-05', label: '', collegeId: 'b', paise: 5n }], colleges, keys);
  expect(rows.map((row) => [row.key, row.cells])).toEqual([
    ['2026-04', [null, null, null]],
    ['2026-05', [null, 5n, null]],
  ]);
});
