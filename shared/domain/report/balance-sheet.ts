import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import type { AccountKind } from '../rows.ts';
import type { ReportDocument, RowRange } from './document.ts';
import { asAtText, headOf, type ReportFrame, yearStart } from './frame.ts';
import { allSigners, comparedCells, comparedColumns, type Moved } from './income-expenditure.ts';
import { ReportSheet } from './sheet.ts';
import { accountTree, type Chart } from './statement-rows.ts';
import { wordsOf } from './words.ts';

/** What there was at the end of a day. */
export interface StandAt {
  readonly date: IsoDate;
  /** Debit positive. */
  readonly balances: Moved;
  readonly earlierSurplusPaise: Paise;
  /** Of the financial year up to the day. */
  readonly currentSurplusPaise: Paise;
}

export interface BalanceFigures {
  readonly chart: Chart;
  readonly now: StandAt;
  readonly before: StandAt;
}

const sumColumns = ['amount', 'before'];

/** What the college owns against what it owes and what its funds are, among them the surplus of the years (ICAI, schools and trusts). */
export function balanceSheet(frame: ReportFrame, figures: BalanceFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const { now, before } = figures;
  const sheet = new ReportSheet();
  const funds = partOf(sheet, frame, figures, 'fund');
  const owed = partOf(sheet, frame, figures, 'liability');
  sheet.total(0, words.totalOf(words.fundsAndLiabilities), sumColumns, { adds: [funds, owed], strong: true });
  partOf(sheet, frame, figures, 'asset');
  const then = asAtText(frame, before.date);
  const head = headOf(frame, {
    ...{ title: words.titles.balance_sheet, period: asAtText(frame, now.date) },
    columns: comparedColumns(words, asAtText(frame, now.date), then),
    signatures: allSigners(words),
  });
  return { ...head, rows: sheet.rows };
}

function partOf(
  sheet: ReportSheet,
  frame: ReportFrame,
  { chart, now, before }: BalanceFigures,
  kind: AccountKind & ('asset' | 'liability' | 'fund'),
): RowRange {
  const words = wordsOf(frame.language);
  const label = words.accountKinds[kind];
  sheet.heading(0, label);
  const adds = [
    ...accountTree(sheet, {
      ...{ chart, kind, language: frame.language, depth: 1, columns: sumColumns },
      cellsOf: comparedCells(kind === 'asset' ? 1n : -1n, now.balances, before.balances),
    }),
  ];
  if (kind === 'fund') adds.push(...surplusLines(sheet, frame, now, before));
  return sheet.total(0, words.totalOf(label), sumColumns, { adds, ...(kind === 'asset' ? { strong: true } : {}) });
}

/** The surplus of the years until somebody moves it to a fund by a journal; each leads to where it comes from. */
function surplusLines(sheet: ReportSheet, frame: ReportFrame, now: StandAt, before: StandAt): readonly RowRange[] {
  const words = wordsOf(frame.language);
  const earlier = { amount: now.earlierSurplusPaise, before: before.earlierSurplusPaise };
  const current = { amount: now.currentSurplusPaise, before: before.currentSurplusPaise };
  const of = { from: yearStart(now.date), to: now.date };
  return [
    sheet.line(1, { account: words.earlierSurplus, ...earlier }),
    sheet.line(1, { account: words.currentSurplus, ...current }, { to: 'report', report: 'income_expenditure', of }),
  ];
}
