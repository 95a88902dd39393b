import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameKey } from '../../domain/vendor/name-key.ts';
import { sumPaise } from '../../kernel/money.ts';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { paymentLeases } from '../schema.ts';
import { type AnyRow, type Db, tableNames } from '../tables.ts';
import { insertRows } from '../write-rows.ts';
import { approvalsInbox } from './approvals-inbox.ts';
import { auditPage, auditRows, verifyAudit } from './audit-trail.ts';
import { budgetList, monthsOfYear } from './budgets.ts';
import { consolidationLines, consolidationSummary } from './consolidation.ts';
import { expenseView } from './expense-view.ts';
import { billsInBooks, knownImportKeys } from './import-lookups.ts';
import { financialYears, scopeOf } from './session-facts.ts';
import { inScratch, openTestBooks, someExpenses, testColleges, testIds, vendorId, vendorNames } from './testing.ts';
import { vendorsPage, vendorView } from './vendors.ts';

let pg: PGlite;
let db: Db;
let one: CollegeWorld;
let two: CollegeWorld;
let paidId: string;
let importedId: string;

/** Two colleges with the same kinds of things in them; the second one is never in the scope. */
beforeAll(async () => {
  ({ db, pg } = await openTestBooks());
  one = await CollegeWorld.create(1, { supplies: 100_000_00n, library: 50_000_00n });
  two = await CollegeWorld.create(2, { supplies: 700_000_00n, library: 50_000_00n });
  paidId = await live(one);
  await live(two);
  importedId = await importOne(one);
  for (const world of [one, two]) await insertWorld(world);
});
afterAll(() => pg.close());

async function insertWorld({ books }: CollegeWorld): Promise<void> {
  for (const table of tableNames) await insertRows(db, table, books.rows(table) as unknown as AnyRow[], 1);
}

async function live(world: CollegeWorld): Promise<string> {
  const vendorId = await world.vendor({ name: 'Deccan Traders' });
  const paid = await world.submitted({ vendorId, billNo: 'INV/1', taxablePaise: 60_000_00n, tdsPaise: 600_00n });
  expectOk(await world.approve(paid));
  const payment = { expenseId: paid.id, paidOn: world.today, reference: 'UTR77', accountCode: '1200' };
  expectOk(await world.run('expense.pay', payment, world.accountant));
  const owed = await world.submitted({
    vendorId,
    billNo: 'INV/2',
    taxablePaise: 20_000_00n,
    tdsPaise: 200_00n,
    category: 'library',
    accountCode: '5700',
  });
  if (owed.status === 'submitted') expectOk(await world.approve(owed));
  const dropped = await world.draft({ vendorId, billNo: 'INV/3', taxablePaise: 9_99n });
  expectOk(await world.run('expense.cancel', { expenseId: dropped.id, reason: 'entered twice' }, world.accountant));
  for (const hours of [100, 1]) {
    world.now += 1_000;
    const before = world.now;
    world.now -= hours * 3_600_000;
    await world.submitted({ vendorId, taxablePaise: 55_000_00n + BigInt(hours) }, 'needed for the examination');
    world.now = before;
  }
  return paid.id;
}

async function importOne(world: CollegeWorld): Promise<string> {
  const { vendorId: _, ...fields } = world.bill('');
  const row = { importKey: 'v1:abc', vendorName: 'New Book House', vendorGstin: null, vendorPan: null, fields };
  expectOk(
    await world.run('expense.import', { batchId: world.newId(), fileName: 'a.xlsx', rows: [row] }, world.accountant),
  );
  const imported = world.books.rows('expenses').find((expense) => expense.importKey === 'v1:abc');
  if (imported === undefined) throw new Error('not imported');
  return imported.id;
}

// No question to the database: inside an open transaction it would wait for itself.
const scope = async () => [{ id: one.collegeId, code: one.college.code }];
const person = () => ({
  personId: one.accountant.id,
  deviceName: () => 'Office',
  deviceId: one.deviceId,
  hasBlob: () => false,
});

describe('the page of an expense', () => {
  test('shows its vouchers in balance, its budget, its receipts and who did what', async () => {
    const view = await expenseView(db, await scope(), { id: paidId, ...person() });
    expect(view).toMatchObject({
      status: 'paid',
      pending: false,
      totalPaise: 60_000_00n,
      payablePaise: 59_400_00n,
      vendorName: 'Deccan Traders',
      paymentReference: 'UTR77',
      decidedById: one.principal.id,
      decidedByName: 'Dr. Meera Iyer',
      attentionSeq: null,
    });
    expect(view.vouchers.map((voucher) => voucher.kind)).toEqual(['journal', 'payment']);
    for (const { lines } of view.vouchers) {
      expect(sumPaise(lines.map((line) => line.debitPaise))).toBe(sumPaise(lines.map((line) => line.creditPaise)));
    }
    const kept = one.books.rows('budgets').find((budget) => budget.category === 'supplies');
    expect(view.budget).toMatchObject({ spentPaise: kept?.spentPaise, committedPaise: kept?.committedPaise });
    expect(view.receipts).toMatchObject([{ fileName: 'bill.pdf', local: false }]);
    expect(view.timeline.map((entry) => entry.commandName)).toEqual([
      'expense.create',
      'receipt.attach',
      'expense.submit',
      'expense.approve',
      'expense.pay',
    ]);
    expect(view.timeline.at(-1)).toMatchObject({ actorName: 'Asha Kulkarni', deviceName: 'Office', signed: true });
    expect(view.timeline.at(-1)?.changes).toContainEqual({
      field: 'status',
      kind: 'text',
      before: 'approved',
      after: 'paid',
    });
    expect(view.timeline[0]?.changes).toContainEqual({
      field: 'totalPaise',
      kind: 'money',
      before: null,
      after: '6000000',
    });
  });

  test('offers what the life cycle allows this person', async () => {
    const asAccountant = await expenseView(db, await scope(), { id: paidId, ...person() });
    expect(asAccountant.actions).toEqual(['reverse', 'duplicate']);
    const asAuditor = await expenseView(db, await scope(), { id: paidId, ...person(), personId: one.auditor.id });
    expect(asAuditor.actions).toEqual([]);
  });

  test('says who pays it, and lets only the desk that holds and knows it record the payment', async () => {
    const world = await CollegeWorld.create(3, { supplies: 100_000_00n });
    const { id } = await world.submitted();
    expectOk(await world.run('payment.take', { expenseId: id }, world.accountant));
    await insertWorld(world);
    const { accountant, principal, deviceId, collegeId, college } = world;
    const ask = (change = {}) =>
      expenseView(db, [{ id: collegeId, code: college.code }], {
        ...{ id, personId: accountant.id, deviceId, deviceName: () => null, hasBlob: () => false },
        ...change,
      });
    const held = { fence: 1, holderName: accountant.name, isHere: true, isConfirmed: true };
    const here = await ask();
    expect(here.payment).toMatchObject(held);
    expect(here.actions).toEqual(['pay', 'give_back_payment', 'duplicate']);
    const elsewhere = await ask({ deviceId: world.newId() });
    expect(elsewhere.payment).toMatchObject({ ...held, isHere: false });
    expect(elsewhere.actions).toEqual(['duplicate']);
    expect((await ask({ personId: principal.id })).actions).toEqual(['take_away_payment']);
    await db.update(paymentLeases).set({ version: 0 });
    const predicted = await ask();
    expect(predicted.payment).toMatchObject({ ...held, isConfirmed: false });
    expect(predicted.actions).toEqual(['give_back_payment', 'duplicate']);
    expect((await expenseView(db, await scope(), { id: paidId, ...person() })).payment).toBeNull();
  });

  test('of a row from a file begins with the import', async () => {
    const view = await expenseView(db, await scope(), { id: importedId, ...person() });
    expect(view.timeline.map((entry) => entry.commandName)).toEqual(['expense.import']);
    expect(view.actions).toContain('submit');
  });

  test('of another college is not found', async () => {
    const foreign = two.books.rows('expenses')[0]?.id ?? '';
    await expect(expenseView(db, await scope(), { id: foreign, ...person() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(expenseView(db, [], { id: paidId, ...person() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the approvals inbox', () => {
  const window = { collegeId: null, offset: 0, limit: 50 };
  const waiting = () => one.books.rows('expenses').filter((expense) => expense.status === 'submitted');

  test('holds what waits for a principal, oldest due first, in his colleges only', async () => {
    const inbox = await approvalsInbox(db, await scope(), { ...window, personId: one.principal.id, now: one.now });
    const wanted = [...waiting()].sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
    expect(wanted.length).toBe(2);
    expect(inbox.rows.map((row) => row.id)).toEqual(wanted.map((expense) => expense.id));
    expect(inbox).toMatchObject({
      count: 2,
      overdue: 1,
      totalPaise: sumPaise(wanted.map((expense) => expense.totalPaise)),
    });
  });

  test('is empty for who may not decide, and leaves out what the person entered himself', async () => {
    const asked = async (personId: string) =>
      (await approvalsInbox(db, await scope(), { ...window, personId, now: one.now })).count;
    expect(await asked(one.accountant.id)).toBe(0);
    expect(await asked(two.principal.id)).toBe(0);
    await inScratch(db, async (tx) => {
      const own = waiting()[0]?.id ?? '';
      await tx.execute(sql`update "expenses" set "maker_id" = ${one.principal.id}::uuid where "id" = ${own}::uuid`);
      const inbox = await approvalsInbox(tx, await scope(), { ...window, personId: one.principal.id, now: one.now });
      expect([inbox.count, inbox.rows.length]).toEqual([1, 1]);
    });
  });
});

describe('vendors', () => {
  test('are owed what is approved and unpaid, and have billed what stands, for any rows', async () => {
    await fc.assert(
      fc.asyncProperty(someExpenses(60), async (kept) => {
        await inScratch(db, async (tx) => {
          await insertRows(
            tx,
            'expenses',
            kept.map((expense) => expense.row as unknown as AnyRow),
            1,
          );
          const rows = vendorNames.flatMap((name, index) =>
            [testIds[0], testIds[1], testIds[2]].map((collegeId) => ({
              ...vendorRow,
              collegeId,
              id: vendorId(index),
              name,
              nameKey: nameKey(name),
            })),
          );
          await insertRows(tx, 'vendors', rows as unknown as AnyRow[], 1);
          const page = await vendorsPage(tx, testColleges, { collegeId: null, text: '', offset: 0, limit: 100 });
          expect(page.count).toBe(vendorNames.length * 2);
          for (const view of page.rows) {
            const bills = kept
              .map((expense) => expense.row)
              .filter((row) => row.vendorId === view.id && row.collegeId === view.collegeId);
            const standing = bills.filter((row) => !['cancelled', 'rejected', 'reversed'].includes(row.status));
            const owed = standing.filter((row) => ['approved', 'payable', 'paying'].includes(row.status));
            expect(view).toMatchObject({
              expenseCount: standing.length,
              billedPaise: sumPaise(standing.map((row) => row.totalPaise)),
              outstandingPaise: sumPaise(owed.map((row) => row.totalPaise - row.tdsPaise)),
            });
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  test('are found by name or GSTIN in the scope only, by name', async () => {
    const page = await vendorsPage(db, await scope(), { collegeId: null, text: 'DECCAN', offset: 0, limit: 10 });
    expect(page).toMatchObject({
      count: 1,
      rows: [{ collegeId: one.collegeId, expenseCount: 4, outstandingPaise: 19_800_00n }],
    });
    const everyone = await vendorsPage(db, await scope(), { collegeId: null, text: '', offset: 0, limit: 10 });
    expect(everyone.rows.map((row) => row.fields.name)).toEqual(['Deccan Traders', 'New Book House']);
    const foreign = two.books.rows('vendors')[0]?.id ?? '';
    await expect(vendorView(db, await scope(), foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

const vendorRow = {
  gstin: null,
  pan: null,
  ifsc: null,
  accountNumber: null,
  accountName: null,
  email: null,
  phone: null,
  isActive: true,
  revision: 1,
  createdBy: testIds[3],
  createdAt: 1,
};

describe('budgets and consolidation', () => {
  test('every category has its row, and the months add up to what was posted to expense', async () => {
    const list = await budgetList(db, one.collegeId, one.year);
    expect(list.rows.length).toBe(one.books.rows('categories').filter((category) => category.isActive).length);
    expect(list.rows.find((row) => row.category === 'supplies')).toMatchObject({
      allocatedPaise: 100_000_00n,
      spentPaise: 60_000_00n,
    });
    const months = monthsOfYear(one.year);
    expect([months[0], months[8], months[9], months[11]]).toEqual(['2026-04', '2026-12', '2027-01', '2027-03']);
    expect(list.months.map(({ month }) => month)).toEqual(months);
    expect(sumPaise(list.months.map((month) => month.spentPaise))).toBe(list.spentPaise);
    expect(list.spentPaise).toBe(80_000_00n);
  });

  test('the super-accountant sees every college, and the totals agree with the posted lines', async () => {
    const both = await scopeOf(db, [one.collegeId, two.collegeId]);
    const summary = await consolidationSummary(db, both, one.year, one.now);
    expect(summary.agrees).toBe(true);
    expect(summary.totalPaise).toBe(160_000_00n);
    for (const part of [summary.colleges, summary.months, summary.categories]) {
      expect(sumPaise(part.map((row) => row.spentPaise))).toBe(summary.totalPaise);
    }
    expect(sumPaise(summary.accounts.map((row) => row.debitPaise))).toBe(
      sumPaise(summary.accounts.map((row) => row.creditPaise)),
    );
    expect(summary.colleges).toMatchObject([
      { waiting: 2, overdue: 1 },
      { waiting: 2, overdue: 1 },
    ]);
    const lines = await consolidationLines(db, both, one.year);
    expect(sumPaise(lines.map((line) => line.debitPaise))).toBe(
      sumPaise(summary.accounts.map((row) => row.debitPaise)),
    );
    const own = await consolidationSummary(db, await scope(), one.year, one.now);
    expect(own.colleges.map((college) => college.id)).toEqual([one.collegeId]);
    expect(own.totalPaise).toBe(80_000_00n);
  });

  test.each([
    [
      'a total changed',
      sql`update "consolidation_totals" set "debit_paise" = "debit_paise" + 1 where "account_code" = '5200'`,
    ],
    ['a total lost', sql`delete from "consolidation_totals" where "account_code" = '5200'`],
    ['a count changed', sql`update "consolidation_totals" set "line_count" = "line_count" + 1`],
  ])('%s is noticed', async (_what, damage) => {
    await inScratch(db, async (tx) => {
      await tx.execute(damage);
      expect((await consolidationSummary(tx, await scope(), one.year, one.now)).agrees).toBe(false);
    });
  });

  test('financial years come from bills and budgets, newest first, with the present one', async () => {
    expect(await financialYears(db, [one.collegeId], '2027-28')).toEqual(['2027-28', '2026-27']);
    expect(await financialYears(db, [], '2026-27')).toEqual(['2026-27']);
  });
});

describe('the audit trail', () => {
  const question = () => ({ collegeId: one.collegeId, text: '', documentId: null, deviceName: () => null });

  test('is paged newest first and exported whole', async () => {
    const entries = [...one.books.rows('audit_entries')].sort((a, b) => b.position - a.position);
    const page = await auditPage(db, { ...question(), offset: 2, limit: 5 });
    expect(page.count).toBe(entries.length);
    expect(page.rows.map((row) => row.hash)).toEqual(entries.slice(2, 7).map((entry) => entry.hash));
    const all: (number | null)[] = [];
    for await (const row of auditRows(db, question())) all.push(row.position);
    expect(all).toEqual(entries.map((entry) => entry.position));
    const number = one.expense(paidId).number ?? '';
    const about = await auditPage(db, { ...question(), text: number.toLowerCase(), offset: 0, limit: 50 });
    expect(new Set(about.rows.map((row) => row.documentId))).toEqual(new Set([paidId]));
    expect(about.rows[0]?.reference).toBe(number);
  });

  test('verifies whole, and names the first entry that was touched', async () => {
    const entries = one.books.rows('audit_entries').length;
    expect(await verifyAudit(db, one.collegeId, nodeDigest)).toEqual({
      intact: true,
      entries,
      brokenAt: null,
      headHash: one.head.hash,
    });
    await inScratch(db, async (tx) => {
      await tx.execute(
        sql`update "audit_entries" set "actor_name" = 'Somebody' where "college_id" = ${one.collegeId}::uuid and "position" = 4`,
      );
      expect(await verifyAudit(tx, one.collegeId, nodeDigest)).toMatchObject({
        intact: false,
        entries: 3,
        brokenAt: 4,
      });
    });
    await inScratch(db, async (tx) => {
      await tx.execute(
        sql`update "audit_entries" set "version" = 0 where "college_id" = ${one.collegeId}::uuid and "position" = ${entries}`,
      );
      expect(await verifyAudit(tx, one.collegeId, nodeDigest)).toMatchObject({ intact: true, entries: entries - 1 });
      const page = await auditPage(tx, { ...question(), offset: 0, limit: 1 });
      expect(page.rows[0]?.position).toBe(null);
    });
  });
});

describe('what an import looks up', () => {
  test('known keys and bills that were typed in before, of this college only', async () => {
    expect(await knownImportKeys(db, one.collegeId, ['v1:abc', 'v1:none'])).toEqual(new Set(['v1:abc']));
    expect(await knownImportKeys(db, two.collegeId, ['v1:abc'])).toEqual(new Set());
    const bill = (billNo: string) => ({ vendorNameKey: nameKey('M/s Deccan Traders'), vendorGstin: null, billNo });
    const found = await billsInBooks(db, one.collegeId, [bill('inv/1'), bill('INV/3'), bill('INV/9')]);
    expect([...found.values()]).toEqual([one.expense(paidId).number]);
    expect(await billsInBooks(db, testIds[0], [bill('INV/1')])).toEqual(new Map());
  });
});
