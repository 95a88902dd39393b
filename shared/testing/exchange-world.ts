import type { PostedVoucher } from '../domain/exchange/bill-refs.ts';
import type { NamedRows } from '../domain/exchange/book-names.ts';
import { mastersOfBooks } from '../domain/exchange/masters-of-books.ts';
import type { ExchangeMasters, ExchangeVoucher } from '../domain/exchange/model.ts';
import { vouchersOfBooks } from '../domain/exchange/vouchers-of-books.ts';
import type { CollegeWorld } from './college-world.ts';

/** The rows of a college by which other programs know its books. */
export const rowsOf = ({ books }: CollegeWorld): NamedRows => ({
  accounts: books.rows('accounts'),
  groups: books.rows('account_groups'),
  vendors: books.rows('vendors'),
  costCentres: books.rows('cost_centres'),
});

const postedIn = ({ books }: CollegeWorld): readonly PostedVoucher[] =>
  books.rows('vouchers').map((voucher) => ({
    voucher,
    lines: books
      .rows('voucher_lines')
      .filter(({ voucherId }) => voucherId === voucher.id)
      .sort((one, other) => one.lineNo - other.lineNo),
  }));

/** Every voucher of a college, as it goes out. */
export const sentFrom = (world: CollegeWorld): readonly ExchangeVoucher[] =>
  vouchersOfBooks({ ...rowsOf(world), vouchers: postedIn(world), earlier: [] });

/** The masters of a college whose every voucher goes out, so that nothing is opened with. */
export const mastersFrom = (world: CollegeWorld): ExchangeMasters =>
  mastersOfBooks({ ...rowsOf(world), lines: world.books.rows('voucher_lines'), from: '2000-01-01' });
