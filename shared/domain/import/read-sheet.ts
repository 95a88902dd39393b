import type { Mapping } from './columns.ts';
import type { RawRow } from './raw-cell.ts';
import { readAccounts, readBudgets } from './read-chart.ts';
import { readOpenings, readVouchers } from './read-entries.ts';
import type { SheetKind } from './sheet-kinds.ts';
import type { SheetRead, SheetSetup } from './sheet-result.ts';

const readers: Readonly<
  Record<SheetKind, (rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup) => SheetRead>
> = {
  vouchers: readVouchers,
  openings: readOpenings,
  budgets: readBudgets,
  accounts: readAccounts,
};

/** All rows of a sheet of one kind: what they would enter, what the books have, and what is wrong with the others. */
export const readSheet = (kind: SheetKind, rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup): SheetRead =>
  readers[kind](rows, mapping, setup);
