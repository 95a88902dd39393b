import type { Expense } from '../../domain/rows.ts';
import type { ExpenseFilter, ExpenseSort } from '../../ipc/contract/lists.ts';
import type { Scope } from './scope.ts';

/** The questions about expenses answered by plain loops over rows in memory: slow, and obvious. Only tests use it. */
export interface KeptExpense {
  readonly row: Expense;
  readonly version: number;
}

export function matching(kept: readonly KeptExpense[], scope: Scope, filter: ExpenseFilter): readonly KeptExpense[] {
  return kept.filter(({ row, version }) => {
    if (!scope.some((college) => college.id === row.collegeId)) return false;
    if (filter.collegeId !== null && row.collegeId !== filter.collegeId) return false;
    if (filter.status.length > 0 && !filter.status.includes(row.status)) return false;
    if (filter.category.length > 0 && !filter.category.includes(row.category)) return false;
    if (filter.accountCode !== null && row.accountCode !== filter.accountCode) return false;
    if (filter.vendorId !== null && row.vendorId !== filter.vendorId) return false;
    if (filter.from !== null && row.billDate < filter.from) return false;
    if (filter.to !== null && row.billDate > filter.to) return false;
    if (filter.minPaise !== null && row.totalPaise < filter.minPaise) return false;
    if (filter.maxPaise !== null && row.totalPaise > filter.maxPaise) return false;
    if (filter.pendingOnly && version !== 0) return false;
    return found(row, filter.text);
  });
}

/** One or two characters must begin a word; a longer text may stand anywhere. */
function found(row: Expense, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  const text = [row.number ?? '', row.provisionalRef, row.vendorName, row.billNo ?? '', row.description]
    .join(' ')
    .toLowerCase();
  if (wanted === '') return true;
  if ([...wanted].length >= 3) return text.includes(wanted);
  return text.startsWith(wanted) || text.includes(` ${wanted}`);
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const byBig = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);
const latinLower = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const orders: Readonly<Record<ExpenseSort, (a: Expense, b: Expense) => number>> = {
  date_desc: (a, b) => byText(b.billDate, a.billDate) || byText(b.id, a.id),
  date_asc: (a, b) => byText(a.billDate, b.billDate) || byText(a.id, b.id),
  amount_desc: (a, b) => byBig(b.totalPaise, a.totalPaise) || byText(b.id, a.id),
  amount_asc: (a, b) => byBig(a.totalPaise, b.totalPaise) || byText(a.id, b.id),
  vendor_asc: (a, b) => byText(latinLower(a.vendorName), latinLower(b.vendorName)) || byText(b.id, a.id),
};

export const sorted = (kept: readonly KeptExpense[], sort: ExpenseSort): readonly KeptExpense[] =>
  [...kept].sort((a, b) => orders[sort](a.row, b.row));
