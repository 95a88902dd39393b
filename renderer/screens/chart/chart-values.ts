import type { AccountKind } from '../../../shared/domain/rows.ts';
import type { ChartAccount, ChartGroup } from '../../../shared/ipc/contract/chart.ts';

export const accountKinds: readonly AccountKind[] = ['asset', 'liability', 'income', 'expense', 'fund'];

export const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());

/** Each field that differs, with what stood there, so that another person's change to another field stays. */
export function editsBetween<T extends object>(before: T, after: T): { [K in keyof T]?: { from: T[K]; to: T[K] } } {
  const edits: { [K in keyof T]?: { from: T[K]; to: T[K] } } = {};
  for (const name of Object.keys(after) as (keyof T)[]) {
    if (before[name] !== after[name]) edits[name] = { from: before[name], to: after[name] };
  }
  return edits;
}

const STEP = 10;

/**
 * A code for a new account: the step after the highest number in its group, or in its kind where the group has none yet; empty where the
 * college does not number its accounts.
 */
export function proposedCode(
  accounts: readonly Pick<ChartAccount, 'code' | 'kind' | 'groupCode'>[],
  kind: AccountKind,
  groupCode: string | null,
): string {
  const ofKind = accounts.filter((account) => account.kind === kind && /^\d{1,9}$/.test(account.code));
  const ofGroup = ofKind.filter((account) => account.groupCode === groupCode);
  const numbers = (ofGroup.length > 0 ? ofGroup : ofKind).map(({ code }) => Number.parseInt(code, 10));
  if (numbers.length === 0) return '';
  const taken = new Set(accounts.map(({ code }) => code));
  for (let next = Math.max(...numbers) + STEP; ; next += 1) if (!taken.has(String(next))) return String(next);
}

/** A row of the chart as it is shown: groups with what stands under them, each under its own. */
export type ChartRow =
  | { readonly type: 'kind'; readonly kind: AccountKind; readonly depth: 0; readonly balancePaise: bigint }
  | {
      readonly type: 'group';
      readonly group: ChartGroup;
      readonly depth: number;
      readonly balancePaise: bigint;
    }
  | {
      readonly type: 'account';
      readonly account: ChartAccount;
      readonly depth: number;
      readonly balancePaise: bigint;
    };

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * The chart from top to bottom: kinds, groups and accounts by code, each group with the sum of all below it. A group or account whose own
 * group is missing stands right under its kind, so that nothing is ever left out.
 * @param wanted which accounts are to be seen; a group is shown when it is wanted itself or has something to show
 */
export function chartRows(
  groups: readonly ChartGroup[],
  accounts: readonly ChartAccount[],
  wanted: (one: ChartGroup | ChartAccount) => boolean,
): readonly ChartRow[] {
  const codes = new Set(groups.map(({ code }) => code));
  const under = (code: string | null): string | null => (code !== null && codes.has(code) ? code : null);
  const seen = new Set<string>();
  const below = (kind: AccountKind, parent: string | null, depth: number): readonly ChartRow[] => {
    const own = accounts
      .filter((one) => one.kind === kind && under(one.groupCode) === parent)
      .map((account) => ({ code: account.code, account }));
    const inner = groups
      .filter((one) => one.kind === kind && under(one.parentCode) === parent && !seen.has(one.code))
      .map((group) => ({ code: group.code, group }));
    return [...inner, ...own]
      .sort((a, b) => compare(a.code, b.code))
      .flatMap((one): readonly ChartRow[] => {
        if ('account' in one) {
          const { account } = one;
          return wanted(account) ? [{ type: 'account', account, depth, balancePaise: account.balancePaise }] : [];
        }
        seen.add(one.code);
        const rows = below(kind, one.code, depth + 1);
        if (rows.length === 0 && !wanted(one.group)) return [];
        return [{ type: 'group', group: one.group, depth, balancePaise: sumOf(rows) }, ...rows];
      });
  };
  return accountKinds.flatMap((kind): readonly ChartRow[] => {
    const rows = below(kind, null, 1);
    return rows.length === 0 ? [] : [{ type: 'kind', kind, depth: 0, balancePaise: sumOf(rows) }, ...rows];
  });
}

const sumOf = (rows: readonly ChartRow[]): bigint =>
  rows.reduce((sum, row) => (row.type === 'account' ? sum + row.balancePaise : sum), 0n);
