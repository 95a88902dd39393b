import type { Paise } from '../../kernel/money.ts';
import type { Account, AccountKind, ConsolidationTotal } from '../rows.ts';

export interface Sums {
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly lineCount: number;
}

/** Adds up totals by any key, in the order in which the keys first appear. */
export function sumBy(
  totals: Iterable<ConsolidationTotal>,
  key: (total: ConsolidationTotal) => string,
): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const total of totals) {
    const at = key(total);
    const before = sums.get(at) ?? { debitPaise: 0n, creditPaise: 0n, lineCount: 0 };
    sums.set(at, {
      debitPaise: before.debitPaise + total.debitPaise,
      creditPaise: before.creditPaise + total.creditPaise,
      lineCount: before.lineCount + total.lineCount,
    });
  }
  return sums;
}

/** Debit less credit where the kind grows by debit (assets, expenses), credit less debit elsewhere. */
export const balanceOf = (kind: AccountKind, sums: Pick<Sums, 'debitPaise' | 'creditPaise'>): Paise =>
  kind === 'asset' || kind === 'expense' ? sums.debitPaise - sums.creditPaise : sums.creditPaise - sums.debitPaise;

export interface IncomeAndExpenditure {
  readonly incomePaise: Paise;
  readonly expensePaise: Paise;
  /** Income less expense: above zero a surplus. */
  readonly surplusPaise: Paise;
}

/** Income and expenditure over the totals. GL codes may differ between colleges, so the kind is asked for by college and code. */
export function incomeAndExpenditure(
  totals: Iterable<ConsolidationTotal>,
  kindOf: (collegeId: string, accountCode: string) => AccountKind | undefined,
): IncomeAndExpenditure {
  let incomePaise = 0n;
  let expensePaise = 0n;
  for (const total of totals) {
    const kind = kindOf(total.collegeId, total.accountCode);
    if (kind === 'income') incomePaise += balanceOf(kind, total);
    if (kind === 'expense') expensePaise += balanceOf(kind, total);
  }
  return { incomePaise, expensePaise, surplusPaise: incomePaise - expensePaise };
}

/** Looks kinds up in the accounts of all colleges. */
export function kindsOf(
  accounts: Iterable<Account>,
): (collegeId: string, accountCode: string) => AccountKind | undefined {
  const kinds = new Map<string, AccountKind>();
  for (const { collegeId, code, kind } of accounts) kinds.set(`${collegeId} ${code}`, kind);
  return (collegeId, accountCode) => kinds.get(`${collegeId} ${accountCode}`);
}
