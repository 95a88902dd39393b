import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import { formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { newId } from '../../host/system.ts';
import { type ExpenseValues, emptyValues, valuesOf } from './expense-values.ts';

/** What the form begins with. `base` is what stands in the books, null for a new expense. */
export interface Beginning {
  readonly expenseId: Id;
  readonly values: ExpenseValues;
  readonly base: ExpenseFields | null;
}

export const blank = (today: IsoDate): Beginning => ({
  expenseId: newId(),
  values: { ...emptyValues, billDate: formatDate(today) },
  base: null,
});

/** The fields as they stand in the books, a copy of another bill, or a blank one. */
export function beginning(
  fresh: Beginning,
  expenseId: Id | null,
  loaded: { readonly fields: ExpenseFields; readonly vendorName: string } | undefined,
): Beginning {
  if (loaded === undefined) return fresh;
  const values = valuesOf(loaded.fields, loaded.vendorName);
  if (expenseId !== null) return { expenseId, values, base: loaded.fields };
  // A copy is another bill: its number and day are for the person to type.
  return { ...fresh, values: { ...values, billNo: '', billDate: fresh.values.billDate } };
}
