import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Account, VoucherLine } from '../rows.ts';

export interface Openings {
  /** Debit less credit by account; the control account without what stands on vendors. */
  readonly accounts: ReadonlyMap<string, Paise>;
  readonly vendors: ReadonlyMap<Id, Paise>;
  /** What income and expenditure of earlier years left over. */
  readonly surplus: Paise;
}

/**
 * Balances on the morning of a day. Income and expenditure start anew with every financial year, and what earlier years left over is the
 * surplus; so the openings of any day balance as the books do.
 */
export function openingsOn(
  day: IsoDate,
  lines: readonly VoucherLine[],
  accounts: readonly Account[],
  controlCode: string | null,
): Openings {
  const yearStart = financialYearBounds(financialYearOf(day)).first;
  const kinds = new Map(accounts.map(({ code, kind }) => [code, kind]));
  const byAccount = new Map<string, Paise>();
  const byVendor = new Map<Id, Paise>();
  let surplus = 0n;
  for (const { date, accountCode, vendorId, debitPaise, creditPaise } of lines) {
    if (date >= day) continue;
    const moved = debitPaise - creditPaise;
    const kind = kinds.get(accountCode);
    const isOfYear = kind === 'income' || kind === 'expense';
    if (isOfYear && date < yearStart) surplus += moved;
    else if (accountCode === controlCode && vendorId !== null) add(byVendor, vendorId, moved);
    else add(byAccount, accountCode, moved);
  }
  return { accounts: byAccount, vendors: byVendor, surplus };
}

const add = (sums: Map<string, Paise>, key: string, moved: Paise): void => {
  sums.set(key, (sums.get(key) ?? 0n) + moved);
};
