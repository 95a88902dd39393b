import type { FinancialYear, IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { CommandArgs } from '../command/args.ts';
import type { NamedRows } from '../exchange/book-names.ts';
import type { OpenAmount } from '../exchange/fit-bills.ts';
import type { IdFor } from '../exchange/masters-for-books.ts';
import type { Category } from '../rows.ts';
import type { DateOrder } from './parse-date.ts';
import type { RawRow } from './raw-cell.ts';
import type { RowProblem } from './row-problems.ts';

/** The books against which a sheet is read. */
export interface SheetBooks {
  readonly rows: NamedRows;
  readonly categories: readonly Pick<Category, 'code' | 'label' | 'labelHi'>[];
  readonly budgets: readonly {
    readonly financialYear: string;
    readonly category: string;
    readonly allocatedPaise: bigint;
  }[];
  readonly voucherIds: ReadonlySet<Id>;
  /** The day of opening balances, and the opening vouchers of it which were not taken back. */
  readonly openingDate: IsoDate;
  readonly openings: readonly Id[];
  readonly openBills: readonly OpenAmount[];
  readonly financialYear: FinancialYear;
  readonly idFor: IdFor;
}

export interface SheetSetup extends SheetBooks {
  readonly dateOrder: DateOrder;
}

export type SheetOrder = {
  readonly [N in 'voucher.post' | 'budget.set' | 'account.create']: { readonly name: N; readonly args: CommandArgs[N] };
}['voucher.post' | 'budget.set' | 'account.create'];

/** Rows that go in together, or that the books have already. */
export interface SheetEntry {
  readonly rows: readonly RawRow[];
  /** Null when it is in the books. */
  readonly order: SheetOrder | null;
}

export interface RefusedSheetRow {
  readonly row: RawRow;
  readonly problems: readonly RowProblem[];
}

export interface SheetRead {
  readonly entries: readonly SheetEntry[];
  readonly refused: readonly RefusedSheetRow[];
}
