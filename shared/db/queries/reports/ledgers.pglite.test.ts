import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNominal } from '../../../domain/period/figures.ts';
import { dayBook } from '../../../domain/report/day-book.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import type { VoucherLine } from '../../../domain/rows.ts';
import { addDays } from '../../../kernel/dates.ts';
import type { Db } from '../../tables.ts';
import { openTestBooks } from '../testing.ts';
import { frameOf } from './books-head.ts';
import { dayBookCount, dayBookFigures } from './day-book.ts';
import { ledgerPage } from './ledger.ts';
import { type AnyBooks, ask, balancesOf, column, forAnyBooks, oracleAt } from './testing.ts';

let pg: PGlite;
let db: Db;
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
});
afterAll(() => pg.close());

/** The lines of a period in the order of a ledger, from the books in memory. */
function linesIn({ world, from, to }: AnyBooks, counts: (line: VoucherLine) => boolean): readonly VoucherLine[] {
  const place = ({ date, voucherId, lineNo }: VoucherLine) => `${date} ${voucherId} ${String(lineNo).padStart(4, '0')}`;
  return world.books
    .rows('voucher_lines')
    .filter((line) => line.date >= from && line.date <= to && counts(line))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

test('a ledger ends where the trial balance does, for every account, and its lines lead there', () =>
  forAnyBooks(
    () => db,
    6,
    async (books) => {
      const { world, from, to } = books;
      const trial = column(await ask(db, world, 'trial_balance', { from, to }), 'closing');
      const opening = oracleAt(world, addDays(from, -1), from);
      for (const { code, name } of world.books.rows('accounts')) {
        const lines = linesIn(books, ({ accountCode }) => accountCode === code);
        if (lines.length === 0 && !trial.has(code)) continue;
        const document = await ask(db, world, 'ledger', { from, to, accountCode: code });
        const rows = document.rows.flatMap((row) => (row.kind === 'line' ? [row] : []));
        expect(rows[0]?.cells.balance).toBe(opening.get(code) ?? 0n);
        expect(
          rows.slice(1).map((row) => [row.link, row.cells.date, row.cells.debit ?? 0n, row.cells.credit ?? 0n]),
        ).toEqual(
          lines.map((line) => [{ to: 'voucher', id: line.voucherId }, line.date, line.debitPaise, line.creditPaise]),
        );
        const last = document.rows.at(-1);
        expect(last).toMatchObject({ kind: 'total', label: `Total: ${name}` });
        expect(last?.kind === 'total' && last.cells.balance).toBe(trial.get(code) ?? 0n);
      }
    },
  ));

test('the pages of a ledger are the ledger, each with the balance before it, narrowed or not', () =>
  forAnyBooks(
    () => db,
    8,
    async (books) => {
      const { world, from, to } = books;
      const { collegeId } = world;
      const vendorId = world.books.rows('vendors')[0]?.id;
      for (const narrowed of [{}, { vendorId }, { centreCode: world.books.rows('cost_centres')[0]?.code ?? 'none' }]) {
        const question = { collegeId, accountCode: '2100', from, to, ...narrowed };
        const whole = await ledgerPage(db, question, null);
        expect(whole.count).toBe(whole.rows.length);
        for (const limit of [1, 3, 50]) {
          let before = whole.openingPaise;
          const rows = [];
          for (let offset = 0; offset === 0 || offset < whole.count; offset += limit) {
            const page = await ledgerPage(db, question, { offset, limit });
            expect(page.openingPaise).toBe(before);
            expect(page).toMatchObject({ count: whole.count, closingPaise: whole.closingPaise });
            rows.push(...page.rows);
            before = page.rows.at(-1)?.balancePaise ?? before;
          }
          expect(rows).toEqual(whole.rows);
          expect(before).toBe(whole.closingPaise);
        }
        const past = await ledgerPage(db, question, { offset: whole.count + 7, limit: 5 });
        expect(past.rows).toEqual([]);
      }
    },
  ));

test('a narrowed ledger has the lines of that vendor only, and the balance that they make', () =>
  forAnyBooks(
    () => db,
    8,
    async (books) => {
      const { world, from, to } = books;
      const kinds = new Map(world.books.rows('accounts').map(({ code, kind }) => [code, kind]));
      for (const { id } of world.books.rows('vendors').slice(0, 2)) {
        const posted = world.books.rows('voucher_lines').filter(({ vendorId }) => vendorId === id);
        for (const code of new Set(posted.map(({ accountCode }) => accountCode))) {
          const own = (line: VoucherLine) => line.accountCode === code && line.vendorId === id;
          const question = { collegeId: world.collegeId, accountCode: code, from, to, vendorId: id };
          const page = await ledgerPage(db, question, null);
          const lines = linesIn(books, own);
          expect(page.rows.map(({ voucherId }) => voucherId)).toEqual(lines.map(({ voucherId }) => voucherId));
          const since = isNominal(kinds.get(code) ?? 'asset') ? yearStart(from) : '';
          const balances = balancesOf(world, (line) => own(line) && line.date <= to && line.date >= since);
          expect([code, page.closingPaise]).toEqual([code, balances.get(code) ?? 0n]);
        }
      }
    },
  ));

test('what stands against a line is named by the accounts of the other side', () =>
  forAnyBooks(
    () => db,
    6,
    async (books) => {
      const { world, from, to } = books;
      const names = new Map(world.books.rows('accounts').map(({ code, name }) => [code, name]));
      const { rows } = await ledgerPage(db, { collegeId: world.collegeId, accountCode: '2100', from, to }, null);
      const lines = linesIn(books, ({ accountCode }) => accountCode === '2100');
      for (const [index, line] of lines.entries()) {
        const others = world.books
          .rows('voucher_lines')
          .filter((one) => one.voucherId === line.voucherId && one.debitPaise > 0n !== line.debitPaise > 0n)
          .sort((a, b) => a.lineNo - b.lineNo);
        const counters = [...new Set(others.map(({ accountCode }) => names.get(accountCode)))];
        expect(rows[index]?.particulars).toEqual(counters.slice(0, 5));
        expect(rows[index]?.moreParticulars).toBe(Math.max(0, counters.length - 5));
      }
    },
  ));

test('the day book is every voucher of its days, narrowed by kind and words', () =>
  forAnyBooks(
    () => db,
    8,
    async (books) => {
      const { world, from, to } = books;
      const { collegeId } = world;
      for (const narrowed of [{}, { kinds: ['contra', 'payment'] as const }, { text: 'ENTRY' }]) {
        const question = { collegeId, from, to, ...narrowed };
        const wanted = world.books.rows('vouchers').filter(({ kind, date, narration, number, reference, party }) => {
          const words = `${number} ${party ?? ''} ${reference ?? ''} ${narration}`.toLowerCase();
          const isOfKind = !('kinds' in narrowed) || narrowed.kinds.some((one) => one === kind);
          return date >= from && date <= to && isOfKind && (!('text' in narrowed) || words.includes('entry'));
        });
        const figures = await dayBookFigures(db, question);
        const place = ({ date, id }: { readonly date: string; readonly id: string }) => `${date} ${id}`;
        expect(await dayBookCount(db, question)).toBe(wanted.length);
        expect(figures.vouchers.map(place)).toEqual(wanted.map(place).sort());
        const document = await ask(db, world, 'day_book', { from, to, ...narrowed });
        expect(document).toEqual(dayBook(await frameOf(db, { ...question, language: 'en' }), figures));
      }
    },
  ));
