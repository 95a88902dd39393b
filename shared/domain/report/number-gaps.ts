import type { FinancialYear } from '../../kernel/dates.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument, RowRange } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { type Words, wordsOf } from './words.ts';

/** The numbers of one series in one financial year, as they stand in the books. */
export interface SeriesNumbers {
  readonly series: string;
  readonly financialYear: FinancialYear;
  /** The lowest and the highest number as they are written; null where there is none. */
  readonly first: string | null;
  readonly last: string | null;
  readonly count: number;
  /** What is left out between 1 and the last number that was given, as ranges. */
  readonly missing: readonly RowRange[];
}

/** Ranges of one cell; the auditor's question is whether there are any, and where the first ones are. */
const RANGES_MAX = 40;

/** Which numbers of a gapless series are not there: every invoice and voucher has to be accounted for (CGST Rules 46). */
export function numberGaps(frame: ReportFrame, all: readonly SeriesNumbers[]): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  for (const { series, financialYear, first, last, count, missing } of all) {
    const missingCount = missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    sheet.line(0, {
      ...{ series: words.gaps.series[series] ?? series, year: financialYear, first, last, count, missingCount },
      missing: missingText(missing, words),
    });
  }
  const head = headOf(frame, {
    ...{ title: words.titles.number_gaps, period: periodText(frame), notes: [words.gaps.expected] },
    columns: [
      columnOf(words, 'series', 'text'),
      columnOf(words, 'year', 'text'),
      columnOf(words, 'first', 'text'),
      columnOf(words, 'last', 'text'),
      columnOf(words, 'count', 'int'),
      columnOf(words, 'missingCount', 'int'),
      columnOf(words, 'missing', 'text', true),
    ],
  });
  return { ...head, rows: sheet.rows };
}

function missingText(missing: readonly RowRange[], words: Words): string {
  if (missing.length === 0) return words.gaps.none;
  const shown = missing.slice(0, RANGES_MAX).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  const text = shown.join(', ');
  return missing.length > RANGES_MAX ? words.andMore(text, missing.length - RANGES_MAX) : text;
}
