import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Voucher } from '../../domain/rows.ts';
import { zFoundVoucher } from '../../ipc/contract/search.ts';
import { addDays, financialYearOf } from '../../kernel/dates.ts';
import type { AnyRow, Db } from '../tables.ts';
import { insertRows } from '../write-rows.ts';
import { runQuery } from './run-query.ts';
import { foreignCollege, inScratch, openTestBooks, testColleges, testIds } from './testing.ts';
import { searchVouchers } from './voucher-search.ts';

let pg: PGlite;
let db: Db;
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
});
afterAll(() => pg.close());

const [own] = testColleges;

interface Kept {
  readonly voucher: Voucher;
  readonly version: number;
  /** Of each line its amount, debit and credit in turns. */
  readonly amounts: readonly bigint[];
}

const words = [
  'Fees',
  'Kulkarni',
  'Kulkarni,',
  'kale',
  'Brahmaputra',
  'शुल्क',
  '100%',
  'A_4',
  'C:\\bills',
  "O'Brien",
  '"quoted"',
  '12,345',
  'INV/77',
];
const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const amounts = fc.constantFrom(100n, 12_345_00n, 12_345_50n, 1_25_000_00n, 10n ** 16n);

const anyVoucher: fc.Arbitrary<Kept> = fc
  .record({
    college: fc.constantFrom(own.id, own.id, own.id, foreignCollege),
    id: fc.uuid({ version: 7 }),
    pending: fc.boolean(),
    numbered: fc.boolean(),
    day: fc.nat(6),
    kind: fc.constantFrom('payment', 'receipt', 'journal'),
    narration: phrase,
    reference: fc.option(phrase),
    party: fc.option(phrase),
    parts: fc.array(amounts, { minLength: 1, maxLength: 2 }),
  })
  .map(({ college, id, pending, numbered, day, kind, narration, reference, party, parts }) => {
    const date = addDays('2026-10-01', day);
    const totalPaise = parts.reduce((sum, part) => sum + part, 0n);
    const voucher = {
      collegeId: college,
      id,
      number: numbered ? `PAY-2026-27-${id.slice(-6)}` : null,
      kind: kind as Voucher['kind'],
      date,
      financialYear: financialYearOf(date),
      narration,
      reference,
      referenceDate: null,
      party,
      totalPaise,
      expenseId: null,
      reversesId: null,
      postedBy: testIds[3],
      postedAt: 1,
    };
    return { voucher, version: pending ? 0 : 4, amounts: [...parts, totalPaise] };
  });
const someVouchers = fc.uniqueArray(anyVoucher, { maxLength: 14, selector: ({ voucher }) => voucher.id });

async function keep(tx: Db, kept: readonly Kept[]): Promise<void> {
  for (const { voucher, version, amounts: parts } of kept) {
    await insertRows(tx, 'vouchers', [{ ...voucher } as AnyRow], version);
    const { collegeId, id: voucherId, date } = voucher;
    const common = { collegeId, voucherId, date, accountCode: '5200', category: null, vendorId: null };
    const lines = parts.map((part, index) => ({
      ...common,
      ...{ departmentCode: null, fundCode: null, lineNo: index + 1, id: `${index}${voucherId.slice(1)}` },
      ...(index + 1 < parts.length ? { debitPaise: part, creditPaise: 0n } : { debitPaise: 0n, creditPaise: part }),
    }));
    await insertRows(tx, 'voucher_lines', lines, version);
  }
}

const latinLower = (typed: string): string => typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const textOf = ({ number, party, reference, narration }: Voucher): string =>
  latinLower(`${number ?? ''} ${party ?? ''} ${reference ?? ''} ${narration}`);

/** One or two characters must begin a word; a longer text may stand anywhere. */
function hasText(voucher: Voucher, word: string): boolean {
  const [all, wanted] = [textOf(voucher), latinLower(word)];
  return [...wanted].length >= 3 ? all.includes(wanted) : ` ${all}`.includes(` ${wanted}`);
}

/** Amounts a test types, by what they mean. */
const amountWords: Readonly<Record<string, bigint>> = {
  '12,345': 12_345_00n,
  '₹12345.50': 12_345_50n,
  '1.25L': 1_25_000_00n,
  '1.25lakh': 1_25_000_00n,
  '1': 100n,
};

function matching(kept: readonly Kept[], typed: readonly string[]): readonly Kept[] {
  return kept
    .filter(({ voucher }) => voucher.collegeId === own.id)
    .filter(({ voucher, amounts: parts }) =>
      typed.every((word) => {
        const paise = amountWords[word];
        return (
          hasText(voucher, word) || (paise !== undefined && (voucher.totalPaise === paise || parts.includes(paise)))
        );
      }),
    )
    .sort((a, b) => (a.voucher.date + a.voucher.id < b.voucher.date + b.voucher.id ? 1 : -1));
}

const typedWords = fc.array(
  fc.constantFrom(
    ...words,
    ...Object.keys(amountWords),
    'fee',
    'KUL',
    'pay-2026',
    'f',
    'शु',
    '%',
    '_',
    '\\',
    '77',
    "o'",
  ),
  { maxLength: 3 },
);

describe('the search of vouchers', () => {
  test('gives every window of what has all the words, the latest first, as a plain loop finds it', async () => {
    await fc.assert(
      fc.asyncProperty(
        someVouchers,
        fc.array(fc.tuple(typedWords, fc.nat(4), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 8 }),
        async (kept, questions) => {
          await inScratch(db, async (tx) => {
            await keep(tx, kept);
            for (const [typed, offset, limit] of questions) {
              const wanted = matching(kept, typed);
              const { rows, meant } = await searchVouchers(tx, own.id, typed.join('  '), { offset, limit });
              // What is typed is not always there; then something near may be, which is another test.
              if (wanted.length === 0) {
                expect(rows.length === 0 || meant.length > 0).toBe(true);
                continue;
              }
              expect([meant, rows.map(({ id }) => id)]).toEqual([
                [],
                wanted.slice(offset, offset + limit).map(({ voucher }) => voucher.id),
              ]);
              for (const row of rows) expectRow(row, kept);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an amount is found as the total, on a line and in the text, and in no other amount', async () => {
    await fc.assert(
      fc.asyncProperty(someVouchers, fc.constantFrom(...Object.keys(amountWords)), async (kept, word) => {
        await inScratch(db, async (tx) => {
          await keep(tx, kept);
          const { rows } = await searchVouchers(tx, own.id, word, { offset: 0, limit: 20 });
          expect(rows.map(({ id }) => id)).toEqual(matching(kept, [word]).map(({ voucher }) => voucher.id));
        });
      }),
      { numRuns: 40 },
    );
  });

  test('a word with one letter wrong, missing, too many or exchanged finds its voucher and says what it looked for', async () => {
    const slips = fc.record({
      word: fc.constantFrom('kulkarni', 'brahmaputra', 'kale', 'शुल्क'),
      at: fc.nat(10),
      how: fc.constantFrom('wrong', 'missing', 'more', 'exchanged'),
    });
    await fc.assert(
      fc.asyncProperty(someVouchers, slips, fc.boolean(), async (kept, { word, at, how }, withOther) => {
        const typed = [...word];
        const place = at % (typed.length - 1);
        if (how === 'wrong') typed[place] = 'x';
        if (how === 'missing') typed.splice(place, 1);
        if (how === 'more') typed.splice(place, 0, 'x');
        if (how === 'exchanged') typed.splice(place, 2, ...typed.slice(place, place + 2).reverse());
        const question = [typed.join(''), ...(withOther ? ['fees'] : [])];
        const wanted = matching(kept, [word, ...question.slice(1)]);
        fc.pre(matching(kept, question).length === 0);
        await inScratch(db, async (tx) => {
          await keep(tx, kept);
          const { rows, meant } = await searchVouchers(tx, own.id, question.join(' '), { offset: 0, limit: 50 });
          expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(wanted.map(({ voucher }) => voucher.id)));
          if (wanted.length > 0) expect(meant).toContain(word);
        });
      }),
      { numRuns: 80 },
    );
  });

  test('pages of a guess go on after one another and end', async () => {
    await inScratch(db, async (tx) => {
      const [some] = fc.sample(anyVoucher, { numRuns: 1, seed: 5 });
      if (some === undefined) throw new Error('no sample');
      const kept = Array.from({ length: 5 }, (_, index) => ({
        ...some,
        voucher: { ...some.voucher, collegeId: own.id, id: `018f0000-0000-7000-8000-00000000000${index}` },
      })).map(({ voucher, ...rest }) => ({ ...rest, voucher: { ...voucher, number: null, narration: 'Kulkarni' } }));
      await keep(tx, kept);
      const at = async (offset: number) => {
        const { rows, meant } = await searchVouchers(tx, own.id, 'kulkrni', { offset, limit: 2 });
        return [rows.map(({ id }) => id.slice(-1)).join(''), ...meant];
      };
      expect([await at(0), await at(2), await at(4), await at(6)]).toEqual([
        ['43', 'kulkarni'],
        ['21', 'kulkarni'],
        ['0', 'kulkarni'],
        ['', 'kulkarni'],
      ]);
    });
  });

  test('knows nothing of another college, not even its words', async () => {
    await inScratch(db, async (tx) => {
      const [some] = fc.sample(anyVoucher, { numRuns: 1, seed: 5 });
      if (some === undefined) throw new Error('no sample');
      const voucher = { ...some.voucher, collegeId: foreignCollege, narration: 'Confidential', totalPaise: 777n };
      await keep(tx, [{ ...some, voucher, amounts: [777n, 777n] }]);
      for (const typed of ['confidential', 'confidental', '7.77', '']) {
        expect(await searchVouchers(tx, own.id, typed, { offset: 0, limit: 9 })).toEqual({ rows: [], meant: [] });
      }
    });
  });

  test('whatever is typed is only looked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        someVouchers,
        fc.string({ unit: fc.constantFrom(...`%_\\'"\0 ₹$;-.,()|*?[]0L9aश🙂\ud800`), maxLength: 30 }),
        async (kept, typed) => {
          await inScratch(db, async (tx) => {
            await keep(tx, kept);
            const { rows, meant } = await searchVouchers(tx, own.id, typed, { offset: 0, limit: 50 });
            const plain = typed.split(/[\s\0]+/).filter((word) => word !== '' && word !== '₹');
            const isPlain = plain.every((word) => !/\d|\ud800/.test(word));
            if (isPlain && meant.length === 0) {
              expect(rows.map(({ id }) => id)).toEqual(matching(kept, plain).map(({ voucher }) => voucher.id));
            }
          });
        },
      ),
      { numRuns: 80 },
    );
  });

  test('the vocabulary has each word of letters once and nothing with a digit', async () => {
    await inScratch(db, async (tx) => {
      const [some] = fc.sample(anyVoucher, { numRuns: 1, seed: 5 });
      if (some === undefined) throw new Error('no sample');
      const texts = { party: 'Shree Traders', reference: 'UTR123 chq', narration: 'shree (शुल्क) A4 B2B to-day' };
      await keep(tx, [{ ...some, voucher: { ...some.voucher, collegeId: own.id, ...texts } }]);
      await tx.execute(sql`update "vouchers" set "narration" = 'Amended', "number" = 'PAY-1'`);
      const rows = await runQuery(tx, sql`select "word" from "voucher_words" order by 1`);
      expect(rows.map(({ word }) => word)).toEqual(['amended', 'chq', 'day', 'shree', 'traders', 'शुल्क']);
    });
  });
});

function expectRow(row: Awaited<ReturnType<typeof searchVouchers>>['rows'][number], kept: readonly Kept[]): void {
  const of = kept.find(({ voucher }) => voucher.id === row.id);
  if (of === undefined) throw new Error(`no voucher has the id ${row.id}`);
  const { id, date, number, kind, party, narration, reference, totalPaise } = of.voucher;
  const wanted = { id, date, number, kind, party, narration, reference, totalPaise, pending: of.version === 0 };
  expect(row).toEqual(wanted);
  zFoundVoucher.parse(row);
}
