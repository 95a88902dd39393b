import type { ExpenseStatus } from '../../../shared/domain/rows.ts';
import type { ExpenseFilter, ExpenseSort } from '../../../shared/ipc/contract/lists.ts';
import { type FinancialYear, financialYearBounds, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Paise } from '../../../shared/kernel/money.ts';

/** What the person chose in the list; the college and the year of the window come on top. */
export interface ListChoice {
  readonly text: string;
  readonly status: readonly ExpenseStatus[];
  readonly category: readonly string[];
  readonly accountCode: string | null;
  /** Set where one comes from a vendor; the name is for the chip. */
  readonly vendor: { readonly id: Id; readonly name: string } | null;
  /** Null: the whole financial year. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly minPaise: Paise | null;
  readonly maxPaise: Paise | null;
  readonly pendingOnly: boolean;
  readonly sort: ExpenseSort;
}

export const noChoice: ListChoice = {
  text: '',
  status: [],
  category: [],
  accountCode: null,
  vendor: null,
  from: null,
  to: null,
  minPaise: null,
  maxPaise: null,
  pendingOnly: false,
  sort: 'date_desc',
};

/** Whether anything narrows the list, so that an empty one is explained rightly. */
export const narrows = (choice: ListChoice): boolean =>
  choice.text.trim() !== '' ||
  choice.status.length > 0 ||
  choice.category.length > 0 ||
  choice.accountCode !== null ||
  choice.vendor !== null ||
  choice.from !== null ||
  choice.to !== null ||
  choice.minPaise !== null ||
  choice.maxPaise !== null ||
  choice.pendingOnly;

export function toFilter(choice: ListChoice, collegeId: Id | null, year: FinancialYear): ExpenseFilter {
  const bounds = financialYearBounds(year);
  return {
    collegeId,
    text: choice.text.trim(),
    status: [...choice.status],
    category: [...choice.category],
    accountCode: choice.accountCode,
    vendorId: choice.vendor?.id ?? null,
    from: choice.from ?? bounds.first,
    to: choice.to ?? bounds.last,
    minPaise: choice.minPaise,
    maxPaise: choice.maxPaise,
    pendingOnly: choice.pendingOnly,
  };
}
