import { afterAll, beforeAll, expect, test } from 'vitest';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { BooksUnit } from '../books.ts';
import type { Db } from '../tables.ts';
import { periodList } from './periods.ts';
import { inScratch, openTestBooks } from './testing.ts';

let books: Awaited<ReturnType<typeof openTestBooks>>;
beforeAll(async () => {
  books = await openTestBooks();
});
afterAll(() => books.pg.close());

/** The rows of the world put into the database, as one change. */
async function put(tx: Db, world: CollegeWorld): Promise<void> {
  const unit = new BooksUnit(tx, world.collegeId);
  const tables = [
    'people',
    'accounts',
    'vouchers',
    'voucher_lines',
    'consolidation_totals',
    'expenses',
    'periods',
  ] as const;
  for (const table of tables) {
    unit.apply(
      world.books.rows(table).map((row) => ({ table, row }) as never),
      1,
    );
  }
  await unit.flush();
}

const line = (accountCode: string, debitPaise: bigint, creditPaise: bigint) => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null, debitPaise, creditPaise },
});
const fee = (world: CollegeWorld, date: string, amount: bigint) => {
  const paper = { narration: '', reference: null, referenceDate: null };
  const lines = [line('1200', amount, 0n), line('4100', 0n, amount)];
  return world.run(
    'voucher.post',
    { voucherId: world.newId(), kind: 'receipt', date, ...paper, lines },
    world.accountant,
  );
};

test('tells what is open, what was moved, and what each person may do', async () => {
  const world = await CollegeWorld.create(7, { supplies: 1_00_000_00n });
  expectOk(await fee(world, '2026-02-10', 700n));
  expectOk(await fee(world, '2026-05-10', 40n));
  expectOk(await world.run('period.close', { month: '2026-05' }, world.accountant));
  await world.submitted({ taxablePaise: 60_000_00n });
  await inScratch(books.db, async (tx) => {
    await put(tx, world);
    const list = (personId: string) => periodList(tx, { collegeId: world.collegeId, personId, today: world.today });
    const [now, before] = await list(world.principal.id);
    expect([now?.financialYear, before?.financialYear]).toEqual(['2026-27', '2025-26']);
    expect(now).toMatchObject({ surplusPaise: 40n, waiting: 1, actions: [], agrees: null });
    expect(before).toMatchObject({ surplusPaise: 700n, waiting: 0, actions: ['close'] });
    expect(now?.months.map(({ month }) => month).at(0)).toBe('2026-04');
    const may = now?.months.find(({ month }) => month === '2026-05');
    expect(may).toMatchObject({
      lineCount: 2,
      debitPaise: 40n,
      closed: { byName: 'Asha Kulkarni' },
      actions: ['reopen'],
    });
    expect(now?.months.find(({ month }) => month === '2026-11')?.actions).toEqual([]);
    const seen = await list(world.accountant.id);
    expect(seen[0]?.months.find(({ month }) => month === '2026-05')?.actions).toEqual([]);
    expect(seen[0]?.months.find(({ month }) => month === '2026-06')?.actions).toEqual(['close']);
    expect(
      (await list(world.newId())).flatMap(({ actions, months }) => [actions, months.map((one) => one.actions)]).flat(3),
    ).toEqual([]);
  });
});

test('lets another person open a closed year, and notices books that no longer say what they said', async () => {
  const world = await CollegeWorld.create(8);
  expectOk(await fee(world, '2026-02-10', 700n));
  expectOk(await world.run('year.close', { financialYear: '2025-26' }, world.principal));
  const ask = { financialYear: '2025-26', reason: 'A late bill' };
  expectOk(await world.run('year.askReopen', ask, world.principal));
  await inScratch(books.db, async (tx) => {
    await put(tx, world);
    const year = async (personId: string) =>
      (await periodList(tx, { collegeId: world.collegeId, personId, today: world.today })).find(
        ({ financialYear }) => financialYear === '2025-26',
      );
    expect(await year(world.principal.id)).toMatchObject({
      actions: [],
      agrees: true,
      asked: { reason: 'A late bill' },
    });
    expect((await year(world.secondPrincipal.id))?.actions).toEqual(['reopen']);
    expect((await year(world.accountant.id))?.actions).toEqual([]);
    const [total] = world.books.rows('consolidation_totals').filter(({ accountCode }) => accountCode === '4100');
    if (total === undefined) throw new Error('no total');
    const unit = new BooksUnit(tx, world.collegeId);
    await unit.get('consolidation_totals', total.id);
    unit.apply([{ table: 'consolidation_totals', row: { ...total, creditPaise: 701n } }], 2);
    await unit.flush();
    expect((await year(world.principal.id))?.agrees).toBe(false);
  });
});
