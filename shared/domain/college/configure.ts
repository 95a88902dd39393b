import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandDefinition } from '../command/command.ts';
import { isGstState } from '../identity/gst-states.ts';
import { checkGstin } from '../identity/gstin.ts';
import { checkPan } from '../identity/pan.ts';
import type { Account, AccountGroup, AccountRole, Change } from '../rows.ts';

type Args = CommandArgs['college.configure'];

/** Sets a college up or changes its settings, people, GL codes and categories. Rows that are not named stay as they are. */
export const configureCollege: CommandDefinition<Args> = {
  name: 'college.configure',
  schemaVersion: 2,
  roles: ['it_admin', 'super_accountant', 'superuser'],
  documentId: (args) => args.college.id,
  audit: 'rows',
  async decide(args, context, books) {
    const { college, people, groups, accounts, categories } = args;
    const where =
      collegeFault(args, context.collegeId) ??
      twice('people', people) ??
      twice('groups', groups) ??
      twice('accounts', accounts) ??
      twice('categories', categories) ??
      (await groupsFault(groups, books)) ??
      (await accountsFault(args, books)) ??
      (await categoriesFault(args, books));
    if (where !== undefined) return err(fault(where));
    const changes: Change[] = [
      { table: 'colleges', row: college },
      ...people.map((row): Change => ({ table: 'people', row })),
      ...groups.map((row): Change => ({ table: 'account_groups', row })),
      ...accounts.map((row): Change => ({ table: 'accounts', row })),
      ...categories.map((row): Change => ({ table: 'categories', row })),
    ];
    return ok(changes);
  },
};

const fault = (where: string): Refusal => refusal('INPUT_INVALID', { where });

function collegeFault(args: Args, collegeId: string): string | undefined {
  const { college, people, groups, accounts, categories } = args;
  if (college.id !== collegeId) return 'college.id';
  for (const row of [college, ...people, ...groups, ...accounts, ...categories]) {
    if (row.collegeId !== collegeId) return 'collegeId';
  }
  if (!isGstState(college.stateCode)) return 'college.stateCode';
  const gstin = college.gstin === null ? undefined : checkGstin(college.gstin);
  if (gstin?.ok === false) return `college.gstin: ${gstin.error}`;
  if (gstin !== undefined && gstin.value.stateCode !== college.stateCode) return 'college.gstin: state';
  const pan = college.pan === null ? undefined : checkPan(college.pan);
  if (pan?.ok === false) return `college.pan: ${pan.error}`;
  const inside = gstin?.value.pan ?? null;
  if (pan !== undefined && inside !== null && inside !== pan.value) return 'college.pan: gstin_pan';
  if (college.approvalAbovePaise < 0n) return 'college.approvalAbovePaise';
  if (college.budgetWarningBp > college.budgetCriticalBp) return 'college.budgetWarningBp';
  return undefined;
}

function twice(area: string, rows: readonly { readonly id: string; readonly code?: string }[]): string | undefined {
  const seen = new Set<string>();
  for (const { id, code } of rows) {
    const keys = code === undefined ? [`id ${id}`] : [`id ${id}`, `code ${code}`];
    for (const key of keys) {
      if (seen.has(key)) return `${area}: ${key} twice`;
      seen.add(key);
    }
  }
  return undefined;
}

/** Postings look these up, so one account has the role; of bank and cash there may be several. */
const single: readonly (AccountRole | null)[] = [
  'vendor_payable',
  'tds_payable',
  'input_cgst',
  'input_sgst',
  'input_igst',
];

const kindOfRole: Readonly<Record<AccountRole, Account['kind']>> = {
  vendor_payable: 'liability',
  tds_payable: 'liability',
  input_cgst: 'asset',
  input_sgst: 'asset',
  input_igst: 'asset',
  bank: 'asset',
  cash: 'asset',
};

async function groupsFault(groups: readonly AccountGroup[], books: BooksReader): Promise<string | undefined> {
  const given = new Map(groups.map((group) => [group.code, group]));
  for (const { id, code, kind, parentCode } of groups) {
    const old = await books.get('account_groups', id);
    if (old !== undefined && old.code !== code) return `groups ${old.code}: code cannot change`;
    if (old !== undefined && old.kind !== kind) return `groups ${code}: kind cannot change`;
    const byCode = await books.groupByCode(code);
    if (byCode !== undefined && byCode.id !== id) return `groups ${code}: code in use`;
    const path = new Set([code]);
    for (let above = parentCode; above !== null; ) {
      const parent: AccountGroup | undefined = given.get(above) ?? (await books.groupByCode(above));
      if (parent?.kind !== kind || path.has(above)) return `groups ${code}: parentCode`;
      path.add(above);
      above = parent.parentCode;
    }
  }
  return undefined;
}

async function accountsFault({ groups, accounts }: Args, books: BooksReader): Promise<string | undefined> {
  const given = new Map(accounts.map((account) => [account.id, account]));
  const givenGroups = new Map(groups.map((group) => [group.code, group]));
  const holders = new Map<AccountRole, string>();
  for (const account of accounts) {
    const { id, code, kind, groupCode, role } = account;
    const old = await books.get('accounts', id);
    // Entries name an account by its code, and reports read them by its kind.
    if (old !== undefined && old.code !== code) return `accounts ${old.code}: code cannot change`;
    if (old !== undefined && old.kind !== kind) return `accounts ${code}: kind cannot change`;
    const byCode = await books.accountByCode(code);
    if (byCode !== undefined && byCode.id !== id) return `accounts ${code}: code in use`;
    const group = groupCode === null ? undefined : (givenGroups.get(groupCode) ?? (await books.groupByCode(groupCode)));
    if (groupCode !== null && group?.kind !== kind) return `accounts ${code}: groupCode`;
    if (role === null) continue;
    if (kindOfRole[role] !== kind) return `accounts ${code}: ${role} must be of kind ${kindOfRole[role]}`;
    if (!single.includes(role)) continue;
    const stored = await books.accountByRole(role);
    const holder = holders.get(role) ?? (stored !== undefined && !given.has(stored.id) ? stored.id : id);
    if (holder !== id) return `accounts ${code}: ${role} in use`;
    holders.set(role, id);
  }
  return undefined;
}

async function categoriesFault(args: Args, books: BooksReader): Promise<string | undefined> {
  const given = new Map(args.accounts.map((account) => [account.code, account]));
  for (const category of args.categories) {
    const { id, code, defaultAccountCode } = category;
    const old = await books.get('categories', id);
    if (old !== undefined && old.code !== code) return `categories ${old.code}: code cannot change`;
    const byCode = await books.categoryByCode(code);
    if (byCode !== undefined && byCode.id !== id) return `categories ${code}: code in use`;
    const account = given.get(defaultAccountCode) ?? (await books.accountByCode(defaultAccountCode));
    if (account?.kind !== 'expense') return `categories ${code}: defaultAccountCode`;
    if (category.receiptThresholdPaise < 0n) return `categories ${code}: receiptThresholdPaise`;
  }
  return undefined;
}
