import { exchangeKey, headingKey } from '../../../domain/exchange/names.ts';
import type { AccountKind } from '../../../domain/rows.ts';

interface StandardGroup {
  readonly name: string;
  readonly parent: string | null;
  readonly kind: AccountKind;
}

const group = (name: string, kind: AccountKind, parent: string | null = null): StandardGroup => ({
  name,
  parent,
  kind,
});

/** The 28 groups that every company of Tally has: 15 primary ones and those below them. Capital is what a trust calls its funds. */
export const standardGroups: readonly StandardGroup[] = [
  group('Branch / Divisions', 'liability'),
  group('Capital Account', 'fund'),
  group('Current Assets', 'asset'),
  group('Current Liabilities', 'liability'),
  group('Direct Expenses', 'expense'),
  group('Direct Incomes', 'income'),
  group('Fixed Assets', 'asset'),
  group('Indirect Expenses', 'expense'),
  group('Indirect Incomes', 'income'),
  group('Investments', 'asset'),
  group('Loans (Liability)', 'liability'),
  group('Misc. Expenses (ASSET)', 'asset'),
  group('Purchase Accounts', 'expense'),
  group('Sales Accounts', 'income'),
  group('Suspense A/c', 'liability'),
  group('Bank Accounts', 'asset', 'Current Assets'),
  group('Bank OD A/c', 'liability', 'Loans (Liability)'),
  group('Cash-in-Hand', 'asset', 'Current Assets'),
  group('Deposits (Asset)', 'asset', 'Current Assets'),
  group('Duties & Taxes', 'liability', 'Current Liabilities'),
  group('Loans & Advances (Asset)', 'asset', 'Current Assets'),
  group('Provisions', 'liability', 'Current Liabilities'),
  group('Reserves & Surplus', 'fund', 'Capital Account'),
  group('Secured Loans', 'liability', 'Loans (Liability)'),
  group('Stock-in-Hand', 'asset', 'Current Assets'),
  group('Sundry Creditors', 'liability', 'Current Liabilities'),
  group('Sundry Debtors', 'asset', 'Current Assets'),
  group('Unsecured Loans', 'liability', 'Loans (Liability)'),
];

/** Older names of the same groups. */
const aliases: Readonly<Record<string, string>> = {
  'bank occ a/c': 'Bank OD A/c',
  'retained earnings': 'Reserves & Surplus',
  'expenses (direct)': 'Direct Expenses',
  'expenses (indirect)': 'Indirect Expenses',
  'income (direct)': 'Direct Incomes',
  'income (indirect)': 'Indirect Incomes',
};

const byKey = new Map(standardGroups.map((one) => [exchangeKey(one.name), one]));

/** The group of Tally with this name, Latin letter case aside. */
export function standardGroup(name: string): StandardGroup | undefined {
  const key = exchangeKey(name);
  return byKey.get(exchangeKey(Object.hasOwn(aliases, key) ? (aliases[key] ?? key) : key));
}

/** Under which of them a group or ledger stands that has no parent of its own. */
export const rootOfKind: Readonly<Record<AccountKind, string>> = {
  asset: 'Current Assets',
  liability: 'Current Liabilities',
  income: 'Indirect Incomes',
  expense: 'Indirect Expenses',
  fund: 'Capital Account',
};

const byFold = new Map(standardGroups.map((one) => [headingKey(one.name), one]));

/** The group of Tally that is meant by one of ours: of its kind and name, but for signs (`Cash in hand`) and the kind in it (`Loans`). */
export function standardGroupFor(name: string, kind: AccountKind): StandardGroup | undefined {
  const found = byFold.get(headingKey(name));
  return found?.kind === kind ? found : undefined;
}

const SUFFIX = ' A/c';

/** The name of a standard group, perhaps followed by the suffix, once or more often. */
function isReserved(name: string): boolean {
  if (byKey.has(exchangeKey(name))) return true;
  return name.endsWith(SUFFIX) && isReserved(name.slice(0, -SUFFIX.length));
}

/**
 * The name of a ledger in Tally, where groups and ledgers share their names: a ledger that is called as a standard group gets ` A/c` added.
 * `ledgerNameFrom` takes it away again, so that every name comes back as it went.
 */
export const ledgerNameTo = (name: string): string => (isReserved(name) ? `${name}${SUFFIX}` : name);

export function ledgerNameFrom(name: string): string {
  if (!name.endsWith(SUFFIX)) return name;
  const bare = name.slice(0, -SUFFIX.length);
  return isReserved(bare) ? bare : name;
}
