import type { VoucherKind } from '../../../shared/domain/rows.ts';
import type { VoucherFilter } from '../../../shared/ipc/contract/vouchers.ts';
import { type FinancialYear, financialYearBounds, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';

/** What the person chose in the day book; the college and the year of the window come on top. */
export interface VoucherChoice {
  readonly text: string;
  readonly kind: readonly VoucherKind[];
  readonly accountCode: string | null;
  /** Set where one comes from a vendor; the name is for the chip. */
  readonly vendor: { readonly id: Id; readonly name: string } | null;
  /** Null: the whole financial year. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

export const noChoice: VoucherChoice = { text: '', kind: [], accountCode: null, vendor: null, from: null, to: null };

/** Whether anything narrows the list, so that an empty one is explained rightly. */
export const narrows = (choice: VoucherChoice): boolean =>
  choice.text.trim() !== '' ||
  choice.kind.length > 0 ||
  choice.accountCode !== null ||
  choice.vendor !== null ||
  choice.from !== null ||
  choice.to !== null;

export function toFilter(choice: VoucherChoice, collegeId: Id | null, year: FinancialYear): VoucherFilter {
  const bounds = financialYearBounds(year);
  return {
    collegeId,
    text: choice.text.trim(),
    kind: [...choice.kind],
    accountCode: choice.accountCode,
    vendorId: choice.vendor?.id ?? null,
    from: choice.from ?? bounds.first,
    to: choice.to ?? bounds.last,
  };
}
