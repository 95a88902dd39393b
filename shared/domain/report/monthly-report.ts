import { decimalText, type Paise, sumPaise } from '../../kernel/money.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { wordsOf } from './words.ts';

export interface MonthFigures {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly revenuePaise: Paise;
  /** In the order of their codes; what was posted to an account without a category comes last, with code null. */
  readonly expenses: readonly {
    readonly category: string | null;
    readonly label: string;
    readonly labelHi: string;
    readonly amountPaise: Paise;
  }[];
}

/** The month as the principal's office and the consolidation take it (001 section 1.3, POST /api/v1/financial-reports/submit). */
export interface MonthlyReport {
  readonly college_id: string | number;
  readonly report_type: 'monthly_pl';
  readonly period: string;
  readonly data: {
    readonly revenue: Paise;
    readonly expenses: Readonly<Record<string, Paise>>;
    readonly net_income: Paise;
  };
  readonly generated_at: string;
  readonly generated_by: string;
}

export interface MonthlyStamp {
  readonly collegeId: string | number;
  /** Milliseconds UTC. */
  readonly generatedAt: number;
  readonly generatedBy: string;
}

export function monthlyReport(
  figures: MonthFigures,
  { collegeId, generatedAt, generatedBy }: MonthlyStamp,
): MonthlyReport {
  const { month, revenuePaise, expenses } = figures;
  const spent = expenses.map(({ category, amountPaise }): [string, Paise] => [category ?? 'other', amountPaise]);
  return {
    college_id: collegeId,
    report_type: 'monthly_pl',
    period: month,
    data: { revenue: revenuePaise, expenses: Object.fromEntries(spent), net_income: netIncome(figures) },
    generated_at: new Date(generatedAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    generated_by: generatedBy,
  };
}

/** The report as it travels: amounts are numbers in rupees, written from the digits and never through a float. */
export const monthlyReportText = (report: MonthlyReport): string => jsonText(report);

function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return decimalText(value).replace(/\.00$/, '');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`);
  return `{${members.join(',')}}`;
}

const netIncome = ({ revenuePaise, expenses }: MonthFigures): Paise =>
  revenuePaise - sumPaise(expenses.map(({ amountPaise }) => amountPaise));

/** The same month to read. */
export function monthlyDocument(frame: ReportFrame, { revenuePaise, expenses }: MonthFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const revenue = sheet.line(0, { particulars: words.revenue, amount: revenuePaise });
  sheet.heading(0, words.expenses);
  const adds = expenses.map(({ category, label, labelHi, amountPaise: amount }) => {
    const named = frame.language === 'hi' ? labelHi : label;
    return sheet.line(1, { particulars: category === null ? words.uncategorised : named, amount });
  });
  const spent = sheet.total(0, words.totalOf(words.expenses), ['amount'], { adds });
  sheet.total(0, words.netIncome, ['amount'], { adds: [revenue], subtracts: [spent], strong: true });
  const head = headOf(frame, {
    ...{ title: words.titles.monthly, period: periodText(frame) },
    columns: [columnOf(words, 'particulars', 'text', true), columnOf(words, 'amount', 'money')],
  });
  return { ...head, rows: sheet.rows };
}
