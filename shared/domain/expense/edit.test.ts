import { describe, expect, it } from 'vitest';
import { parseCanonical } from '../../kernel/canonical.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { CommandArgs } from '../command/args.ts';

type EditSet = CommandArgs['expense.edit']['edits'];

describe('editing an expense', () => {
  it('merges edits to different fields and works the totals out again', async () => {
    const world = await CollegeWorld.create();
    const { id: expenseId } = await world.draft({ description: 'Paper' });
    const edit = (edits: EditSet, actor = world.accountant) => world.run('expense.edit', { expenseId, edits }, actor);
    expectOk(await edit({ description: { from: 'Paper', to: 'Paper and ink ' } }));
    expectOk(
      await edit(
        { taxablePaise: { from: 1_000_00n, to: 2_000_00n }, billDate: { from: world.today, to: '2026-03-31' } },
        world.secondAccountant,
      ),
    );
    expect(world.expense(expenseId)).toMatchObject({
      description: 'Paper and ink',
      taxablePaise: 2_000_00n,
      totalPaise: 2_000_00n,
      budgetPaise: 2_000_00n,
      financialYear: '2025-26',
      revision: 3,
      makerId: world.accountant.id,
    });
  });

  it('shows both values when two people changed one field, unless they agree', async () => {
    const world = await CollegeWorld.create();
    const { id: expenseId } = await world.draft();
    const to = (value: bigint): EditSet => ({ taxablePaise: { from: 1_000_00n, to: value } });
    expectOk(await world.run('expense.edit', { expenseId, edits: to(1_500_00n) }, world.accountant));
    expectOk(await world.run('expense.edit', { expenseId, edits: to(1_500_00n) }, world.secondAccountant));
    const edits = { ...to(1_700_00n), description: { from: 'other', to: 'mine' } };
    const { code, details } = expectRefused(
      await world.run('expense.edit', { expenseId, edits }, world.secondAccountant),
    );
    expect(code).toBe('COMMAND_CONFLICT');
    expect(details.fields).toBe('taxablePaise, description');
    expect(parseCanonical(String(details.mine))).toEqual({ taxablePaise: 1_700_00n, description: 'mine' });
    expect(parseCanonical(String(details.theirs))).toEqual({ taxablePaise: 1_500_00n, description: 'Paper and toner' });
    expect(world.expense(expenseId).taxablePaise).toBe(1_500_00n);
  });

  it('judges what two good edits make together', async () => {
    const world = await CollegeWorld.create();
    const { id: expenseId } = await world.draft();
    const tds: EditSet = { tdsPaise: { from: 0n, to: 900_00n } };
    expectOk(await world.run('expense.edit', { expenseId, edits: tds }, world.accountant));
    const less: EditSet = { taxablePaise: { from: 1_000_00n, to: 800_00n } };
    const refused = expectRefused(await world.run('expense.edit', { expenseId, edits: less }, world.secondAccountant));
    expect(refused.code).toBe('EXPENSE_TDS_INVALID');
  });

  it('keeps the name on the bill when the vendor is renamed, and takes the new one with a new vendor', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Old Name' });
    const other = await world.vendor({ name: 'Other' });
    const { id: expenseId } = await world.draft({ vendorId });
    const rename = { vendorId, edits: { name: { from: 'Old Name', to: 'New Name' } } };
    expectOk(await world.run('vendor.edit', rename, world.accountant));
    const department: EditSet = { department: { from: null, to: 'Physics' } };
    expectOk(await world.run('expense.edit', { expenseId, edits: department }, world.accountant));
    expect(world.expense(expenseId).vendorName).toBe('Old Name');
    const move: EditSet = { vendorId: { from: vendorId, to: other } };
    expectOk(await world.run('expense.edit', { expenseId, edits: move }, world.accountant));
    expect(world.expense(expenseId).vendorName).toBe('Other');
  });

  it('is over once the expense is submitted', async () => {
    const world = await CollegeWorld.create(1, { supplies: 90_00_000_00n });
    const expense = await world.submitted({ taxablePaise: 60_000_00n });
    const edits: EditSet = { description: { from: expense.description, to: 'Something else' } };
    const refused = expectRefused(await world.run('expense.edit', { expenseId: expense.id, edits }, world.accountant));
    expect(refused).toEqual({ code: 'EXPENSE_WRONG_STATE', details: { status: 'submitted', action: 'edit' } });
    const unknown = await world.run('expense.edit', { expenseId: world.newId(), edits }, world.accountant);
    expect(expectRefused(unknown)).toEqual({ code: 'NOT_FOUND', details: { what: 'expense' } });
  });
});
