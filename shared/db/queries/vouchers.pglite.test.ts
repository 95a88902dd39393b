import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VoucherLineFields } from '../../domain/command/args.ts';
import type { EntryKind, Voucher } from '../../domain/rows.ts';
import type { VoucherFilter } from '../../ipc/contract/vouchers.ts';
import { addDays } from '../../kernel/dates.ts';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { type AnyRow, type Db, tableNames } from '../tables.ts';
import { insertRows } from '../write-rows.ts';
import { chartOf } from './chart.ts';
import { openBills } from './open-bills.ts';
import { openTestBooks } from './testing.ts';
import { voucherPage, voucherPageStatement, voucherTotals } from './voucher-page.ts';
import { voucherView } from './voucher-view.ts';

let pg: PGlite;
let db: Db;
let one: CollegeWorld;
let two: CollegeWorld;
let foreign: CollegeWorld;
let vendors: readonly string[];

/** Three colleges that entered the same kinds of things; the last one is never in the scope. */
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
  one = await CollegeWorld.create(1, { miscellaneous: 50_000_00n });
  two = await CollegeWorld.create(2, { miscellaneous: 50_000_00n });
  foreign = await CollegeWorld.create(3, { miscellaneous: 50_000_00n });
  vendors = await enter(one);
  await enter(two);
  await enter(foreign);
  for (const { books } of [one, two, foreign]) {
    for (const table of tableNames) await insertRows(db, table, books.rows(table) as unknown as AnyRow[], 1);
  }
});
afterAll(() => pg.close());

const side = (accountCode: string, debitPaise: bigint, creditPaise: bigint, more: Partial<VoucherLineFields> = {}) => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null, debitPaise, creditPaise },
  ...more,
});
const dr = (code: string, paise: bigint, more: Partial<VoucherLineFields> = {}) => side(code, paise, 0n, more);
const cr = (code: string, paise: bigint, more: Partial<VoucherLineFields> = {}) => side(code, 0n, paise, more);

/** Entries of forty days: bills of two suppliers, payments of some, fees, transfers, and every ninth one taken back. */
async function enter(world: CollegeWorld): Promise<readonly string[]> {
  const patil = await world.vendor({ name: 'Patil Brothers Hardware' });
  const sai = await world.vendor({ name: 'श्री साईं स्टेशनरी भंडार' });
  const post = async (kind: EntryKind, ago: number, lines: readonly VoucherLineFields[], reference: string | null) => {
    const voucherId = world.newId();
    const narration = `Being ${kind} ${ago}`;
    const date = addDays(world.today, -ago);
    const args = { voucherId, kind, date, narration, reference, referenceDate: null, lines };
    expectOk(await world.run('voucher.post', args, world.accountant));
    return voucherId;
  };
  for (let step = 0; step < 40; step++) {
    const ago = (step * 7) % 41;
    const amount = BigInt(step + 1) * 1_000n;
    const vendorId = step % 8 < 4 ? patil : sai;
    const name = `INV/${step}`;
    const bill = { kind: 'new' as const, name, amountPaise: amount, dueOn: addDays(world.today, 30) };
    const id = await [
      () => post('purchase', ago, [dr('1630', amount), cr('2100', amount, { vendorId, bills: [bill] })], name),
      () => post('receipt', ago, [dr('1100', amount), cr('4100', amount)], null),
      () => post('contra', ago, [dr('1200', amount), cr('1100', amount)], null),
      () => post('payment', ago, [dr('5840', amount), dr('2100', 500n, { vendorId }), cr('1100', amount + 500n)], null),
    ][step % 4]?.();
    if (step % 9 === 8 && id !== undefined) {
      const reversal = { voucherId: id, date: world.today, reason: 'entered twice' };
      expectOk(await world.run('voucher.reverse', reversal, world.accountant));
    }
  }
  const [first] = world.books.rows('bill_allocations').filter((bill) => bill.vendorId === patil && bill.name !== null);
  const bills = [{ kind: 'against' as const, name: first?.name ?? '', amountPaise: 400n, dueOn: null }];
  await post('payment', 0, [dr('2100', 400n, { vendorId: patil, bills }), cr('1100', 400n)], 'CHQ 88');
  return [patil, sai];
}

const scope = () => [one, two].map(({ collegeId, college }) => ({ id: collegeId, code: college.code }));
const noFilter: VoucherFilter = {
  ...{ collegeId: null, text: '', kind: [], accountCode: null, vendorId: null, from: null, to: null },
};

const day = (ago: number): string => addDays(one.today, -ago);
const anyFilter: fc.Arbitrary<VoucherFilter> = fc
  .record({
    college: fc.constantFrom('all', 'one', 'foreign'),
    text: fc.constantFrom('', '', '', 'patil', 'PATIL ', 'साईं', 'inv/8', 'being contra', 'pu', 'zz', '%', 'CHQ'),
    kind: fc.subarray(['purchase', 'payment', 'contra', 'reversal'] as const),
    accountCode: fc.option(fc.constantFrom('1100', '2100', '9999'), { freq: 2 }),
    vendor: fc.option(fc.nat(1), { freq: 1 }),
    from: fc.option(fc.nat(40), { freq: 1 }),
    to: fc.option(fc.nat(40), { freq: 1 }),
  })
  .map(({ college, vendor, from, to, ...rest }) => ({
    ...rest,
    collegeId: college === 'all' ? null : college === 'one' ? one.collegeId : foreign.collegeId,
    vendorId: vendor === null ? null : (vendors[vendor] ?? null),
    from: from === null ? null : day(from),
    to: to === null ? null : day(to),
  }));

/** The same question by plain loops over the rows in memory. */
function matching(filter: VoucherFilter): readonly { readonly world: CollegeWorld; readonly voucher: Voucher }[] {
  return [one, two]
    .filter((world) => filter.collegeId === null || filter.collegeId === world.collegeId)
    .flatMap((world) => world.books.rows('vouchers').map((voucher) => ({ world, voucher })))
    .filter(({ world, voucher }) => {
      const lines = world.books.rows('voucher_lines').filter((line) => line.voucherId === voucher.id);
      if (filter.kind.length > 0 && !filter.kind.includes(voucher.kind)) return false;
      if (filter.from !== null && voucher.date < filter.from) return false;
      if (filter.to !== null && voucher.date > filter.to) return false;
      if (filter.accountCode !== null && lines.every((line) => line.accountCode !== filter.accountCode)) return false;
      if (filter.vendorId !== null && lines.every((line) => line.vendorId !== filter.vendorId)) return false;
      const named = world.books.rows('vendors').filter(({ id }) => lines.some((line) => line.vendorId === id));
      const texts = [
        `${voucher.number ?? ''} ${voucher.reference ?? ''} ${voucher.narration}`,
        ...named.map(({ name, gstin }) => `${name} ${gstin ?? ''}`),
      ];
      return texts.some((text) => holds(text.toLowerCase(), filter.text.trim().toLowerCase()));
    })
    .sort((a, b) => (`${a.voucher.date} ${a.voucher.id}` < `${b.voucher.date} ${b.voucher.id}` ? 1 : -1));
}

/** One or two characters must begin a word. */
const holds = (text: string, wanted: string): boolean =>
  wanted === '' || ([...wanted].length >= 3 ? text.includes(wanted) : ` ${text}`.includes(` ${wanted}`));

const debitOf = (world: CollegeWorld, voucherId: string): bigint =>
  world.books
    .rows('voucher_lines')
    .filter((line) => line.voucherId === voucherId)
    .reduce((sum, line) => sum + line.debitPaise, 0n);

describe('the day book', () => {
  test('pages and totals are those of plain loops over the same rows, under any filter', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.nat(30), fc.integer({ min: 1, max: 20 }), async (filter, offset, limit) => {
        const all = matching(filter);
        const rows = await voucherPage(db, scope(), filter, { offset, limit });
        expect(rows.map(({ id }) => id)).toEqual(all.slice(offset, offset + limit).map(({ voucher }) => voucher.id));
        expect(rows.map(({ amountPaise }) => amountPaise)).toEqual(
          all.slice(offset, offset + limit).map(({ world, voucher }) => debitOf(world, voucher.id)),
        );
        const totalPaise = all.reduce((sum, { world, voucher }) => sum + debitOf(world, voucher.id), 0n);
        expect(await voucherTotals(db, scope(), filter)).toEqual({ count: all.length, totalPaise });
      }),
      { numRuns: 60 },
    );
  });

  test('a row tells what it is about, and whether it was taken back', async () => {
    const rows = await voucherPage(db, scope(), { ...noFilter, collegeId: one.collegeId }, { offset: 0, limit: 100 });
    expect(rows.find(({ kind }) => kind === 'purchase')).toMatchObject({ others: 1, pending: false });
    const shown = new Set(rows.map(({ kind, particulars }) => `${kind}: ${particulars}`));
    expect(shown).toContain('purchase: Patil Brothers Hardware');
    const reversedIds = one.books.rows('vouchers').flatMap(({ reversesId }) => reversesId ?? []);
    expect(rows.filter(({ reversed }) => reversed).map(({ id }) => id)).toEqual(
      rows.map(({ id }) => id).filter((id) => reversedIds.includes(id)),
    );
    expect(reversedIds.length).toBeGreaterThan(2);
  });

  test('a page is read off the index of days without sorting the day book', async () => {
    await db.execute(sql`analyze`);
    await db.execute(sql`set enable_seqscan = off`);
    const filter = { ...noFilter, from: day(40), to: day(0) };
    const statement = voucherPageStatement(scope(), filter, { offset: 0, limit: 10 });
    const words = JSON.stringify(await db.execute(sql`explain ${statement}`));
    expect(words.match(/Index (Only )?Scan Backward using vouchers_by_date/g)).toHaveLength(2);
    expect(words).not.toMatch(/Seq Scan|Sort {2}/);
    await db.execute(sql`set enable_seqscan = on`);
  });
});

describe('the page of a voucher', () => {
  const ask = (id: string, world = one) =>
    voucherView(db, scope(), { id, personId: world.accountant.id, deviceName: () => null, hasBlob: () => false });

  test('shows lines with names, its bills, and what may be done with it', async () => {
    const payment = one.books.rows('vouchers').find(({ reference }) => reference === 'CHQ 88');
    const view = await ask(payment?.id ?? '');
    expect(view.lines).toMatchObject([
      {
        ...{ accountCode: '2100', vendorName: 'Patil Brothers Hardware', debitPaise: 400n },
        bills: [{ kind: 'against', amountPaise: 400n }],
      },
      { accountCode: '1100', creditPaise: 400n, bills: [] },
    ]);
    expect(view).toMatchObject({ amountPaise: 400n, postedByName: 'Asha Kulkarni', expense: null });
    expect(view.actions).toEqual(['reverse', 'attach', 'duplicate']);
    expect(view.timeline.map(({ commandName }) => commandName)).toEqual(['voucher.post']);
  });

  test('a voucher and its reversal name each other, and neither is taken back again', async () => {
    const reversal = one.books.rows('vouchers').find(({ kind }) => kind === 'reversal');
    const view = await ask(reversal?.id ?? '');
    expect(view.reverses?.id).toBe(reversal?.reversesId);
    expect(view.actions).toEqual(['attach']);
    expect(view.timeline.map(({ commandName }) => commandName)).toEqual(['voucher.reverse']);
    const taken = await ask(reversal?.reversesId ?? '');
    expect(taken.reversedBy?.id).toBe(reversal?.id);
    expect(taken.actions).toEqual(['attach', 'duplicate']);
  });

  test('going from each to the older one walks the whole day book of the college', async () => {
    const all = matching({ ...noFilter, collegeId: one.collegeId }).map(({ voucher }) => voucher.id);
    const walked: string[] = [];
    let at: string | null = all[0] ?? null;
    let before: string | null = null;
    while (at !== null) {
      const view = await ask(at);
      expect(view.newerId).toBe(before);
      walked.push(at);
      before = at;
      at = view.olderId;
    }
    expect(walked).toEqual(all);
  });

  test('nothing of a college outside the scope is found', async () => {
    const [theirs] = foreign.books.rows('vouchers');
    await expect(ask(theirs?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a reader may do nothing with it', async () => {
    const [voucher] = one.books.rows('vouchers');
    const question = { id: voucher?.id ?? '', deviceName: () => null, hasBlob: () => false };
    expect((await voucherView(db, scope(), { ...question, personId: one.principal.id })).actions).toEqual([]);
  });
});

test('open bills are the sums of their allocations, oldest first, and the rest is on account', async () => {
  for (const vendorId of vendors) {
    const own = one.books.rows('bill_allocations').filter((bill) => bill.vendorId === vendorId);
    const sums = new Map<string | null, bigint>();
    for (const { name, debitPaise, creditPaise } of own) {
      sums.set(name, (sums.get(name) ?? 0n) + debitPaise - creditPaise);
    }
    const { rows, onAccountPaise } = await openBills(db, one.collegeId, vendorId);
    expect(onAccountPaise).toBe(sums.get(null) ?? 0n);
    expect(new Map(rows.map(({ name, openPaise }) => [name, openPaise]))).toEqual(
      new Map([...sums].flatMap(([name, sum]) => (name === null || sum === 0n ? [] : [[name, sum] as const]))),
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.map(({ billDate }) => billDate)).toEqual(rows.map(({ billDate }) => billDate).sort());
    for (const { name, dueOn } of rows) expect([name, dueOn]).toEqual([name, addDays(one.today, 30)]);
  }
});

test('the balances of the chart are the sums of the posted lines', async () => {
  const { accounts, groups } = await chartOf(db, one.collegeId, one.year);
  const balances = one.balances();
  for (const { code, balancePaise } of accounts) expect([code, balancePaise]).toEqual([code, balances.get(code) ?? 0n]);
  expect(accounts.length).toBe(one.books.rows('accounts').length);
  expect(groups.length).toBe(one.books.rows('account_groups').length);
  // In the year after, income and expenditure begin at nothing and the rest goes on.
  const next = await chartOf(db, one.collegeId, '2027-28');
  for (const { code, kind, balancePaise } of next.accounts) {
    const carried = kind === 'income' || kind === 'expense' ? 0n : (balances.get(code) ?? 0n);
    expect([code, balancePaise]).toEqual([code, carried]);
  }
  const before = await chartOf(db, one.collegeId, '2025-26');
  expect(before.accounts.every(({ balancePaise }) => balancePaise === 0n)).toBe(true);
});
