import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNominal } from '../../../domain/period/figures.ts';
import { documentFault } from '../../../domain/report/check-document.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import { reportNames } from '../../../domain/report/names.ts';
import { parseCanonical } from '../../../kernel/canonical.ts';
import { addDays, financialYearBounds } from '../../../kernel/dates.ts';
import type { Db } from '../../tables.ts';
import { openTestBooks } from '../testing.ts';
import { ask, balancesOf, column, forAnyBooks, oracleAt, totalCell, withoutNothing } from './testing.ts';

let pg: PGlite;
let db: Db;
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
});
afterAll(() => pg.close());

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);

test('the trial balance is what the lines say, at any dates, and comes to nothing', () =>
  forAnyBooks(
    () => db,
    12,
    async ({ world, from, to }) => {
      const document = await ask(db, world, 'trial_balance', { from, to });
      expect(documentFault(document)).toBeNull();
      const opening = oracleAt(world, addDays(from, -1), from);
      expect(column(document, 'opening')).toEqual(withoutNothing(opening));
      const debit = withoutNothing(sides(world, from, to, 'debitPaise'));
      const credit = withoutNothing(sides(world, from, to, 'creditPaise'));
      expect(column(document, 'debit')).toEqual(debit);
      expect(column(document, 'credit')).toEqual(credit);
      expect(column(document, 'closing')).toEqual(withoutNothing(oracleAt(world, to, from)));
      const moved = sum(debit.values());
      expect(moved).toBe(sum(credit.values()));
      for (const [key, total] of Object.entries({ opening: 0n, debit: moved, credit: moved, closing: 0n }))
        expect([key, totalCell(document, 'Total', key)]).toEqual([key, total]);
    },
  ));

function sides(
  world: Parameters<typeof oracleAt>[0],
  from: string,
  to: string,
  side: 'debitPaise' | 'creditPaise',
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const line of world.books.rows('voucher_lines')) {
    if (line.date < from || line.date > to) continue;
    sums.set(line.accountCode, (sums.get(line.accountCode) ?? 0n) + line[side]);
  }
  return sums;
}

test('the balance sheet balances at every date and takes up the surplus of the income and expenditure account', () =>
  forAnyBooks(
    () => db,
    12,
    async ({ world, to }) => {
      const from = yearStart(to);
      const sheet = await ask(db, world, 'balance_sheet', { from, to });
      expect(documentFault(sheet)).toBeNull();
      for (const key of ['amount', 'before']) {
        const owned = totalCell(sheet, 'Total: Assets', key);
        expect(totalCell(sheet, 'Total: Funds and liabilities', key)).toBe(owned);
      }
      const kinds = new Map(world.books.rows('accounts').map(({ code, kind }) => [code, kind]));
      const real = [...oracleAt(world, to)].filter(([code]) => !isNominal(kinds.get(code) ?? 'asset'));
      const shown = new Map(real.map(([code, balance]) => [code, kinds.get(code) === 'asset' ? balance : -balance]));
      expect(column(sheet, 'amount')).toEqual(withoutNothing(shown));
      const account = await ask(db, world, 'income_expenditure', { from, to });
      expect(documentFault(account)).toBeNull();
      const surplus = account.rows.at(-1);
      expect(surplus?.kind === 'total' && surplus.cells.amount).toBe(
        lineCell(sheet, 'Surplus of the current year', 'amount'),
      );
      const earned = [...oracleAt(world, to)].filter(([code]) => isNominal(kinds.get(code) ?? 'asset'));
      expect(lineCell(sheet, 'Surplus of the current year', 'amount')).toBe(-sum(earned.map(([, moved]) => moved)));
      const old = balancesOf(world, (line) => isNominal(kinds.get(line.accountCode) ?? 'asset') && line.date < from);
      expect(lineCell(sheet, 'Surplus of earlier years', 'amount')).toBe(-sum(old.values()));
    },
  ));

function lineCell(document: Awaited<ReturnType<typeof ask>>, account: string, key: string): unknown {
  const row = document.rows.find((one) => one.kind === 'line' && one.cells.account === account);
  return row?.kind === 'line' ? row.cells[key] : undefined;
}

test('receipts and payments lead from the balances of bank and cash to theirs at the end, and know nothing of contra', () =>
  forAnyBooks(
    () => db,
    12,
    async ({ world, from, to }) => {
      const document = await ask(db, world, 'receipts_payments', { from, to });
      expect(documentFault(document)).toBeNull();
      const codes = world.books
        .rows('accounts')
        .flatMap((one) => (one.role === 'bank' || one.role === 'cash' ? [one.code] : []));
      const at = (date: string) => sum(codes.map((code) => oracleAt(world, date).get(code) ?? 0n));
      const [opening, closing] = [at(addDays(from, -1)), at(to)];
      expect(totalCell(document, 'Opening balances of bank and cash', 'amount')).toBe(opening);
      expect(totalCell(document, 'Closing balances of bank and cash', 'amount')).toBe(closing);
      const received = totalCell(document, 'Total: Receipts', 'amount');
      expect(opening + received - totalCell(document, 'Total: Payments', 'amount')).toBe(closing);
      const book = await ask(db, world, 'cash_book', { from, to });
      const ends = book.rows.flatMap((row) => (row.kind === 'total' ? [row.cells.balance as bigint] : []));
      expect(sum(ends)).toBe(closing);
      const own = world.books.rows('vouchers').filter(({ date }) => date >= from && date <= to);
      const wanted = sum(own.map((voucher) => receivedBy(world, voucher, codes)));
      expect(received).toBe(wanted);
    },
  ));

/** What a voucher adds to the receipts: the money it brings in, or takes back of what one brought in. */
function receivedBy(
  world: Parameters<typeof oracleAt>[0],
  { id, kind }: { readonly id: string; readonly kind: string },
  codes: readonly string[],
): bigint {
  const net = sum(balancesOf(world, (line) => line.voucherId === id && codes.includes(line.accountCode)).values());
  return net > 0n === (kind !== 'reversal') ? net : 0n;
}

test('a year that was closed shows at its end what was written down then', async () => {
  let closed = 0;
  await forAnyBooks(
    () => db,
    12,
    async ({ world }) => {
      for (const { kind, name, isClosed, figures } of world.books.rows('periods')) {
        if (kind !== 'year' || !isClosed) continue;
        closed += 1;
        const { first: from, last: to } = financialYearBounds(name);
        const document = await ask(db, world, 'trial_balance', { from, to });
        const { balances, surplusPaise } = parseCanonical(figures ?? '') as unknown as {
          readonly balances: Readonly<Record<string, bigint>>;
          readonly surplusPaise: bigint;
        };
        expect(Object.fromEntries(column(document, 'closing'))).toEqual(balances);
        const account = await ask(db, world, 'income_expenditure', { from, to });
        const last = account.rows.at(-1);
        expect(last?.kind === 'total' && last.cells.amount).toBe(surplusPaise);
      }
    },
  );
  expect(closed).toBeGreaterThan(0);
});

test('every report adds up in both languages, and no row of another college is in it', () =>
  forAnyBooks(
    () => db,
    6,
    async ({ world, from, to }) => {
      for (const report of reportNames) {
        if (report === 'utilisation') continue;
        for (const language of ['en', 'hi'] as const) {
          const document = await ask(db, world, report, { from, to, language, accountCode: '1200' });
          expect([report, documentFault(document)]).toEqual([report, null]);
          expect(document.language).toBe(language);
        }
      }
      const stranger = { ...world, collegeId: '018f0000-0000-7000-8000-0000000000ff' };
      await expect(ask(db, stranger as typeof world, 'trial_balance', { from, to })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    },
  ));
