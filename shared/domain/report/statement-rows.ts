import type { Account, AccountGroup, AccountKind } from '../rows.ts';
import type { ReportCells, ReportLanguage, RowRange } from './document.ts';
import type { ReportSheet } from './sheet.ts';
import { wordsOf } from './words.ts';

export type ChartGroup = Pick<AccountGroup, 'code' | 'name' | 'nameHi' | 'kind' | 'parentCode'>;
export type ChartAccount = Pick<Account, 'code' | 'name' | 'kind' | 'groupCode' | 'role'>;

/** The chart of accounts of a college, each list in the order of codes. */
export interface Chart {
  readonly groups: readonly ChartGroup[];
  readonly accounts: readonly ChartAccount[];
}

interface TreeParts {
  readonly chart: Chart;
  readonly kind: AccountKind;
  readonly language: ReportLanguage;
  readonly depth: number;
  /** The columns that totals of groups add. */
  readonly columns: readonly string[];
  /** What an account shows besides its name; null leaves it out. */
  readonly cellsOf: (account: ChartAccount) => ReportCells | null;
}

/**
 * Puts down the accounts of a kind under their groups, each group with its total; accounts and groups without anything to show are left
 * out. Answers with the rows that a total of the whole adds: totals of the outermost groups and the accounts right under the kind.
 */
export const accountTree = (sheet: ReportSheet, parts: TreeParts): readonly RowRange[] =>
  levelOf(sheet, parts, null, parts.depth);

function levelOf(sheet: ReportSheet, parts: TreeParts, parent: string | null, depth: number): readonly RowRange[] {
  const { chart, kind, columns, cellsOf, language } = parts;
  const ranges: RowRange[] = [];
  for (const account of chart.accounts) {
    if (account.kind !== kind || account.groupCode !== parent) continue;
    const cells = cellsOf(account);
    if (cells === null) continue;
    const own = { account: account.name, code: account.code, ...cells };
    ranges.push(sheet.line(depth, own, { to: 'account', accountCode: account.code }));
  }
  for (const group of chart.groups) {
    if (group.kind !== kind || group.parentCode !== parent) continue;
    const label = groupName(group, language);
    const at = sheet.rows.length;
    sheet.heading(depth, label);
    const adds = levelOf(sheet, parts, group.code, depth + 1);
    if (adds.length === 0) sheet.rows.length = at;
    else ranges.push(sheet.total(depth, wordsOf(language).totalOf(label), columns, { adds }));
  }
  return ranges;
}

export const groupName = (group: Pick<AccountGroup, 'name' | 'nameHi'>, language: ReportLanguage): string =>
  language === 'hi' ? (group.nameHi ?? group.name) : group.name;

/**
 * The groups of what comes and goes from day to day: the outermost groups in which bank and cash stand, with all below them. What is
 * kept elsewhere among the assets (buildings, equipment, investments) was acquired to stay.
 */
export function currentGroups({ groups, accounts }: Chart): ReadonlySet<string> {
  const parents = new Map(groups.map(({ code, parentCode }) => [code, parentCode]));
  const outermost = (code: string): string => {
    const parent = parents.get(code) ?? null;
    return parent === null ? code : outermost(parent);
  };
  const money = accounts.flatMap(({ role, groupCode }) =>
    (role === 'bank' || role === 'cash') && groupCode !== null ? [outermost(groupCode)] : [],
  );
  return new Set(groups.filter(({ code }) => money.includes(outermost(code))).map(({ code }) => code));
}
