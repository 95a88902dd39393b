import type { Id } from '../../../shared/kernel/ids.ts';
import type { Paise } from '../../../shared/kernel/money.ts';

/** A line of a comparison: one amount for each college, and their sum. */
export interface MatrixRow {
  readonly key: string;
  readonly label: string;
  /** In the order of the colleges; null where the college has nothing under this key. */
  readonly cells: readonly (Paise | null)[];
  readonly total: Paise;
}

interface Cell {
  readonly key: string;
  readonly label: string;
  readonly collegeId: Id;
  readonly paise: Paise;
}

/**
 * Cells as rows of a comparison. `keys` fixes rows and their order (months); without it rows stand in the order in which they come.
 * Nothing is dropped: a key that `keys` does not name gets a row at the end, so that sums stay true.
 */
export function matrixOf(
  cells: readonly Cell[],
  colleges: readonly Id[],
  keys: readonly { readonly key: string; readonly label: string }[] = [],
): readonly MatrixRow[] {
  const rows = new Map(keys.map(({ key, label }) => [key, { label, amounts: new Map<Id, Paise>() }]));
  for (const { key, label, collegeId, paise } of cells) {
    const row = rows.get(key) ?? { label, amounts: new Map<Id, Paise>() };
    row.amounts.set(collegeId, (row.amounts.get(collegeId) ?? 0n) + paise);
    rows.set(key, row);
  }
  return [...rows].map(([key, { label, amounts }]) => ({
    key,
    label,
    cells: colleges.map((id) => amounts.get(id) ?? null),
    total: [...amounts.values()].reduce((sum, paise) => sum + paise, 0n),
  }));
}

/** The sums below the columns, and of all. */
export const matrixTotals = (rows: readonly MatrixRow[], columns: number): readonly Paise[] => [
  ...Array.from({ length: columns }, (_, column) => rows.reduce((sum, row) => sum + (row.cells[column] ?? 0n), 0n)),
  rows.reduce((sum, row) => sum + row.total, 0n),
];
