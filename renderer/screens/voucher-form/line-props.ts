import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { FieldName } from './read-entry.ts';
import type { FormBooks } from './use-entry-books.ts';
import type { LineValues, VoucherValues } from './voucher-values.ts';

/** What a line of the form works with. */
export interface LineProps {
  readonly collegeId: Id;
  readonly kind: EntryKind;
  readonly today: IsoDate;
  readonly values: VoucherValues;
  readonly line: LineValues;
  /** From 1, as it is read aloud. */
  readonly place: number;
  readonly books: FormBooks;
  change(key: number, part: Partial<LineValues>): void;
  remove(key: number): void;
  /** What is wrong with the field, once it was left. */
  error(name: FieldName): string | null;
  leave(name: FieldName): void;
  /** Opens the dialog that makes what the field should name. */
  create(name: FieldName): void;
}
