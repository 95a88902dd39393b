import { canonicalText } from '../../kernel/canonical.ts';
import { type FinancialYear, financialYearBounds } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BooksReader } from '../command/command.ts';
import type { AccountKind, ConsolidationTotal } from '../rows.ts';

/** What the books said when a year was closed: each account's balance at its end, debit positive, by code. */
export interface ClosingFigures {
  readonly balances: { readonly [accountCode: string]: Paise };
  /** Income less expenditure of the year; it becomes part of the funds on the next day. */
  readonly surplusPaise: Paise;
}

export const isNominal = (kind: AccountKind): boolean => kind === 'income' || kind === 'expense';

/**
 * The balances at the end of a year. Assets, liabilities and funds go on from year to year; income and expenditure begin each year at
 * nothing, and what they came to stands in the surplus (ICAI, Guidance Note on accounting by schools; Tally carries forward in the same way).
 */
export async function closingFigures(financialYear: FinancialYear, books: BooksReader): Promise<ClosingFigures> {
  const lastMonth = financialYearBounds(financialYear).last.slice(0, 7);
  const totals = await books.totalsUpTo(lastMonth);
  const kinds = new Map<string, AccountKind>();
  for (const code of new Set(totals.map(({ accountCode }) => accountCode))) {
    const account = await books.accountByCode(code);
    if (account === undefined) throw new Error(`account ${code} was posted to and is not there`);
    kinds.set(code, account.kind);
  }
  return figuresOf(totals, financialYear, (code) => kinds.get(code));
}

/** The same from totals that were read already. */
export function figuresOf(
  totals: readonly Pick<ConsolidationTotal, 'accountCode' | 'financialYear' | 'debitPaise' | 'creditPaise'>[],
  financialYear: FinancialYear,
  kindOf: (accountCode: string) => AccountKind | undefined,
): ClosingFigures {
  const balances = new Map<string, Paise>();
  let surplusPaise = 0n;
  for (const { accountCode, financialYear: year, debitPaise, creditPaise } of totals) {
    const kind = kindOf(accountCode);
    if (kind === undefined || (isNominal(kind) && year !== financialYear)) continue;
    balances.set(accountCode, (balances.get(accountCode) ?? 0n) + debitPaise - creditPaise);
    if (isNominal(kind)) surplusPaise += creditPaise - debitPaise;
  }
  const sorted = [...balances].filter(([, balance]) => balance !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  return { balances: Object.fromEntries(sorted), surplusPaise };
}

export const figuresText = ({ balances, surplusPaise }: ClosingFigures): string =>
  canonicalText({ balances, surplusPaise });
