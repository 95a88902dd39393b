import { expect, test } from 'vitest';
import { type ExpenseValues, editsBetween, emptyValues, readExpense, readPart, valuesOf } from './expense-values.ts';

const TODAY = '2026-11-21';
const whole: ExpenseValues = {
  ...emptyValues,
  vendorId: 'v',
  vendorName: 'Shree Ganesh Travels',
  billNo: ' GT/104 ',
  billDate: '2011',
  category: 'TRAVEL',
  accountCode: '5201',
  description: 'Bus hire ',
  taxable: '1.25L',
  cgst: '9%',
  sgst: '11,250',
  tds: '2%',
};

test('a form in the shorthand of accountants becomes exact fields and sums', () => {
  const read = readExpense(whole, TODAY);
  expect(read.problems).toEqual({});
  expect(read.fields).toEqual({
    category: 'TRAVEL',
    accountCode: '5201',
    vendorId: 'v',
    billNo: 'GT/104',
    billDate: '2026-11-20',
    description: 'Bus hire',
    department: null,
    taxablePaise: 12_500_000n,
    cgstPaise: 1_125_000n,
    sgstPaise: 1_125_000n,
    igstPaise: 0n,
    itcEligible: false,
    tdsPaise: 250_000n,
  });
  expect([read.totalPaise, read.payablePaise, read.budgetPaise]).toEqual([14_750_000n, 14_500_000n, 14_750_000n]);
});

test('input credit leaves only the taxable value to the budget', () => {
  expect(readExpense({ ...whole, itcEligible: true }, TODAY).budgetPaise).toBe(12_500_000n);
});

test.each([
  [{ vendorId: '' }, 'vendorId', 'problem.empty'],
  [{ description: '  ' }, 'description', 'problem.empty'],
  [{ billDate: '22-11-2026' }, 'billDate', 'problem.date.future'],
  [{ billDate: '31-03-2025' }, 'billDate', 'problem.date.too_old'],
  [{ billDate: '31-02-2026' }, 'billDate', 'problem.not_a_date'],
  [{ taxable: 'about 500' }, 'taxable', 'problem.not_a_number'],
  [{ taxable: '0' }, 'taxable', 'problem.notPositive'],
  [{ igst: '18%' }, 'igst', 'reason.igst_with_cgst_sgst'],
  [{ sgst: '11,249' }, 'sgst', 'reason.cgst_sgst_differ'],
  [{ tds: '1,25,001' }, 'tds', 'problem.tdsTooLarge'],
  [{ cgst: '-5', sgst: '' }, 'cgst', 'problem.negative'],
] as const)('%o is refused at its field', (change, name, problem) => {
  const read = readExpense({ ...whole, ...change }, TODAY);
  expect(read.fields).toBeNull();
  expect(read.problems).toEqual({ [name]: problem });
});

test('a rate is taken of the taxable value, to the paisa', () => {
  expect(readPart('2.5%', 333_33n)).toEqual({ ok: true, value: 833n });
  expect(readPart('', 100n)).toEqual({ ok: true, value: 0n });
  expect(readPart('9', 100n)).toEqual({ ok: true, value: 900n });
});

test('fields shown in the form and read again are the same, so that an untouched edit changes nothing', () => {
  const { fields } = readExpense(whole, TODAY);
  if (fields === null) throw new Error('the form should be whole');
  const again = readExpense(valuesOf(fields, 'Shree Ganesh Travels'), TODAY).fields;
  expect(again).toEqual(fields);
  expect(editsBetween(fields, again ?? fields)).toEqual({});
  expect(editsBetween(fields, { ...fields, taxablePaise: 1n })).toEqual({
    taxablePaise: { from: 12_500_000n, to: 1n },
  });
});
