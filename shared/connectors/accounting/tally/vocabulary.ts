import type { BillRefKind, ExchangeKind } from '../../../domain/exchange/model.ts';
import { exchangeKey } from '../../../domain/exchange/names.ts';
import type { CostCentreKind } from '../../../domain/rows.ts';

/** Words of Tally and what they are called here. */
export const voucherTypes: Readonly<Record<ExchangeKind, string>> = {
  payment: 'Payment',
  receipt: 'Receipt',
  contra: 'Contra',
  journal: 'Journal',
  purchase: 'Purchase',
  sales: 'Sales',
  debit_note: 'Debit Note',
  credit_note: 'Credit Note',
};

export const billTypes: Readonly<Record<BillRefKind, string>> = {
  new: 'New Ref',
  against: 'Agst Ref',
  advance: 'Advance',
  on_account: 'On Account',
};

/** Tally has the same amount of a line in each category, so that a department and a fund stand side by side. */
export const costCategories: Readonly<Record<CostCentreKind, string>> = {
  department: 'Departments',
  fund: 'Funds',
  grant: 'Grants',
};

/** The category that every company has; what stands there is of no kind that we know. */
export const PRIMARY_CATEGORY = 'Primary Cost Category';

const inverse = <K extends string>(words: Readonly<Record<K, string>>): ReadonlyMap<string, K> =>
  new Map(Object.entries<string>(words).map(([ours, theirs]) => [exchangeKey(theirs), ours as K]));

const kindOfType = inverse(voucherTypes);
const kindOfBill = inverse(billTypes);
const kindOfCategory = inverse(costCategories);

/** @param parents the voucher types that a company added, with the type each is one of */
export function voucherKind(type: string, parents: ReadonlyMap<string, string>): ExchangeKind | undefined {
  let key = exchangeKey(type);
  for (let step = 0; step < 8; step += 1) {
    const kind = kindOfType.get(key);
    if (kind !== undefined) return kind;
    const parent = parents.get(key);
    if (parent === undefined) return undefined;
    key = exchangeKey(parent);
  }
  return undefined;
}

export const billKind = (type: string): BillRefKind | undefined => kindOfBill.get(exchangeKey(type));
export const categoryKind = (category: string | null): CostCentreKind | null =>
  category === null ? null : (kindOfCategory.get(exchangeKey(category)) ?? null);
export const categoryOf = (kind: CostCentreKind | null): string =>
  kind === null ? PRIMARY_CATEGORY : costCategories[kind];
