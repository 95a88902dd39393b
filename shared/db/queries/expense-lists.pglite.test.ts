import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zExpenseListRow } from '../../ipc/contract/expenses.ts';
import type { ExpenseSort } from '../../ipc/contract/lists.ts';
import type { AnyRow, Db } from '../tables.ts';
import { deleteRows, insertRows, updateRows } from '../write-rows.ts';
import { type KeptExpense, matching, sorted } from './expense-oracle.ts';
import { expensePage, expensePageStatement } from './expense-page.ts';
import { expenseTotals, keptTotalsSuffice, wholeMonths } from './expense-totals.ts';
import { runQuery } from './run-query.ts';
import { anyFilter, inScratch, mildFilter, noFilter, openTestBooks, someExpenses, testColleges } from './testing.ts';

let pg: PGlite;
let db: Db;
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
});
afterAll(() => pg.close());

const scopes = fc.constantFrom(testColleges, [testColleges[0]], [testColleges[1]], []);
const sorts = fc.constantFrom<ExpenseSort>('date_desc', 'date_asc', 'amount_desc', 'amount_asc', 'vendor_asc');
const filters = fc.oneof(mildFilter, anyFilter);

async function keep(tx: Db, kept: readonly KeptExpense[]): Promise<void> {
  for (const version of new Set(kept.map((expense) => expense.version))) {
    const rows = kept
      .filter((expense) => expense.version === version)
      .map((expense) => expense.row as unknown as AnyRow);
    await insertRows(tx, 'expenses', rows, version);
  }
}

describe('the list of expenses', () => {
  test('every window of every filter and order is the one a plain loop finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        someExpenses(),
        scopes,
        fc.array(
          fc.record({ filter: filters, sort: sorts, offset: fc.nat(12), limit: fc.integer({ min: 1, max: 15 }) }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        async (kept, scope, questions) => {
          await inScratch(db, async (tx) => {
            await keep(tx, kept);
            for (const { filter, sort, offset, limit } of questions) {
              const wanted = sorted(matching(kept, scope, filter), sort).slice(offset, offset + limit);
              const rows = await expensePage(tx, scope, filter, sort, { offset, limit });
              expect(rows.map((row) => row.id)).toEqual(wanted.map((expense) => expense.row.id));
              for (const [index, row] of rows.entries()) expectSame(row, wanted[index]);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a far window, found in the index first, is the same as a near one', async () => {
    await fc.assert(
      fc.asyncProperty(someExpenses(8), sorts, async (some, sort) => {
        const [one] = some;
        fc.pre(one !== undefined);
        await inScratch(db, async (tx) => {
          const many = Array.from({ length: 1_020 }, (_, index) => ({
            version: 1,
            row: { ...(some[index % some.length] ?? one).row, id: longId(index), number: null },
          }));
          await keep(tx, many);
          const wanted = sorted(matching(many, testColleges, noFilter()), sort).slice(1_000, 1_010);
          const rows = await expensePage(tx, testColleges, noFilter(), sort, { offset: 1_000, limit: 10 });
          expect(rows.map((row) => row.id)).toEqual(wanted.map((expense) => expense.row.id));
        });
      }),
      { numRuns: 8 },
    );
  });

  test('what a row shows fits the contract and says what is provisional and what waits', async () => {
    await inScratch(db, async (tx) => {
      const [first] = fc
        .sample(
          someExpenses().filter((some) => some.length > 0),
          { numRuns: 1, seed: 7 },
        )
        .flat();
      if (first === undefined) throw new Error('no sample');
      const row = { ...first.row, collegeId: testColleges[0].id, number: null };
      await keep(tx, [{ row, version: 0 }]);
      const [shown] = await expensePage(tx, testColleges, noFilter(), 'date_desc', { offset: 0, limit: 5 });
      expect(zExpenseListRow.parse(shown)).toMatchObject({
        reference: row.provisionalRef,
        provisional: true,
        pending: true,
        collegeCode: 'ENG',
      });
    });
  });
});

const longId = (index: number): string => `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function expectSame(row: Awaited<ReturnType<typeof expensePage>>[number], wanted: KeptExpense | undefined): void {
  expect(row).toMatchObject({
    collegeId: wanted?.row.collegeId,
    billDate: wanted?.row.billDate,
    totalPaise: wanted?.row.totalPaise,
    vendorName: wanted?.row.vendorName,
    pending: wanted?.version === 0,
    reference: wanted?.row.number ?? wanted?.row.provisionalRef,
  });
}

describe('the totals of a filter', () => {
  test('are the exact sums of the rows, however large', async () => {
    await fc.assert(
      fc.asyncProperty(
        someExpenses(),
        scopes,
        fc.array(filters, { minLength: 1, maxLength: 12 }),
        async (kept, scope, all) => {
          await inScratch(db, async (tx) => {
            await keep(tx, kept);
            for (const filter of all)
              expect(await expenseTotals(tx, scope, filter)).toEqual(totalsOf(matching(kept, scope, filter)));
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('follow every change of the rows, through whatever statement it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        someExpenses(12),
        someExpenses(12),
        fc.array(fc.nat(30), { maxLength: 12 }),
        async (before, after, steps) => {
          await inScratch(db, async (tx) => {
            await keep(tx, before);
            let kept = [...before];
            for (const step of steps) {
              const old = kept[step % Math.max(kept.length, 1)];
              const fresh = after[step % Math.max(after.length, 1)];
              if (old === undefined || fresh === undefined) continue;
              const rest = kept.filter((expense) => expense !== old);
              if (step % 3 === 0) {
                await deleteRows(tx, 'expenses', old.row.collegeId, [old.row.id]);
                kept = rest;
              } else {
                const row = { ...fresh.row, collegeId: old.row.collegeId, id: old.row.id, number: old.row.number };
                await updateRows(tx, 'expenses', [{ row: row as unknown as AnyRow, version: 1 }]);
                kept = [...rest, { row, version: 1 }];
              }
            }
            expect(keptTotalsSuffice(noFilter())).toBe(true);
            expect(await expenseTotals(tx, testColleges, noFilter())).toEqual(
              totalsOf(matching(kept, testColleges, noFilter())),
            );
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('come from the kept months between the days of the filter', () => {
    const months = (from: string | null, to: string | null) => wholeMonths({ from, to });
    expect(months(null, null)).toEqual({ first: null, end: null, isAll: true });
    expect(months('2026-04-01', '2027-02-28')).toEqual({ first: '2026-04-01', end: '2027-03-01', isAll: true });
    expect(months(null, '2028-02-28')).toEqual({ first: null, end: '2028-02-01', isAll: false });
    expect(months('2026-01-31', '2026-04-17')).toEqual({ first: '2026-02-01', end: '2026-04-01', isAll: false });
    expect(months('2026-12-02', null)).toEqual({ first: '2027-01-01', end: null, isAll: false });
    expect(months('2026-04-02', '2026-05-30')).toBe(null);
    expect(keptTotalsSuffice({ ...noFilter(), pendingOnly: true })).toBe(false);
    expect(keptTotalsSuffice({ ...noFilter(), minPaise: 1n })).toBe(false);
  });
});

function totalsOf(kept: readonly KeptExpense[]) {
  const byStatus = [...new Set(kept.map((expense) => expense.row.status))].sort().map((status) => {
    const some = kept.filter((expense) => expense.row.status === status);
    return { status, count: some.length, totalPaise: some.reduce((sum, expense) => sum + expense.row.totalPaise, 0n) };
  });
  return { count: kept.length, totalPaise: kept.reduce((sum, expense) => sum + expense.row.totalPaise, 0n), byStatus };
}

describe('the plan of a page over many rows', () => {
  // Committed and vacuumed, because only then may PostgreSQL answer from an index alone.
  beforeAll(async () => {
    const [sample] = fc.sample(
      someExpenses().filter((some) => some.length >= 10),
      { numRuns: 1, seed: 11 },
    );
    const many = Array.from({ length: 6_000 }, (_, index) => {
      const { row } = (sample ?? [])[index % 10] ?? { row: undefined };
      if (row === undefined) throw new Error('no sample');
      const collegeId = testColleges[index % 2]?.id ?? testColleges[0].id;
      return { version: 1, row: { ...row, id: longId(index), collegeId, number: null, description: `lot ${index}` } };
    });
    await keep(db, many);
    await pg.exec('vacuum analyze "expenses"');
  });
  afterAll(async () => {
    await pg.exec('truncate "expenses"');
  });

  const both = [...testColleges];
  const one = [testColleges[0]];
  test.each([
    ['date_desc', both, noFilter(), 0],
    ['date_asc', both, noFilter(), 0],
    ['amount_desc', both, noFilter(), 0],
    ['amount_asc', both, noFilter(), 0],
    ['vendor_asc', one, noFilter(), 0],
    ['date_desc', one, { ...noFilter(), status: ['draft' as const, 'paid' as const] }, 0],
    ['date_desc', both, { ...noFilter(), category: ['library', 'supplies'] }, 100],
    ['date_desc', both, { ...noFilter(), from: '2026-04-01', to: '2027-03-31' }, 0],
  ] as const)('%s in %o by %o reads an index in order and sorts nothing', async (sort, scope, filter, offset) => {
    const wide = { ...filter, status: [...filter.status], category: [...filter.category] };
    const plan = await explain(expensePageStatement(scope, wide, sort, { offset, limit: 50 }));
    expect(plan).toMatch(/Index Scan/);
    expect(plan).not.toMatch(/\bSort\b\s+\(|Seq Scan/);
  });

  test.each(['date_desc', 'amount_asc', 'vendor_asc'] as const)(
    'far rows by %s are skipped in the index alone',
    async (sort) => {
      const plan = await explain(expensePageStatement(one, noFilter(), sort, { offset: 2_000, limit: 50 }));
      expect(plan).toMatch(/Index Only Scan/);
    },
  );

  test.each(['rare word', 'zq'])('a search for "%s" uses the index of trigrams', async (text) => {
    const plan = await explain(
      expensePageStatement(one, { ...noFilter(), text }, 'date_desc', { offset: 0, limit: 50 }),
    );
    expect(plan).toMatch(/Bitmap Index Scan on expenses_search/);
  });
});

const explain = async (statement: ReturnType<typeof expensePageStatement>): Promise<string> =>
  (await runQuery(db, sql`explain ${statement}`)).map((row) => String(row['QUERY PLAN'])).join('\n');
