import { describe, expect, it } from 'vitest';
import { PAISE_MAX } from '../../kernel/money.ts';
import { CollegeWorld, expectRefused } from '../../testing/college-world.ts';
import type { ExpenseFields } from '../command/args.ts';
import { amountsRefusal, cleanFields, dateReason, totalsOf } from './fields.ts';

const bill: ExpenseFields = {
  category: 'supplies',
  accountCode: '5200',
  vendorId: 'v',
  billNo: null,
  billDate: '2026-11-21',
  description: 'Paper',
  department: null,
  taxablePaise: 10_000n,
  cgstPaise: 900n,
  sgstPaise: 900n,
  igstPaise: 0n,
  itcEligible: true,
  tdsPaise: 100n,
};

describe('the amounts of a bill', () => {
  it.each<[Partial<ExpenseFields>, string | undefined, string | undefined]>([
    [{}, undefined, undefined],
    [{ sgstPaise: 901n }, undefined, undefined],
    [{ cgstPaise: 901n }, undefined, undefined],
    [{ cgstPaise: 0n, sgstPaise: 0n, igstPaise: 1_800n }, undefined, undefined],
    [{ tdsPaise: 10_000n }, undefined, undefined],
    [{ taxablePaise: 0n }, 'EXPENSE_AMOUNT_INVALID', undefined],
    [{ taxablePaise: -1n }, 'EXPENSE_AMOUNT_INVALID', undefined],
    [{ taxablePaise: PAISE_MAX }, 'EXPENSE_AMOUNT_INVALID', undefined],
    [{ sgstPaise: 902n }, 'EXPENSE_TAX_MISMATCH', 'cgst_sgst_differ'],
    [{ cgstPaise: 0n }, 'EXPENSE_TAX_MISMATCH', 'cgst_sgst_differ'],
    [{ igstPaise: 1n }, 'EXPENSE_TAX_MISMATCH', 'igst_with_cgst_sgst'],
    [{ cgstPaise: -1n, sgstPaise: -1n }, 'EXPENSE_TAX_MISMATCH', 'negative'],
    [{ cgstPaise: 0n, sgstPaise: 0n, igstPaise: -1n }, 'EXPENSE_TAX_MISMATCH', 'negative'],
    [{ tdsPaise: 10_001n }, 'EXPENSE_TDS_INVALID', undefined],
    [{ tdsPaise: -1n }, 'EXPENSE_TDS_INVALID', undefined],
  ])('%# are judged', (change, code, reason) => {
    const refused = amountsRefusal({ ...bill, ...change });
    expect(refused?.code).toBe(code);
    expect(refused?.details.reason).toBe(reason);
  });

  it('make the total, and the part that uses the budget', () => {
    expect(totalsOf(bill)).toEqual({ totalPaise: 11_800n, budgetPaise: 10_000n });
    expect(totalsOf({ ...bill, itcEligible: false })).toEqual({ totalPaise: 11_800n, budgetPaise: 11_800n });
  });
});

describe('the date of a bill', () => {
  it('lies between the first day of the previous year and today', () => {
    expect(dateReason('2026-11-21', '2026-11-21')).toBeUndefined();
    expect(dateReason('2026-11-22', '2026-11-21')).toBe('future');
    expect(dateReason('2025-04-01', '2026-11-21')).toBeUndefined();
    expect(dateReason('2025-03-31', '2026-11-21')).toBe('too_old');
    expect(dateReason('2025-04-01', '2027-03-31')).toBeUndefined();
    expect(dateReason('2025-04-01', '2027-04-01')).toBe('too_old');
  });

  it('is a day in India: before midnight there, tomorrow has not come', async () => {
    const world = await CollegeWorld.create();
    const fields = world.bill(await world.vendor(), { billDate: '2026-11-22' });
    world.now = Date.UTC(2026, 10, 21, 18, 29);
    const early = await world.decide('expense.create', { expenseId: world.newId(), fields }, world.accountant);
    expect(expectRefused(early)).toEqual({
      code: 'EXPENSE_DATE_INVALID',
      details: { date: '2026-11-22', reason: 'future' },
    });
    world.now = Date.UTC(2026, 10, 21, 18, 30);
    expect((await world.decide('expense.create', { expenseId: world.newId(), fields }, world.accountant)).ok).toBe(
      true,
    );
  });
});

describe('the texts of a bill', () => {
  it('lose stray spaces, and empty ones are not given', () => {
    const clean = cleanFields({ ...bill, billNo: ' INV  7 ', department: '  ', description: ' Paper\nand ink ' });
    expect(clean).toMatchObject({ billNo: 'INV 7', department: null, description: 'Paper\nand ink' });
  });
});

describe('a new expense', () => {
  it.each<[Partial<ExpenseFields>, string, object]>([
    [{ description: ' \n ' }, 'EXPENSE_FIELD_REQUIRED', { field: 'description' }],
    [{ category: 'sports' }, 'CATEGORY_UNKNOWN', { category: 'sports' }],
    [{ accountCode: '9999' }, 'GL_CODE_UNKNOWN', { glCode: '9999' }],
    [{ accountCode: '1200' }, 'GL_CODE_UNKNOWN', { glCode: '1200' }],
    [{ vendorId: '00000000-0000-7000-8000-000000000000' }, 'NOT_FOUND', { what: 'vendor' }],
  ])('with %j is refused', async (change, code, details) => {
    const world = await CollegeWorld.create();
    const fields = world.bill(await world.vendor(), change);
    const outcome = await world.run('expense.create', { expenseId: world.newId(), fields }, world.accountant);
    expect(expectRefused(outcome)).toEqual({ code, details });
  });

  it('cannot use what was taken out of use', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor();
    const attempt = async () =>
      expectRefused(
        await world.run('expense.create', { expenseId: world.newId(), fields: world.bill(vendorId) }, world.accountant),
      );
    for (const table of ['vendors', 'categories', 'accounts'] as const) {
      const rows = world.books.rows(table);
      for (const row of rows) world.books.apply([{ table, row: { ...row, isActive: false } } as never]);
      expect((await attempt()).code).toBe(
        { vendors: 'VENDOR_INVALID', categories: 'CATEGORY_UNKNOWN', accounts: 'GL_CODE_UNKNOWN' }[table],
      );
      for (const row of rows) world.books.apply([{ table, row } as never]);
    }
  });

  it('has a reference of its desk until the server numbers it', async () => {
    const world = await CollegeWorld.create();
    const draft = await world.draft();
    expect(draft).toMatchObject({
      status: 'draft',
      number: null,
      revision: 1,
      makerName: 'Asha Kulkarni',
      totalPaise: 1_000_00n,
    });
    expect(draft.provisionalRef).toMatch(/^[0-9A-F]{4}-\d{6}$/);
    const again = { expenseId: draft.id, fields: world.bill(draft.vendorId) };
    expect(expectRefused(await world.run('expense.create', again, world.accountant)).code).toBe('INPUT_INVALID');
  });
});
