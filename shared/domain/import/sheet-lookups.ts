import type { Id } from '../../kernel/ids.ts';
import type { NamedRows } from '../exchange/book-names.ts';
import { controlOf } from '../exchange/masters-of-books.ts';
import { exchangeKey } from '../exchange/names.ts';
import type { Account, AccountGroup, AccountKind, CostCentre, EntryKind } from '../rows.ts';
import { nameKey } from '../vendor/name-key.ts';

/** What of the books the rows of a sheet name, by code or by name, Latin letter case aside. */
export class SheetLookups {
  readonly controlCode: string | null;
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #vendors: ReadonlyMap<string, Id>;
  readonly #centres: ReadonlyMap<string, CostCentre>;
  readonly #groups: ReadonlyMap<string, AccountGroup>;

  constructor({ accounts, groups, vendors, costCentres }: NamedRows) {
    this.controlCode = controlOf(accounts)?.code ?? null;
    this.#accounts = byCodeAndName(accounts);
    this.#groups = byCodeAndName(groups);
    this.#centres = byCodeAndName(costCentres);
    this.#vendors = new Map(vendors.map((vendor) => [vendor.nameKey, vendor.id]));
  }

  account(text: string): Account | undefined {
    // Lists often have both in one cell: `5200 Office supplies`, `5200 - Office supplies`.
    return this.#accounts.get(exchangeKey(text)) ?? this.#accounts.get(exchangeKey(text.split(/[\s–-]+/u)[0] ?? ''));
  }

  vendor(text: string): Id | undefined {
    return this.#vendors.get(nameKey(text));
  }

  centre(text: string, isFund: boolean): CostCentre | undefined {
    const found = this.#centres.get(exchangeKey(text));
    return found !== undefined && (found.kind !== 'department') === isFund ? found : undefined;
  }

  group(text: string): AccountGroup | undefined {
    return this.#groups.get(exchangeKey(text));
  }
}

/** A code goes before a name that is written like it. */
const byCodeAndName = <Row extends { readonly code: string; readonly name: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> =>
  new Map([
    ...rows.map((row): [string, Row] => [exchangeKey(row.name), row]),
    ...rows.map((row): [string, Row] => [exchangeKey(row.code), row]),
  ]);

const inverse = <K extends string>(words: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> =>
  new Map(
    (Object.entries(words) as [K, readonly string[]][]).flatMap(([kind, names]) =>
      names.map((name): [string, K] => [exchangeKey(name), kind]),
    ),
  );

const voucherKinds = inverse<Exclude<EntryKind, 'opening'>>({
  payment: ['payment', 'pay', 'bank payment', 'cash payment', 'भुगतान'],
  receipt: ['receipt', 'rec', 'bank receipt', 'cash receipt', 'प्राप्ति', 'रसीद'],
  contra: ['contra', 'कॉन्ट्रा'],
  journal: ['journal', 'jv', 'jrnl', 'journal voucher', 'जर्नल'],
  purchase: ['purchase', 'क्रय', 'खरीद'],
  sales: ['sales', 'sale', 'बिक्री', 'विक्रय'],
  debit_note: ['debit note', 'debit_note', 'डेबिट नोट'],
  credit_note: ['credit note', 'credit_note', 'क्रेडिट नोट'],
});

const accountKinds = inverse<AccountKind>({
  asset: ['asset', 'assets', 'संपत्ति', 'परिसंपत्ति'],
  liability: ['liability', 'liabilities', 'देयता', 'दायित्व'],
  income: ['income', 'incomes', 'revenue', 'आय'],
  expense: ['expense', 'expenses', 'expenditure', 'व्यय', 'खर्च'],
  fund: ['fund', 'funds', 'capital', 'capital fund', 'corpus', 'निधि', 'पूँजी'],
});

const sides = inverse({
  debit: ['dr', 'dr.', 'd', 'debit', 'नामे', 'डेबिट'],
  credit: ['cr', 'cr.', 'c', 'credit', 'जमा', 'क्रेडिट'],
});

export const voucherKindOf = (text: string) => voucherKinds.get(exchangeKey(text));
export const accountKindOf = (text: string): AccountKind | undefined => accountKinds.get(exchangeKey(text));
export const sideOf = (text: string): 'debit' | 'credit' | undefined => sides.get(exchangeKey(text));
