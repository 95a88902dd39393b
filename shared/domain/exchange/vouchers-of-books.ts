import type { Account, EntryKind, Voucher, VoucherLine } from '../rows.ts';
import { isMoney } from '../voucher/kinds.ts';
import { BillFinder, type PostedVoucher } from './bill-refs.ts';
import { type BookNames, bookNames, type NamedRows } from './book-names.ts';
import { controlOf } from './masters-of-books.ts';
import type { CostShare, ExchangeLine, ExchangeVoucher } from './model.ts';

export interface VouchersToSend extends NamedRows {
  readonly vouchers: readonly PostedVoucher[];
  /** Vouchers of the books besides, by which bills are found: those before the period. */
  readonly earlier: readonly Voucher[];
}

/** Vouchers with their lines as other programs take them. A vendor's line on the control account goes on the vendor's own ledger. */
export function vouchersOfBooks(books: VouchersToSend): readonly ExchangeVoucher[] {
  const names = bookNames(books);
  const byCode = new Map(books.accounts.map((account) => [account.code, account]));
  const controlCode = controlOf(books.accounts)?.code ?? null;
  const bills = new BillFinder([...books.earlier, ...books.vouchers.map(({ voucher }) => voucher)]);
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
  return books.vouchers.map(({ voucher, lines }): ExchangeVoucher => {
    const sent = lines.map((line): ExchangeLine => {
      const isOfVendor = line.vendorId !== null && line.accountCode === controlCode;
      return {
        ledger: ledgerName(line, isOfVendor, names),
        debitPaise: line.debitPaise,
        creditPaise: line.creditPaise,
        bills: isOfVendor ? [bills.refOf(voucher, line)] : [],
        costShares: sharesOf(line),
      };
    });
    const party = lines.find(({ vendorId }) => vendorId !== null)?.vendorId ?? null;
    const { id, number, date, narration, reference, referenceDate } = voucher;
    return {
      ...{ id, kind: entryKindOf(voucher, lines, byCode), number, date, narration, reference, referenceDate },
      partyLedger: party === null ? null : (names.vendors.get(party) ?? null),
      lines: sent,
    };
  });
}

const ledgerName = ({ accountCode, vendorId }: VoucherLine, isOfVendor: boolean, names: BookNames): string =>
  (isOfVendor && vendorId !== null ? names.vendors.get(vendorId) : names.accounts.get(accountCode)) ?? accountCode;

/**
 * The kind that others know. They have no reversals: one goes out as what its money makes it, a receipt for the reversal of a payment and
 * so on, since they refuse a journal that touches bank or cash.
 */
function entryKindOf(
  { kind }: Voucher,
  lines: readonly VoucherLine[],
  accounts: ReadonlyMap<string, Account>,
): EntryKind {
  if (kind !== 'reversal') return kind;
  const money = lines.filter(({ accountCode }) => {
    const account = accounts.get(accountCode);
    return account !== undefined && isMoney(account);
  });
  if (money.length === 0) return 'journal';
  if (money.length === lines.length) return 'contra';
  return money.some(({ debitPaise }) => debitPaise > 0n) ? 'receipt' : 'payment';
}
