import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { ImportedRow } from '../command/args.ts';

let count = 0;
function row(
  world: CollegeWorld,
  change: Partial<ImportedRow> = {},
  fields: Partial<ImportedRow['fields']> = {},
): ImportedRow {
  count += 1;
  const { vendorId: _, ...bill } = world.bill('', { billNo: `B${count}`, ...fields });
  return {
    importKey: `key ${count}`,
    vendorName: 'Om Stores',
    vendorGstin: null,
    vendorPan: null,
    fields: bill,
    ...change,
  };
}
const importRows = (world: CollegeWorld, ...rows: readonly ImportedRow[]) =>
  world.run('expense.import', { batchId: world.newId(), fileName: 'bills.xlsx', rows }, world.accountant);

const pune = '27AAPFU0939F1ZV';
const other = '29AAGCB7383J1Z4';
const vendors = (world: CollegeWorld) => world.books.rows('vendors').map(({ name, gstin, pan }) => [name, gstin, pan]);

describe('importing bills', () => {
  it('enters drafts with their own references and makes each unknown vendor once', async () => {
    const world = await CollegeWorld.create();
    expectOk(
      await importRows(
        world,
        row(world),
        row(world, { vendorName: 'M/s OM STORES' }),
        row(world, { vendorName: 'श्री गणेश' }),
      ),
    );
    expect(vendors(world)).toEqual([
      ['Om Stores', null, null],
      ['श्री गणेश', null, null],
    ]);
    const expenses = world.books.rows('expenses');
    expect(expenses.map((e) => [e.status, e.vendorName, e.number])).toEqual([
      ['draft', 'Om Stores', null],
      ['draft', 'Om Stores', null],
      ['draft', 'श्री गणेश', null],
    ]);
    expect(expenses.map((e) => e.provisionalRef.slice(-2))).toEqual(['/1', '/2', '/3']);
  });

  it('adds nothing the second time, nor for a row that stands twice in the file', async () => {
    const world = await CollegeWorld.create();
    const rows = [row(world), row(world)];
    const [first] = rows;
    expectOk(await importRows(world, ...rows, ...(first ? [first] : [])));
    expect(world.books.rows('expenses')).toHaveLength(2);
    const again = expectOk(await importRows(world, ...rows, row(world)));
    expect(again.changes).toHaveLength(1);
    expect(world.books.rows('expenses')).toHaveLength(3);
  });

  it('leaves only ids in the audit entry, since the signed command says the rest', async () => {
    const world = await CollegeWorld.create();
    const { audit } = expectOk(await importRows(world, row(world)));
    const [vendor, expense] = [world.books.rows('vendors')[0]?.id, world.books.rows('expenses')[0]?.id];
    expect(JSON.parse(audit.changes)).toEqual([
      { kind: 'named', table: 'vendors', id: vendor },
      { kind: 'named', table: 'expenses', id: expense },
    ]);
  });

  it.each<[Partial<ImportedRow>, Partial<ImportedRow['fields']>, string]>([
    [{}, { taxablePaise: -1n }, 'EXPENSE_AMOUNT_INVALID'],
    [{}, { category: 'sports' }, 'CATEGORY_UNKNOWN'],
    [{}, { billDate: '2099-01-01' }, 'EXPENSE_DATE_INVALID'],
    [{ vendorGstin: '27AAPFU0939F1ZX' }, {}, 'VENDOR_INVALID'],
    [{ vendorName: ' ' }, {}, 'VENDOR_INVALID'],
  ])('refuses the whole batch for a row with %o %o and names it', async (change, fields, code) => {
    const world = await CollegeWorld.create();
    const bad = row(world, change, fields);
    const refused = expectRefused(await importRows(world, row(world), bad));
    expect(refused.code).toBe(code);
    expect(refused.details.importKey).toBe(bad.importKey);
    expect(world.books.rows('expenses')).toEqual([]);
    expect(world.books.rows('vendors')).toEqual([]);
  });
});

describe('vendors of an import', () => {
  it('are named alike by two desks that do not know of each other', async () => {
    const world = await CollegeWorld.create();
    const here = await world.decide(
      'expense.import',
      { batchId: world.newId(), fileName: 'a', rows: [row(world)] },
      world.accountant,
    );
    const there = await world.decide(
      'expense.import',
      { batchId: world.newId(), fileName: 'b', rows: [row(world, { vendorName: 'OM stores' })] },
      world.secondAccountant,
    );
    const idOf = (outcome: typeof here) =>
      expectOk(outcome).changes.flatMap((change) =>
        change.table === 'vendors' && 'row' in change ? [change.row.id] : [],
      );
    expect(idOf(here)).toHaveLength(1);
    expect(idOf(here)).toEqual(idOf(there));
    expectOk(await importRows(world, row(world)));
    expectOk(await importRows(world, row(world, { vendorName: 'OM stores' })));
    expect(world.books.rows('vendors')).toHaveLength(1);
  });

  it('are found by GSTIN first, whatever the file calls them', async () => {
    const world = await CollegeWorld.create();
    const known = await world.vendor({ name: 'Om Stores Private Limited', gstin: pune });
    expectOk(await importRows(world, row(world, { vendorName: 'Om', vendorGstin: pune })));
    expect(world.books.rows('expenses')[0]).toMatchObject({ vendorId: known, vendorName: 'Om Stores Private Limited' });
    expect(world.books.rows('vendors')).toHaveLength(1);
  });

  it('keep a GSTIN that the books did not know, and never lose one they did', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'Om Stores' });
    expectOk(await importRows(world, row(world, { vendorGstin: pune }), row(world)));
    expect(vendors(world)).toEqual([['Om Stores', pune, 'AAPFU0939F']]);
    expect(world.books.rows('vendors')[0]?.revision).toBe(2);
    expectOk(await importRows(world, row(world, { vendorPan: 'AAPFU0939F' })));
    expect(vendors(world)).toEqual([['Om Stores', pune, 'AAPFU0939F']]);
  });

  it('with one name and two registrations are two', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'Om Stores', gstin: pune });
    expectOk(await importRows(world, row(world, { vendorGstin: other }), row(world, { vendorPan: 'ABCPD1234E' })));
    expectOk(await importRows(world, row(world, { vendorGstin: other }), row(world, { vendorPan: 'ABCPD1234E' })));
    expect(vendors(world)).toEqual([
      ['Om Stores', pune, 'AAPFU0939F'],
      [`Om Stores (${other})`, other, 'AAGCB7383J'],
      ['Om Stores (ABCPD1234E)', null, 'ABCPD1234E'],
    ]);
  });

  it('do not overwrite one that was renamed since', async () => {
    const world = await CollegeWorld.create();
    expectOk(await importRows(world, row(world)));
    const vendorId = world.books.rows('vendors')[0]?.id ?? '';
    const edits = { name: { from: 'Om Stores', to: 'Om Paper Mart' } };
    expectOk(await world.run('vendor.edit', { vendorId, edits }, world.accountant));
    expectOk(await importRows(world, row(world)));
    expect(vendors(world).map(([name]) => name)).toEqual(['Om Paper Mart', 'Om Stores']);
  });
});
