import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthlySalaryTds, type SalaryTax, type SalaryYear, salaryTax } from './salary.ts';

const rupees = (amount: number): bigint => BigInt(amount) * 100n;

function taxOf(change: Partial<SalaryYear>): SalaryTax {
  const year = { date: '2026-06-01', regime: 'new', age: 'below_60', grossPaise: 0n, deductionsPaise: 0n } as const;
  const found = salaryTax({ ...year, ...change });
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

/** Of a taxable income, which is what examples speak of. */
const onTaxable = (amount: number, change: Partial<SalaryYear> = {}): SalaryTax => {
  const standard = taxOf({ ...change, grossPaise: rupees(10_00_00_000) }).standardDeductionPaise;
  return taxOf({ ...change, grossPaise: rupees(amount) + standard });
};

describe('the new regime of 2026-27', () => {
  it.each([
    [4_00_000, 0],
    [12_00_000, 0],
    [12_10_000, 10_400],
    [12_70_000, 72_800],
    [13_00_000, 78_000],
    [16_00_000, 1_24_800],
    [24_00_000, 3_12_000],
    [50_00_000, 11_23_200],
    [50_10_000, 11_33_600],
    [60_00_000, 15_78_720],
  ])('on ₹%i taxable is ₹%i', (taxable, tax) => {
    expect(onTaxable(taxable).taxPaise).toBe(rupees(tax));
  });

  it('leaves salaries up to 12,75,000 without tax', () => {
    expect(taxOf({ grossPaise: rupees(12_75_000) })).toMatchObject({
      ...{ standardDeductionPaise: rupees(75_000), taxablePaise: rupees(12_00_000), taxPaise: 0n },
      ...{ slabTaxPaise: rupees(60_000), rebatePaise: rupees(60_000) },
    });
  });
});

it.each([
  ['2023-06-01', 7_00_000, 0],
  ['2024-06-01', 7_00_000, 0],
  ['2024-06-01', 7_10_000, 10_400],
  ['2024-06-01', 15_00_000, 1_45_600],
  ['2023-06-01', 15_00_000, 1_56_000],
  ['2026-03-31', 24_00_000, 3_12_000],
])('the new regime on %s on ₹%i taxable is ₹%i', (date, taxable, tax) => {
  expect(onTaxable(taxable, { date }).taxPaise).toBe(rupees(tax));
});

describe('the old regime', () => {
  it.each([
    ['below_60', 5_00_000, 0],
    ['below_60', 5_00_010, 13_000],
    ['below_60', 10_00_000, 1_17_000],
    ['from_60', 10_00_000, 1_14_400],
    ['from_80', 10_00_000, 1_04_000],
  ] as const)('at the age of %s on ₹%i taxable is ₹%i', (age, taxable, tax) => {
    expect(onTaxable(taxable, { regime: 'old', age }).taxPaise).toBe(rupees(tax));
  });

  it('takes deductions off, the new one those that are given to it', () => {
    const year = { grossPaise: rupees(12_00_000), deductionsPaise: rupees(2_00_000), regime: 'old' } as const;
    expect(taxOf(year).taxablePaise).toBe(rupees(9_50_000));
  });
});

it('has no rule for years before there is one', () => {
  const year = { date: '2023-03-31', regime: 'new', age: 'below_60', grossPaise: 1n, deductionsPaise: 0n } as const;
  expect(salaryTax(year)).toEqual({ ok: false, error: 'no_rule' });
});

it('never asks more tax for more income than that income, nor less', () => {
  const years = fc.record({
    date: fc.constantFrom('2023-06-01', '2024-06-01', '2025-06-01', '2026-06-01'),
    age: fc.constantFrom('below_60', 'from_60', 'from_80'),
  });
  const gross = fc.oneof(
    fc.bigInt({ min: 0n, max: 8_00_00_000n }),
    fc.constantFrom(7_00_000n, 7_75_000n, 12_75_000n, 50_75_000n, 1_00_75_000n, 2_00_75_000n, 5_00_50_000n),
  );
  fc.assert(
    fc.property(years, gross, fc.bigInt({ min: 0n, max: 3_00_000n }), (year, less, more) => {
      const taxAt = (amount: bigint): SalaryTax => taxOf({ ...year, regime: 'new', grossPaise: amount * 100n });
      const [before, after] = [taxAt(less), taxAt(less + more)];
      expect(after.taxPaise >= before.taxPaise).toBe(true);
      // The cess comes on top of what relief leaves, and both ends are rounded to ten rupees.
      const most = ((after.taxablePaise - before.taxablePaise) * 104n) / 100n + 20_00n;
      expect(after.taxPaise - before.taxPaise <= most).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('is deducted month by month so that the year is paid by its end, to the rupee', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 50_00_000n }), (tax) => {
      const year = tax * 10_00n;
      let deducted = 0n;
      const months: bigint[] = [];
      for (let left = 12; left >= 1; left--) {
        const month = monthlySalaryTds(year, deducted, left);
        months.push(month);
        deducted += month;
      }
      expect(deducted).toBe(year);
      expect(months.every((month) => month % 100n === 0n && month <= (months[0] ?? 0n))).toBe(true);
    }),
  );
  expect(monthlySalaryTds(1_000_00n, 2_000_00n, 3)).toBe(0n);
  expect(() => monthlySalaryTds(1_000_00n, 0n, 0)).toThrow(RangeError);
});
