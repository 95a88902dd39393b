import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import { checkGstin } from '../identity/gstin.ts';
import type { Account, AccountGroup, AccountRole, Vendor } from '../rows.ts';
import { type BookNames, bookNames, type NamedRows } from './book-names.ts';
import type { ExchangeGroup, ExchangeLedger, ExchangeMasters, LedgerRole, OpeningBill } from './model.ts';
import { exchangeKey } from './names.ts';
import { type OpenBill, type OpeningMove, openingsFrom } from './openings.ts';
import { surplusNames } from './surplus.ts';

export interface BooksToSend extends NamedRows {
  /** What stood before the first day whose vouchers are sent. */
  readonly moves: readonly OpeningMove[];
  readonly openBills: readonly OpenBill[];
  /** Codes of the accounts whose lines name departments or funds. */
  readonly withCentres: ReadonlySet<string>;
}

const roles: Readonly<Record<AccountRole, LedgerRole | null>> = {
  vendor_payable: null,
  tds_payable: 'tax',
  input_cgst: 'tax',
  input_sgst: 'tax',
  input_igst: 'tax',
  bank: 'bank',
  cash: 'cash',
};

/** The name under which the surplus goes out when the chart has no account for it. */
const SURPLUS_NAME = 'Income and expenditure account';

/** The masters of the books: every account and group, and every vendor as a party ledger under the group of the control account. */
export function mastersOfBooks(books: BooksToSend): ExchangeMasters {
  const { accounts, groups, vendors, costCentres, moves, openBills, withCentres } = books;
  const names = bookNames(books);
  const control = controlOf(accounts);
  const openings = openingsFrom(moves, accounts, control?.code ?? null);
  const billsOf = Map.groupBy(openBills, ({ vendorId }): Id => vendorId);
  const surplus = accounts.find(isSurplus);
  const ledgers = accounts.map((account): ExchangeLedger => {
    const own = openings.accounts.get(account.code) ?? 0n;
    const opening = account === surplus ? own + openings.surplus : own;
    return ledgerOfAccount(account, names, opening, withCentres.has(account.code));
  });
  if (surplus === undefined && openings.surplus !== 0n) ledgers.push(surplusLedger(openings.surplus));
  const parties = vendors.map((vendor) =>
    ledgerOfVendor(vendor, names, control, {
      balance: openings.vendors.get(vendor.id) ?? 0n,
      bills: (billsOf.get(vendor.id) ?? []).map(openingBillOf),
    }),
  );
  return {
    groups: parentsFirst(groups).map((group) => groupOf(group, names)),
    ledgers: [...ledgers, ...parties],
    costCentres: costCentres.map(({ code, kind }) => ({ name: names.costCentres.get(code) ?? code, kind })),
  };
}

export const controlOf = (accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ role }) => role === 'vendor_payable');

export const isSurplus = ({ kind, name }: Account): boolean => kind === 'fund' && surplusNames.has(exchangeKey(name));

const sides = (balance: Paise) => ({
  openingDebitPaise: balance > 0n ? balance : 0n,
  openingCreditPaise: balance < 0n ? -balance : 0n,
});

function ledgerOfAccount(account: Account, names: BookNames, balance: Paise, hasCentres: boolean): ExchangeLedger {
  const { code, name, kind, groupCode, role } = account;
  const isOfYear = kind === 'income' || kind === 'expense';
  return {
    name: names.accounts.get(code) ?? name,
    parent: groupCode === null ? null : (names.groups.get(groupCode) ?? null),
    kind,
    role: isSurplus(account) ? 'surplus' : role === null ? null : roles[role],
    isParty: false,
    hasCostCentres: isOfYear || hasCentres,
    ...sides(balance),
    openingBills: [],
    gstin: null,
    pan: null,
  };
}

const openingBillOf = ({ name, billDate, dueOn, debitPaise, creditPaise }: OpenBill): OpeningBill => ({
  ...{ name, billDate, dueOn, debitPaise, creditPaise },
});

const surplusLedger = (balance: Paise): ExchangeLedger => ({
  ...{ name: SURPLUS_NAME, parent: null, kind: 'fund', role: 'surplus', isParty: false, hasCostCentres: false },
  ...{ ...sides(balance), openingBills: [], gstin: null, pan: null },
});

function ledgerOfVendor(
  { id, name, gstin, pan }: Vendor,
  names: BookNames,
  control: Account | undefined,
  opening: { readonly balance: Paise; readonly bills: readonly OpeningBill[] },
): ExchangeLedger {
  const ofGstin = gstin === null ? undefined : checkGstin(gstin);
  return {
    name: names.vendors.get(id) ?? name,
    parent: control?.groupCode == null ? null : (names.groups.get(control.groupCode) ?? null),
    kind: 'liability',
    role: null,
    isParty: true,
    hasCostCentres: false,
    ...sides(opening.balance),
    openingBills: opening.bills,
    gstin,
    pan: pan ?? (ofGstin?.ok === true ? ofGstin.value.pan : null),
  };
}

const groupOf = ({ code, name, kind, parentCode }: AccountGroup, names: BookNames): ExchangeGroup => ({
  name: names.groups.get(code) ?? name,
  parent: parentCode === null ? null : (names.groups.get(parentCode) ?? null),
  kind,
});

/** Other programs take a group only under one they have already. */
function parentsFirst(groups: readonly AccountGroup[]): readonly AccountGroup[] {
  const byCode = new Map(groups.map((group) => [group.code, group]));
  const ordered = new Set<AccountGroup>();
  const visit = (group: AccountGroup): void => {
    if (ordered.has(group)) return;
    const parent = group.parentCode === null ? undefined : byCode.get(group.parentCode);
    // The books never have a circle of groups (chart/group.ts).
    if (parent !== undefined) visit(parent);
    ordered.add(group);
  };
  for (const group of groups) visit(group);
  return [...ordered];
}
