import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { CommandArgs } from '../command/args.ts';

const file = { sha256: 'cd'.repeat(32), fileName: 'IMG_2031.jpg', mime: 'image/jpeg', sizeBytes: 120_000 };

const attach = (world: CollegeWorld, expenseId: string, change: Partial<CommandArgs['receipt.attach']> = {}) =>
  world.run('receipt.attach', { receiptId: world.newId(), expenseId, ...file, ...change }, world.accountant);

describe('receipts', () => {
  it('are counted as they come and go', async () => {
    const world = await CollegeWorld.create();
    const { id: expenseId } = await world.draft();
    expectOk(await attach(world, expenseId));
    expectOk(await attach(world, expenseId, { mime: 'application/pdf' }));
    expect(world.expense(expenseId)).toMatchObject({ receiptCount: 2, revision: 3 });
    const receiptId = world.books.rows('receipts')[0]?.id ?? '';
    expectOk(await world.run('receipt.remove', { receiptId, expenseId }, world.accountant));
    expect(world.expense(expenseId)).toMatchObject({ receiptCount: 1, revision: 4 });
    expect(world.books.rows('receipts')).toHaveLength(1);
    const again = await world.run('receipt.remove', { receiptId, expenseId }, world.accountant);
    expect(expectRefused(again)).toEqual({ code: 'NOT_FOUND', details: { what: 'receipt' } });
  });

  it.each<[Partial<CommandArgs['receipt.attach']>, string]>([
    [{ mime: 'image/svg+xml' }, 'RECEIPT_TYPE'],
    [{ mime: 'text/html' }, 'RECEIPT_TYPE'],
    [{ sizeBytes: limits.file.receiptBytesMax + 1 }, 'RECEIPT_TOO_LARGE'],
  ])('with %j are refused', async (change, code) => {
    const world = await CollegeWorld.create();
    const { id } = await world.draft();
    expect(expectRefused(await attach(world, id, change)).code).toBe(code);
  });

  it('may be added but not taken while somebody decides, and neither after', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_00_00_000_00n });
    const expense = await world.submitted({ taxablePaise: 60_000_00n });
    expectOk(await attach(world, expense.id));
    const args = { receiptId: world.books.rows('receipts')[0]?.id ?? '', expenseId: expense.id };
    const remove = () => world.run('receipt.remove', args, world.accountant);
    expect(expectRefused(await remove()).details).toEqual({ status: 'submitted', action: 'remove_receipt' });
    expectOk(await world.approve(world.expense(expense.id)));
    expect(expectRefused(await remove()).code).toBe('EXPENSE_WRONG_STATE');
    expect(expectRefused(await attach(world, expense.id)).code).toBe('EXPENSE_WRONG_STATE');
  });

  it('of one expense cannot be taken through another, nor an id used twice', async () => {
    const world = await CollegeWorld.create();
    const [a, b] = [await world.draft(), await world.draft()];
    const receiptId = await world.attach(a.id);
    const remove = await world.run('receipt.remove', { receiptId, expenseId: b.id }, world.accountant);
    expect(expectRefused(remove).code).toBe('NOT_FOUND');
    expect(expectRefused(await attach(world, b.id, { receiptId })).code).toBe('INPUT_INVALID');
  });
});
