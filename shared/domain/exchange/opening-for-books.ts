import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import { nameOf } from '../command/context.ts';
import type { Account } from '../rows.ts';
import type { BillsDraft } from './fit-bills.ts';
import type { IdFor } from './masters-for-books.ts';
import type { BooksPlace, LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeLedger, OpeningBill } from './model.ts';
import { exchangeKey } from './names.ts';

/**
 * ledger: nobody knows where it stands. ofYear: income and expenditure begin at nothing. unbalanced: debit and credit differ. lines: more
 * than a voucher takes. exists: the books have other opening balances of that day.
 */
export type OpeningReason = 'ledger' | 'ofYear' | 'unbalanced' | 'lines' | 'exists';

export interface RefusedOpening {
  readonly reason: OpeningReason;
  /** The ledger in question. */
  readonly name: string | null;
  /** Debit less credit: of the ledger, or what the whole is off by. */
  readonly amountPaise: Paise;
}

export interface OpeningRead {
  /** Null when there is nothing to open with, or anything is against it: openings are entered as a whole. */
  readonly args: CommandArgs['voucher.post'] | null;
  /** The very same opening balances are in the books. */
  readonly isKnown: boolean;
  readonly refused: readonly RefusedOpening[];
}

export interface OpeningPlace {
  /** The last day before the books of the other program begin. */
  readonly date: IsoDate;
  readonly accounts: readonly Account[];
  readonly matcher: LedgerMatcher;
  /** Opening vouchers of that day which were not taken back. */
  readonly there: readonly Id[];
  readonly bills: BillsDraft;
  readonly idFor: IdFor;
}

/** The opening balances of ledgers as one opening voucher. */
export function openingForBooks(ledgers: readonly ExchangeLedger[], place: OpeningPlace): OpeningRead {
  const kinds = new Map(place.accounts.map(({ code, kind }) => [code, kind]));
  const lines: VoucherLineFields[] = [];
  const refused: RefusedOpening[] = [];
  const opened = ledgers.filter((one) => balanceOf(one) !== 0n || one.openingBills.length > 0);
  for (const ledger of opened) {
    const { name } = ledger;
    const match = place.matcher.find(name);
    const kind = match.kind === 'found' ? kinds.get(match.place.accountCode) : undefined;
    if (match.kind !== 'found') refused.push({ reason: 'ledger', name, amountPaise: balanceOf(ledger) });
    else if (kind === 'income' || kind === 'expense') {
      refused.push({ reason: 'ofYear', name, amountPaise: balanceOf(ledger) });
    } else lines.push(...linesOf(ledger, match.place, place));
  }
  if (opened.length === 0) return { args: null, isKnown: false, refused: [] };
  const off = sumPaise(opened.map(balanceOf));
  if (off !== 0n) refused.push({ reason: 'unbalanced', name: null, amountPaise: off });
  const hasRoom = lines.length >= 2 && lines.length <= limits.voucher.linesMax;
  if (!hasRoom && refused.length === 0) refused.push({ reason: 'lines', name: null, amountPaise: 0n });
  const voucherId = place.idFor(nameOf('exchange', 'opening', place.date, ...opened.map(contentOf).sort()));
  const isKnown = place.there.includes(voucherId);
  if (!isKnown && place.there.length > 0 && refused.length === 0) {
    refused.push({ reason: 'exists', name: null, amountPaise: 0n });
  }
  if (isKnown || refused.length > 0) return { args: null, isKnown, refused: isKnown ? [] : refused };
  place.bills.keep();
  const head = { kind: 'opening', narration: '', reference: null, referenceDate: null } as const;
  return { args: { voucherId, ...head, date: place.date, lines }, isKnown, refused };
}

const balanceOf = ({ openingDebitPaise, openingCreditPaise }: ExchangeLedger): Paise =>
  openingDebitPaise - openingCreditPaise;

/** By what the other program says, whatever the books make of it. */
const contentOf = (ledger: ExchangeLedger): string =>
  nameOf(
    exchangeKey(ledger.name),
    String(balanceOf(ledger)),
    ...ledger.openingBills.map((bill) =>
      nameOf(bill.name, String(bill.debitPaise - bill.creditPaise), bill.dueOn ?? ''),
    ),
  );

/** One line, or one on each side where bills stand on both; what no bill takes is on account. */
function linesOf(ledger: ExchangeLedger, { accountCode, vendorId }: BooksPlace, place: OpeningPlace) {
  const blank = { accountCode, vendorId, departmentCode: null, fundCode: null };
  const balance = balanceOf(ledger);
  const bills = vendorId === null ? [] : ledger.openingBills;
  const debits = bills.filter(({ debitPaise }) => debitPaise > 0n);
  const credits = bills.filter(({ creditPaise }) => creditPaise > 0n);
  const billed = sumPaise(bills.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));
  const rest = balance - billed;
  const side = (own: readonly OpeningBill[], isDebit: boolean): VoucherLineFields | null => {
    const extra = isDebit ? (rest > 0n ? rest : 0n) : rest < 0n ? -rest : 0n;
    const amountPaise = sumPaise(own.map(({ debitPaise, creditPaise }) => debitPaise + creditPaise)) + extra;
    if (amountPaise === 0n) return null;
    const sides = { debitPaise: isDebit ? amountPaise : 0n, creditPaise: isDebit ? 0n : amountPaise };
    if (vendorId === null || own.length === 0) return { ...blank, ...sides };
    const refs = own.map(({ name, dueOn, debitPaise, creditPaise }) => ({
      ...({ kind: 'new', name, dueOn, amountPaise: debitPaise + creditPaise } as const),
    }));
    const fitted = place.bills.fitLine({ vendorId, isDebit, amountPaise, billDate: place.date, refs });
    return { ...blank, ...sides, ...(fitted.ok ? { bills: fitted.value.bills } : {}) };
  };
  return [side(debits, true), side(credits, false)].filter((one) => one !== null);
}
