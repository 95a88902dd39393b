import type { IsoDate } from '../../kernel/dates.ts';

/**
 * One cell as it stood in the file, before anybody decided what it means. Numbers are plain decimal text (`125000.5`, never
 * `1.25e5`), so that money never passes through a float after the file was read.
 */
export type RawCell = RawValue & {
  /** The value was worked out by a formula when the file was saved. */
  readonly formula?: true;
};

type RawValue =
  | { readonly kind: 'empty'; readonly text: '' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'date'; readonly text: IsoDate }
  | { readonly kind: 'boolean'; readonly text: 'TRUE' | 'FALSE' }
  /** What the program that saved the file shows for a failed formula, such as `#DIV/0!`. */
  | { readonly kind: 'error'; readonly text: string }
  /** A formula whose value was never worked out: there is nothing to read. */
  | { readonly kind: 'formula'; readonly text: string };

export interface RawRow {
  /** As the person sees it at the left edge of the sheet, from 1. */
  readonly number: number;
  /** By column, from 0; trailing empty cells are left out. */
  readonly cells: readonly RawCell[];
}

export const emptyCell: RawCell = { kind: 'empty', text: '' };

export const cellAt = (row: RawRow, column: number): RawCell => row.cells[column] ?? emptyCell;

export const isBlankCell = (cell: RawCell): boolean =>
  cell.kind === 'empty' || (cell.kind === 'text' && cell.text.trim() === '');
