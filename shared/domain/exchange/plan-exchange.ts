import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { nameOf } from '../command/context.ts';
import type { NamedRows } from './book-names.ts';
import { type OpenAmount, OpenBills } from './fit-bills.ts';
import { type IdFor, type NewMasters, newMasters } from './masters-for-books.ts';
import { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeMasters, ExchangeVoucher } from './model.ts';
import { type OpeningRead, openingForBooks } from './opening-for-books.ts';
import { type VouchersRead, vouchersForBooks } from './vouchers-for-books.ts';

/** What another program handed over. */
export interface ExchangeContent {
  readonly masters: ExchangeMasters;
  readonly vouchers: readonly ExchangeVoucher[];
}

/** The books into which it goes. */
export interface BooksToMeet {
  readonly rows: NamedRows;
  readonly openBills: readonly OpenAmount[];
  readonly voucherIds: ReadonlySet<Id>;
  /** Opening vouchers of `openingDate` which were not taken back. */
  readonly openings: readonly Id[];
  readonly openingDate: IsoDate;
  readonly idFor: IdFor;
}

export interface ExchangePlan {
  readonly masters: NewMasters;
  readonly opening: OpeningRead;
  readonly vouchers: VouchersRead;
}

/** What becomes of masters, opening balances and vouchers of another program: commands in the order in which the books take them, and all that is not taken. */
export function planExchange({ masters, vouchers }: ExchangeContent, books: BooksToMeet): ExchangePlan {
  const { idFor, voucherIds, openingDate: date } = books;
  const made = newMasters(masters, books.rows, new LedgerMatcher(books.rows), idFor);
  const ledgers = new LedgerMatcher(made.rows);
  const bills = new OpenBills(books.openBills);
  const place = { date, accounts: made.rows.accounts, matcher: ledgers, there: books.openings, idFor };
  const opening = openingForBooks(masters.ledgers, { ...place, bills: bills.draft() });
  const isBegun = books.openings.length > 0 || masters.ledgers.length > 0;
  const isOpened = isBegun && opening.refused.length === 0;
  const read = vouchersForBooks(vouchers, {
    isOpened,
    ...{ rows: made.rows, ledgers, bills, hasVoucher: (id) => voucherIds.has(id) },
    idFor: (externalId) => idFor(nameOf('exchange', 'voucher', externalId)),
  });
  return { masters: made, opening, vouchers: read };
}
