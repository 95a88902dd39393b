import { describe, expect, it } from 'vitest';
import { sumPaise } from '../../kernel/money.ts';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { makeContext } from '../command/context.ts';
import { balanceOf, incomeAndExpenditure, kindsOf, sumBy } from './reading.ts';
import { totalsAfter } from './totals.ts';

async function twoMonths(): Promise<CollegeWorld> {
  const world = await CollegeWorld.create(1, { supplies: 1_00_00_000_00n, library: 1_00_00_000_00n });
  await world.submitted({ taxablePaise: 100_00n, billDate: '2026-10-31' });
  await world.submitted({ taxablePaise: 200_00n, billDate: '2026-11-01' });
  await world.submitted({ taxablePaise: 400_00n, billDate: '2026-11-02', category: 'library', accountCode: '5700' });
  const back = await world.submitted({ taxablePaise: 800_00n, billDate: '2026-10-05' });
  expectOk(
    await world.run('expense.reverse', { expenseId: back.id, date: '2026-11-21', reason: 'wrong' }, world.accountant),
  );
  return world;
}

describe('consolidated totals', () => {
  it('stand by month, category and GL code; a reversal counts in its own month', async () => {
    const totals = (await twoMonths()).books.rows('consolidation_totals');
    const expense = totals
      .filter((total) => total.category !== '')
      .map((t) => [t.month, t.category, t.accountCode, t.debitPaise, t.creditPaise, t.lineCount]);
    expect(expense).toEqual([
      ['2026-10', 'supplies', '5200', 900_00n, 0n, 2],
      ['2026-11', 'supplies', '5200', 200_00n, 800_00n, 2],
      ['2026-11', 'library', '5700', 400_00n, 0n, 1],
    ]);
    expect(sumPaise(totals.map((t) => t.debitPaise - t.creditPaise))).toBe(0n);
  });

  it('count every line of a voucher that has two in one cell', async () => {
    const world = await twoMonths();
    const [line] = world.books.rows('voucher_lines');
    if (line === undefined) throw new Error('no lines');
    const context = makeContext(world.header(), world.accountant, 'server', nodeDigest);
    const before = world.books.rows('consolidation_totals').find((t) => t.accountCode === line.accountCode);
    const changes = await totalsAfter([line, { ...line, id: 'second' }], context, world.books);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      table: 'consolidation_totals',
      row: { id: before?.id, debitPaise: 900_00n + 2n * line.debitPaise, lineCount: 4 },
    });
  });

  it('add up by any key', async () => {
    const totals = (await twoMonths()).books.rows('consolidation_totals');
    const byAccount = sumBy(totals, (total) => total.accountCode);
    expect(byAccount.get('5200')).toEqual({ debitPaise: 1_100_00n, creditPaise: 800_00n, lineCount: 4 });
    expect(balanceOf('expense', byAccount.get('5200') ?? { debitPaise: 0n, creditPaise: 0n })).toBe(300_00n);
    expect(balanceOf('liability', byAccount.get('2100') ?? { debitPaise: 0n, creditPaise: 0n })).toBe(700_00n);
  });

  it('give income and expenditure, whatever the codes of each college mean', async () => {
    const { books } = await twoMonths();
    const [some] = books.rows('consolidation_totals');
    if (some === undefined) throw new Error('no totals');
    const elsewhere = {
      ...some,
      collegeId: 'B',
      accountCode: '5200',
      category: '',
      debitPaise: 0n,
      creditPaise: 1_000_00n,
    };
    const accounts = books.rows('accounts');
    const [account] = accounts;
    if (account === undefined) throw new Error('no accounts');
    const kinds = kindsOf([...accounts, { ...account, collegeId: 'B', code: '5200', kind: 'income' }]);
    expect(incomeAndExpenditure([...books.rows('consolidation_totals'), elsewhere], kinds)).toEqual({
      incomePaise: 1_000_00n,
      expensePaise: 700_00n,
      surplusPaise: 300_00n,
    });
  });
});
