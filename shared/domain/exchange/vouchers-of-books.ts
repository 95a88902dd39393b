import type { BillAllocation } from '../ledger-rows.ts';
import type { Account, Voucher, VoucherLine } from '../rows.ts';
import { isMoney } from '../voucher/kinds.ts';
import { type BookNames, bookNames, type NamedRows } from './book-names.ts';
import { controlOf } from './masters-of-books.ts';
import type { BillRef, CostShare, ExchangeKind, ExchangeLine, ExchangeVoucher } from './model.ts';

export interface PostedVoucher {
  readonly voucher: Voucher;
  /** In their order. */
  readonly lines: readonly VoucherLine[];
  readonly bills: readonly BillAllocation[];
}

export interface VouchersToSend extends NamedRows {
  readonly vouchers: readonly PostedVoucher[];
}

/**
 * Vouchers with their lines as other programs take them. A vendor's line on the control account goes on the vendor's own ledger, with the
 * bills that the books have for it. Opening vouchers are none: what they say is in the opening balances of the ledgers.
 */
export function vouchersOfBooks(books: VouchersToSend): readonly ExchangeVoucher[] {
  const names = bookNames(books);
  const byCode = new Map(books.accounts.map((account) => [account.code, account]));
  const controlCode = controlOf(books.accounts)?.code ?? null;
  const centreKinds = new Map(books.costCentres.map(({ code, kind }) => [code, kind]));
  const sharesOf = ({ departmentCode, fundCode, debitPaise, creditPaise }: VoucherLine): readonly CostShare[] =>
    [departmentCode, fundCode].flatMap((code) =>
      code === null
        ? []
        : {
            name: names.costCentres.get(code) ?? code,
            kind: centreKinds.get(code) ?? null,
            amountPaise: debitPaise + creditPaise,
          },
    );
  return books.vouchers.flatMap(({ voucher, lines, bills }): readonly ExchangeVoucher[] => {
    const kind = entryKindOf(voucher, lines, byCode);
    if (kind === null) return [];
    const sent = lines.map((line): ExchangeLine => {
      const isOfVendor = line.vendorId !== null && line.accountCode === controlCode;
      return {
        ledger: ledgerName(line, isOfVendor, names),
        debitPaise: line.debitPaise,
        creditPaise: line.creditPaise,
        bills: isOfVendor ? billsOfLine(line, bills, voucher) : [],
        costShares: sharesOf(line),
      };
    });
    const party = lines.find(({ vendorId }) => vendorId !== null)?.vendorId ?? null;
    const { id, number, date, narration, reference, referenceDate } = voucher;
    const partyLedger = party === null ? null : (names.vendors.get(party) ?? null);
    return [{ id, kind, number, date, narration, reference, referenceDate, partyLedger, lines: sent }];
  });
}

/** What a reversal takes back of a bill it does not make. A line of which the books say nothing is on account. */
function billsOfLine(line: VoucherLine, bills: readonly BillAllocation[], voucher: Voucher): readonly BillRef[] {
  const own = bills.filter(({ lineNo }) => lineNo === line.lineNo);
  const whole = line.debitPaise + line.creditPaise;
  if (own.length === 0) return [{ kind: 'on_account', name: null, amountPaise: whole, dueOn: null }];
  return own.map(({ kind, name, dueOn, debitPaise, creditPaise }): BillRef => {
    const isTakenBack = voucher.kind === 'reversal' && name !== null;
    const amountPaise = debitPaise + creditPaise;
    return isTakenBack ? { kind: 'against', name, amountPaise, dueOn: null } : { kind, name, amountPaise, dueOn };
  });
}

const ledgerName = ({ accountCode, vendorId }: VoucherLine, isOfVendor: boolean, names: BookNames): string =>
  (isOfVendor && vendorId !== null ? names.vendors.get(vendorId) : names.accounts.get(accountCode)) ?? accountCode;

/**
 * The kind that others know. They have no reversals: one goes out as what its money makes it, a receipt for the reversal of a payment and
 * so on, since they refuse a journal that touches bank or cash. Null for opening balances.
 */
function entryKindOf(
  { kind }: Voucher,
  lines: readonly VoucherLine[],
  accounts: ReadonlyMap<string, Account>,
): ExchangeKind | null {
  if (kind === 'opening') return null;
  if (kind !== 'reversal') return kind;
  const money = lines.filter(({ accountCode }) => {
    const account = accounts.get(accountCode);
    return account !== undefined && isMoney(account);
  });
  if (money.length === 0) return 'journal';
  if (money.length === lines.length) return 'contra';
  return money.some(({ debitPaise }) => debitPaise > 0n) ? 'receipt' : 'payment';
}
