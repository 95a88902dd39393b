import { expect, test } from 'vitest';
import { type MonthFigures, monthlyReport, monthlyReportText } from './monthly-report.ts';

const of = (category: string | null, rupees: bigint) => ({
  category,
  label: '',
  labelHi: '',
  amountPaise: rupees * 100n,
});
const stamp = { collegeId: 1, generatedAt: Date.UTC(2024, 1, 1, 10), generatedBy: 'John Accountant' };

/** The example of the contract, 001 section 1.3. */
test('a month travels with exactly the names and units that were agreed', () => {
  const figures: MonthFigures = {
    month: '2024-01',
    revenuePaise: 50_00_000_00n,
    expenses: [
      of('salaries', 30_00_000n),
      of('utilities', 2_00_000n),
      of('supplies', 1_50_000n),
      of('maintenance', 1_00_000n),
    ],
  };
  const golden = `{
    "college_id": 1,
    "report_type": "monthly_pl",
    "period": "2024-01",
    "data": {
      "revenue": 5000000,
      "expenses": { "salaries": 3000000, "utilities": 200000, "supplies": 150000, "maintenance": 100000 },
      "net_income": 1550000
    },
    "generated_at": "2024-02-01T10:00:00Z",
    "generated_by": "John Accountant"
  }`;
  expect(monthlyReportText(monthlyReport(figures, stamp))).toBe(JSON.stringify(JSON.parse(golden)));
});

test('paise stay to the last digit, beyond what a float holds, and a loss has its sign', () => {
  const figures = {
    month: '2024-01',
    revenuePaise: 5n,
    expenses: [{ ...of(null, 0n), amountPaise: 9_007_199_254_740_993_07n }],
  };
  const text = monthlyReportText(monthlyReport(figures, stamp));
  expect(text).toContain('"revenue":0.05');
  expect(text).toContain('"expenses":{"other":9007199254740993.07}');
  expect(text).toContain('"net_income":-9007199254740993.02');
});
