import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collegeIds } from '../../../domain/command/context.ts';
import type { OpenAmount } from '../../../domain/exchange/fit-bills.ts';
import { type BooksToMeet, planExchange } from '../../../domain/exchange/plan-exchange.ts';
import { addDays, financialYearBounds, type IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { CollegeWorld, expectOk } from '../../../testing/college-world.ts';
import { mastersFrom, rowsOf, sentFrom } from '../../../testing/exchange-world.ts';
import { nodeDigest } from '../../../testing/node-digest.ts';
import { randomStep, takeStep } from '../../../testing/random-steps.ts';
import { TallyEmulator } from './emulator.ts';
import { mastersFile, readTallyFile, vouchersFile } from './files.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/** Empty books with the chart that a college begins with, where spending asks nobody. */
async function emptyBooks(now: number): Promise<CollegeWorld> {
  const world = await CollegeWorld.create(8);
  world.now = now;
  for (const { id, category } of world.books.rows('accounts')) {
    if (category === null) continue;
    const edits = { category: { from: category, to: null } };
    expectOk(await world.run('account.edit', { accountId: id, edits }, world.accountant));
  }
  return world;
}

const openIn = (world: CollegeWorld): readonly OpenAmount[] => {
  const sums = new Map<string, OpenAmount>();
  for (const { vendorId, name, debitPaise, creditPaise } of world.books.rows('bill_allocations')) {
    if (name === null) continue;
    const openPaise = (sums.get(`${vendorId} ${name}`)?.openPaise ?? 0n) + debitPaise - creditPaise;
    sums.set(`${vendorId} ${name}`, { vendorId, name, openPaise });
  }
  return [...sums.values()];
};

const meeting = (world: CollegeWorld, openingDate: IsoDate): BooksToMeet => ({
  ...{ rows: rowsOf(world), openBills: openIn(world), openingDate, idFor: collegeIds(world.collegeId, nodeDigest) },
  voucherIds: new Set(world.books.rows('vouchers').map(({ id }) => id)),
  openings: world.books.rows('vouchers').flatMap(({ id, kind }) => (kind === 'opening' ? id : [])),
});

/** Balances by the name of their ledger, and open bills by ledger and name. */
function standing(world: CollegeWorld, day: IsoDate, but: ReadonlySet<string>) {
  const { ledgers } = mastersFrom(world, day);
  const balances = ledgers.map((one) => [one.name, one.openingDebitPaise - one.openingCreditPaise] as const);
  const bills = ledgers.flatMap(({ name, openingBills }) =>
    openingBills.map((bill) => [`${name} / ${bill.name}`, bill.debitPaise - bill.creditPaise] as const),
  );
  return {
    balances: Object.fromEntries(balances.filter(([, sum]) => sum !== 0n)),
    bills: Object.fromEntries(bills.filter(([key]) => !but.has(key))),
  };
}

/** The books from the first day of the year on, through both files into empty books, which then stand as these do. */
async function comesInto(world: CollegeWorld): Promise<void> {
  const from = financialYearBounds(world.year).first;
  const openingDate = addDays(from, -1);
  const sent = sentFrom(world).filter(({ date }) => date >= from);
  const { masters } = await readTallyFile(once(mastersFile(mastersFrom(world, from))));
  const { vouchers } = await readTallyFile(once(vouchersFile(sent)));
  const empty = await emptyBooks(world.now);
  const content = { masters, vouchers: vouchers.vouchers };
  const plan = planExchange(content, meeting(empty, openingDate));
  expect(plan.masters.refused).toEqual([]);
  expect(plan.opening.refused).toEqual([]);
  expect(plan.vouchers.unread).toEqual([]);
  const { groups, accounts, vendors, costCentres } = plan.masters;
  const by = empty.accountant;
  for (const args of groups) expectOk(await empty.run('group.create', args, by));
  for (const args of accounts) expectOk(await empty.run('account.create', args, by));
  for (const args of vendors) expectOk(await empty.run('vendor.create', args, by));
  for (const args of costCentres) expectOk(await empty.run('costCentre.create', args, by));
  if (plan.opening.args !== null) expectOk(await empty.run('voucher.post', plan.opening.args, by));
  const loose = new Set<string>();
  for (const { args, voucher, loosened } of plan.vouchers.ready) {
    expectOk(await empty.run('voucher.post', args, by));
    for (const { ledger } of voucher.lines) for (const name of loosened) loose.add(`${ledger} / ${name}`);
  }
  const after = addDays(world.today, 1);
  expect(standing(empty, after, loose)).toEqual(standing(world, after, loose));
  expect(standing(empty, from, new Set())).toEqual(standing(world, from, new Set()));
  const again = planExchange(content, meeting(empty, openingDate));
  const { masters: twice, opening, vouchers: read } = again;
  expect([twice.groups, twice.accounts, twice.vendors, twice.costCentres, read.ready]).toEqual([[], [], [], [], []]);
  expect([opening.args, opening.isKnown]).toEqual([null, plan.opening.args !== null]);
  expect(read.unread.every(({ reason }) => reason === 'known')).toBe(true);
}

async function returnGoods(world: CollegeWorld, vendorId: Id): Promise<void> {
  const blank = { departmentCode: null, fundCode: null };
  const lines = [
    { ...blank, accountCode: '2100', vendorId, debitPaise: 700n, creditPaise: 0n },
    { ...blank, accountCode: '1640', vendorId: null, debitPaise: 0n, creditPaise: 700n },
  ];
  const head = { voucherId: world.newId(), kind: 'debit_note', date: world.today, narration: '' } as const;
  const args = { ...head, reference: 'DN/1', referenceDate: null, lines };
  expectOk(await world.run('voucher.post', args, world.accountant));
}

it('the books of any college go into Tally without a refusal, and come back as they were', async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(randomStep, { minLength: 40, maxLength: 120, size: 'max' }), async (steps) => {
      const world = await CollegeWorld.create(7, { supplies: 90_00_000_00n, library: 9_00_000_00n });
      const vendorId = await world.vendor({ name: 'First Vendor' });
      // Chance seldom makes one that the rules take.
      await returnGoods(world, vendorId);
      for (const one of steps) await takeStep(one, world);
      const tally = new TallyEmulator({
        companies: [{ name: 'SVCE', isOpen: true, first: '2000-01-01', last: '2099-12-31' }],
      });
      const vouchers = sentFrom(world);
      const masters = tally.importFile(mastersFile(mastersFrom(world)));
      expect(masters).toMatch(/<ERRORS>0<.*<EXCEPTIONS>0</);
      expect(masters).not.toContain('LINEERROR');
      for (const created of [vouchers.length, 0]) {
        const summary = tally.importFile(vouchersFile(vouchers));
        expect(summary).not.toContain('LINEERROR');
        expect(summary).toContain(`<CREATED>${created}</CREATED><ALTERED>${vouchers.length - created}</ALTERED>`);
      }
      for (const { kind } of world.books.rows('vouchers')) kinds.add(kind);
      await comesInto(world);
    }),
    { numRuns: 200 },
  );
  expect([...kinds].sort()).toEqual([
    'contra',
    'credit_note',
    'debit_note',
    'journal',
    'opening',
    'payment',
    'purchase',
    'receipt',
    'reversal',
    'sales',
  ]);
});
