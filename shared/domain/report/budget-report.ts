import type { FinancialYear } from '../../kernel/dates.ts';
import { basisPoints, type Paise } from '../../kernel/money.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument } from './document.ts';
import { headOf, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { wordsOf } from './words.ts';

export interface BudgetLine {
  readonly category: string;
  readonly label: string;
  readonly labelHi: string;
  readonly allocatedPaise: Paise;
  readonly committedPaise: Paise;
  readonly spentPaise: Paise;
}

const sumColumns = ['allocated', 'committed', 'spent', 'available'];

/** What was allocated to each category for a financial year, and what is left of it now. */
export function budgetReport(frame: ReportFrame, year: FinancialYear, lines: readonly BudgetLine[]): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const adds = lines.map(
    ({ label, labelHi, allocatedPaise: allocated, committedPaise: committed, spentPaise: spent }) =>
      sheet.line(0, {
        category: frame.language === 'hi' ? labelHi : label,
        ...{ allocated, committed, spent, available: allocated - committed - spent },
        used: usedText(committed + spent, allocated),
      }),
  );
  const used = usedText(sheet.sum('committed', adds) + sheet.sum('spent', adds), sheet.sum('allocated', adds));
  sheet.total(0, words.total, sumColumns, { adds, strong: true }, { used });
  const head = headOf(frame, {
    ...{ title: words.titles.budget, period: words.wholeYear(year) },
    columns: [
      columnOf(words, 'category', 'text', true),
      columnOf(words, 'allocated', 'money'),
      columnOf(words, 'committed', 'money'),
      columnOf(words, 'spent', 'money'),
      columnOf(words, 'available', 'money'),
      columnOf(words, 'used', 'text'),
    ],
  });
  return { ...head, rows: sheet.rows };
}

/** `81.25 %` of the allocation, rounded down, as budgets are judged everywhere. */
function usedText(used: Paise, allocated: Paise): string {
  const points = basisPoints(used, allocated);
  return `${Math.trunc(points / 100)}.${String(Math.abs(points % 100)).padStart(2, '0')} %`;
}
