import type { NamedRows } from '../domain/exchange/book-names.ts';
import { controlOf, mastersOfBooks } from '../domain/exchange/masters-of-books.ts';
import type { ExchangeMasters, ExchangeVoucher } from '../domain/exchange/model.ts';
import { movesBefore } from '../domain/exchange/openings.ts';
import { type PostedVoucher, vouchersOfBooks } from '../domain/exchange/vouchers-of-books.ts';
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
    bills: books.rows('bill_allocations').filter(({ voucherId }) => voucherId === voucher.id),
  }));

/** Every voucher of a college, as it goes out. */
export const sentFrom = (world: CollegeWorld): readonly ExchangeVoucher[] =>
  vouchersOfBooks({ ...rowsOf(world), vouchers: postedIn(world) });

/** The masters of a college; without a day its every voucher goes out, so that only opening vouchers are opened with. */
export function mastersFrom(world: CollegeWorld, from = '2000-01-01'): ExchangeMasters {
  const rows = rowsOf(world);
  const [vouchers, lines] = [world.books.rows('vouchers'), world.books.rows('voucher_lines')];
  const posted = { vouchers, lines, bills: world.books.rows('bill_allocations') };
  const withCentres = new Set(
    lines.flatMap((one) => ((one.departmentCode ?? one.fundCode) === null ? [] : one.accountCode)),
  );
  const before = movesBefore(from, posted, controlOf(rows.accounts)?.code ?? null);
  return mastersOfBooks({ ...rows, ...before, withCentres });
}
