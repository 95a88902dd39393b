import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BillAllocation } from '../ledger-rows.ts';
import type { Account, Voucher, VoucherLine } from '../rows.ts';

/** What stood on an account, and on a vendor there, before the first day: sums, so that books of any size are asked for few rows. */
export interface OpeningMove {
  readonly accountCode: string;
  readonly vendorId: Id | null;
  /** Moved before the financial year of the first day. */
  readonly isOfEarlierYear: boolean;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

/** What was open of a bill of a vendor on the control account before the first day. */
export interface OpenBill {
  readonly vendorId: Id;
  readonly name: string;
  readonly billDate: IsoDate | null;
  readonly dueOn: IsoDate | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

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
export function openingsFrom(
  moves: readonly OpeningMove[],
  accounts: readonly Account[],
  controlCode: string | null,
): Openings {
  const kinds = new Map(accounts.map(({ code, kind }) => [code, kind]));
  const byAccount = new Map<string, Paise>();
  const byVendor = new Map<Id, Paise>();
  let surplus = 0n;
  for (const { isOfEarlierYear, accountCode, vendorId, debitPaise, creditPaise } of moves) {
    const moved = debitPaise - creditPaise;
    const kind = kinds.get(accountCode);
    const isOfYear = kind === 'income' || kind === 'expense';
    if (isOfYear && isOfEarlierYear) surplus += moved;
    else if (accountCode === controlCode && vendorId !== null) add(byVendor, vendorId, moved);
    else add(byAccount, accountCode, moved);
  }
  return { accounts: byAccount, vendors: byVendor, surplus };
}

interface PostedRows {
  readonly vouchers: readonly Pick<Voucher, 'id' | 'kind'>[];
  readonly lines: readonly VoucherLine[];
  readonly bills: readonly BillAllocation[];
}

/**
 * What goes before a day: every line of an earlier one, and those of opening vouchers whatever their day, since no other program takes
 * them as vouchers.
 */
export function movesBefore(day: IsoDate, { vouchers, lines, bills }: PostedRows, controlCode: string | null) {
  const yearStart = financialYearBounds(financialYearOf(day)).first;
  const begun = new Set(vouchers.flatMap(({ id, kind }) => (kind === 'opening' ? id : [])));
  const isBefore = ({ date, voucherId }: { readonly date: IsoDate; readonly voucherId: Id }): boolean =>
    date < day || begun.has(voucherId);
  const moves = lines
    .filter(isBefore)
    .map((line): OpeningMove => ({ ...line, isOfEarlierYear: line.date < yearStart }));
  const open = new Map<string, OpenBill>();
  for (const bill of bills) {
    const { vendorId, name, accountCode } = bill;
    if (name === null || accountCode !== controlCode || !isBefore(bill)) continue;
    const key = `${vendorId} ${name}`;
    const known = open.get(key) ?? { vendorId, name, billDate: null, dueOn: null, debitPaise: 0n, creditPaise: 0n };
    const sum = known.debitPaise - known.creditPaise + bill.debitPaise - bill.creditPaise;
    open.set(key, {
      ...{ vendorId, name, billDate: known.billDate ?? bill.billDate, dueOn: known.dueOn ?? bill.dueOn },
      ...{ debitPaise: sum > 0n ? sum : 0n, creditPaise: sum < 0n ? -sum : 0n },
    });
  }
  return { moves, openBills: [...open.values()].filter((one) => one.debitPaise + one.creditPaise > 0n) };
}

const add = (sums: Map<string, Paise>, key: string, moved: Paise): void => {
  sums.set(key, (sums.get(key) ?? 0n) + moved);
};
