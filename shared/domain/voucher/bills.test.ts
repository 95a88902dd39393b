import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { BillFields, CommandArgs, VoucherLineFields } from '../command/args.ts';
import type { EntryKind } from '../rows.ts';
import { openOf } from './bills.ts';

const line = (
  accountCode: string,
  debitPaise: bigint,
  creditPaise: bigint,
  vendorId: string | null = null,
  bills?: readonly BillFields[],
): VoucherLineFields => ({
  ...{ accountCode, vendorId, departmentCode: null, fundCode: null, debitPaise, creditPaise },
  ...(bills === undefined ? {} : { bills }),
});
const bill = (
  kind: BillFields['kind'],
  name: string | null,
  amountPaise: bigint,
  dueOn: string | null = null,
): BillFields => ({ kind, name, amountPaise, dueOn });

const post = (
  world: CollegeWorld,
  kind: EntryKind,
  lines: readonly VoucherLineFields[],
  more: Partial<CommandArgs['voucher.post']> = {},
) => {
  const paper = { narration: '', reference: 'INV/7', referenceDate: null };
  const args = { voucherId: world.newId(), kind, date: world.today, ...paper, lines, ...more };
  return world.run('voucher.post', args, world.accountant);
};
const open = async (world: CollegeWorld, vendorId: string, name: string) =>
  openOf(await world.books.billsNamed(vendorId, name));

/** A bill of ₹500 for a fixed asset, which uses no budget. */
const buy = (world: CollegeWorld, vendorId: string, bills?: readonly BillFields[]) =>
  post(world, 'purchase', [line('1620', 500_00n, 0n), line('2100', 0n, 500_00n, vendorId, bills)]);
const pay = (world: CollegeWorld, vendorId: string, amount: bigint, bills?: readonly BillFields[]) =>
  post(world, 'payment', [line('2100', amount, 0n, vendorId, bills), line('1200', 0n, amount)]);

describe('bills', () => {
  it('are made, settled in parts, and closed', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    expectOk(await buy(world, vendorId, [bill('new', ' INV/7 ', 500_00n, '2026-12-31')]));
    expect(world.books.rows('bill_allocations')).toMatchObject([
      { kind: 'new', name: 'INV/7', billDate: world.today, dueOn: '2026-12-31', creditPaise: 500_00n, lineNo: 2 },
    ]);
    expectOk(await pay(world, vendorId, 200_00n, [bill('against', 'INV/7', 200_00n)]));
    expect(await open(world, vendorId, 'INV/7')).toBe(-300_00n);
    expect(expectRefused(await pay(world, vendorId, 300_01n, [bill('against', 'INV/7', 300_01n)]))).toEqual({
      code: 'BILL_OVERPAID',
      details: { name: 'INV/7', open: '30000' },
    });
    expectOk(
      await pay(world, vendorId, 350_00n, [bill('against', 'INV/7', 300_00n), bill('on_account', null, 50_00n)]),
    );
    expect(await open(world, vendorId, 'INV/7')).toBe(0n);
  });

  it('are of one party: another cannot settle them, and may have one of the same name', async () => {
    const world = await CollegeWorld.create();
    const [one, other] = [await world.vendor(), await world.vendor()];
    expectOk(await buy(world, one, [bill('new', 'A', 500_00n)]));
    expect(expectRefused(await pay(world, other, 5n, [bill('against', 'A', 5n)])).code).toBe('BILL_UNKNOWN');
    expectOk(await buy(world, other, [bill('new', 'A', 500_00n)]));
    expect(expectRefused(await buy(world, one, [bill('new', 'A', 500_00n)])).code).toBe('BILL_DUPLICATE');
  });

  it('cannot be settled twice within one voucher', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    expectOk(await buy(world, vendorId, [bill('new', 'A', 500_00n)]));
    const half = () => line('2100', 300_00n, 0n, vendorId, [bill('against', 'A', 300_00n)]);
    const twice = await post(world, 'payment', [half(), half(), line('1200', 0n, 600_00n)]);
    expect(expectRefused(twice)).toMatchObject({ code: 'BILL_OVERPAID', details: { open: '20000' } });
  });

  it('may be paid before they come, as an advance that the bill then uses', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    expectOk(await pay(world, vendorId, 500_00n, [bill('advance', 'PO-9', 500_00n)]));
    expectOk(await buy(world, vendorId, [bill('against', 'PO-9', 500_00n)]));
    expect(await open(world, vendorId, 'PO-9')).toBe(0n);
  });

  it('follow a reversal', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    expectOk(await buy(world, vendorId, [bill('new', 'A', 500_00n)]));
    expectOk(await pay(world, vendorId, 500_00n, [bill('against', 'A', 500_00n)]));
    const voucherId = world.books.rows('vouchers').at(-1)?.id ?? '';
    const args = { voucherId, date: world.today, reason: 'The cheque came back' };
    expectOk(await world.run('voucher.reverse', args, world.accountant));
    expect(await open(world, vendorId, 'A')).toBe(-500_00n);
  });

  it('of an expense are made by its approval and settled by its payment, TDS aside', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const expense = await world.submitted({ billNo: 'GST/44', taxablePaise: 1_000_00n, tdsPaise: 20_00n });
    expect(await open(world, expense.vendorId, 'GST/44')).toBe(-980_00n);
    const args = { expenseId: expense.id, paidOn: world.today, reference: 'UTR', accountCode: '1200' };
    expectOk(await world.run('expense.pay', args, world.accountant));
    expect(await open(world, expense.vendorId, 'GST/44')).toBe(0n);
    expect(world.books.rows('bill_allocations').map(({ kind }) => kind)).toEqual(['new', 'against']);
  });

  it.each<[string, readonly BillFields[], string]>([
    ['do not add up', [bill('new', 'A', 499_99n)], 'sum'],
    ['have no amount', [bill('new', 'A', 500_00n), bill('new', 'B', 0n)], 'amount'],
    ['have no name', [bill('new', '  ', 500_00n)], 'empty'],
    ['have a name on account', [bill('on_account', 'A', 500_00n)], 'empty'],
    ['are due before their day', [bill('new', 'A', 500_00n, '2026-11-01')], 'due'],
    ['are settled and due', [bill('against', 'A', 500_00n, '2026-12-31')], 'due'],
  ])('are refused when they %s', async (_what, bills, reason) => {
    const world = await CollegeWorld.create();
    const refused = expectRefused(await buy(world, await world.vendor(), bills));
    expect(refused).toMatchObject({ code: 'VOUCHER_INVALID', details: { field: 'bills', reason, line: 2 } });
  });

  it('have no place on a line without a party, or of what was spent', async () => {
    const world = await CollegeWorld.create();
    const bills = [bill('new', 'A', 5n)];
    const lines = (account: string, vendorId: string | null) => [
      line('1620', 5n, 0n),
      line(account, 0n, 5n, vendorId, bills),
    ];
    for (const [account, vendorId] of [
      ['2100', null],
      ['1200', await world.vendor()],
    ] as const) {
      const refused = expectRefused(await post(world, 'journal', lines(account, vendorId)));
      expect(refused.details).toMatchObject({ field: 'bills', reason: 'party' });
    }
  });

  it('are on account when nothing is said of them', async () => {
    const world = await CollegeWorld.create();
    expectOk(await buy(world, await world.vendor()));
    expect(world.books.rows('bill_allocations')).toMatchObject([
      { kind: 'on_account', name: null, creditPaise: 500_00n },
    ]);
  });
});

describe('opening balances', () => {
  const lines = [line('1200', 900n, 0n), line('3100', 0n, 900n)];

  it('stand on the last day of a financial year and nowhere else', async () => {
    const world = await CollegeWorld.create();
    expectOk(await post(world, 'opening', lines, { date: '2026-03-31' }));
    expect(world.books.rows('vouchers')[0]?.number).toBe('OB-2025-26-000001');
    const refused = expectRefused(await post(world, 'opening', lines, { date: '2026-04-01' }));
    expect(refused).toEqual({
      code: 'VOUCHER_DATE_INVALID',
      details: { date: '2026-04-01', reason: 'opening_day' },
    });
  });

  it('have no income and no expenditure, and balance like any voucher', async () => {
    const world = await CollegeWorld.create();
    const spent = [line('5200', 900n, 0n), line('3100', 0n, 900n)];
    const refused = expectRefused(await post(world, 'opening', spent, { date: '2026-03-31' }));
    expect(refused.details).toMatchObject({ field: 'accountCode', reason: 'never', line: 1 });
    const single = [line('1200', 900n, 0n), line('3100', 0n, 899n)];
    expect(expectRefused(await post(world, 'opening', single, { date: '2026-03-31' })).code).toBe('VOUCHER_UNBALANCED');
  });
});

describe('the paper behind a voucher', () => {
  const file = { sha256: 'ab'.repeat(32), fileName: 'bill.pdf', mime: 'application/pdf', sizeBytes: 1_000 };

  it('can be added later, as often as needed, and stays', async () => {
    const world = await CollegeWorld.create();
    expectOk(await buy(world, await world.vendor()));
    const voucherId = world.books.rows('vouchers')[0]?.id ?? '';
    const attach = (more: object = {}) =>
      world.run('voucher.attach', { receiptId: world.newId(), voucherId, ...file, ...more }, world.accountant);
    expectOk(await attach());
    expectOk(await attach({ mime: 'image/png' }));
    expect(world.books.rows('receipts').map((one) => [one.voucherId, one.expenseId])).toEqual([
      [voucherId, null],
      [voucherId, null],
    ]);
    expect(expectRefused(await attach({ mime: 'text/html' })).code).toBe('RECEIPT_TYPE');
    expect(expectRefused(await attach({ voucherId: world.newId() })).code).toBe('NOT_FOUND');
    expect(expectRefused(await attach({ receiptId: world.books.rows('receipts')[0]?.id })).code).toBe('INPUT_INVALID');
  });

  it('of an expense goes to the expense', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const voucherId = (await world.submitted()).voucherId ?? '';
    const args = { receiptId: world.newId(), voucherId, ...file };
    expect(expectRefused(await world.run('voucher.attach', args, world.accountant)).code).toBe('VOUCHER_OF_EXPENSE');
  });
});
