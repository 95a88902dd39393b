import type { Paise } from '../../kernel/money.ts';
import type { ReportColumn, ReportDocument, RowRange } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { accountTree, type Chart, type ChartAccount } from './statement-rows.ts';
import { type Words, wordsOf } from './words.ts';

/** Debit less credit of each account, by code. */
export type Moved = ReadonlyMap<string, Paise>;

export interface IncomeFigures {
  readonly chart: Chart;
  readonly moved: Moved;
  /** Of the period before. */
  readonly before: { readonly from: string; readonly to: string; readonly moved: Moved };
}

const sumColumns = ['amount', 'before'];

/** What the period earned and what it used up, and what is left of it: the surplus that the funds take up. */
export function incomeExpenditure(frame: ReportFrame, figures: IncomeFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const income = partOf(sheet, frame, figures, 'income');
  const spent = partOf(sheet, frame, figures, 'expense');
  const surplus = sheet.sum('amount', [income]) - sheet.sum('amount', [spent]);
  const label = surplus < 0n ? words.deficit : words.surplus;
  sheet.total(0, label, sumColumns, { adds: [income], subtracts: [spent], strong: true });
  const before = periodText({ ...frame, ...figures.before });
  const head = headOf(frame, {
    ...{ title: words.titles.income_expenditure, period: periodText(frame) },
    columns: comparedColumns(words, periodText(frame), before),
    notes: [words.comparedWith(before)],
    signatures: allSigners(words),
  });
  return { ...head, rows: sheet.rows };
}

function partOf(
  sheet: ReportSheet,
  frame: ReportFrame,
  { chart, moved, before }: IncomeFigures,
  kind: 'income' | 'expense',
): RowRange {
  const words = wordsOf(frame.language);
  const label = words.accountKinds[kind];
  sheet.heading(0, label);
  const sign = kind === 'income' ? -1n : 1n;
  const adds = accountTree(sheet, {
    ...{ chart, kind, language: frame.language, depth: 1, columns: sumColumns },
    cellsOf: comparedCells(sign, moved, before.moved),
  });
  return sheet.total(0, words.totalOf(label), sumColumns, { adds });
}

/** An account's figure now and before, in the sign of its side; none where both are nothing. */
export const comparedCells =
  (sign: bigint, now: Moved, then: Moved) =>
  ({ code }: ChartAccount) => {
    const [amount, before] = [sign * (now.get(code) ?? 0n), sign * (then.get(code) ?? 0n)];
    return amount === 0n && before === 0n ? null : { amount, before };
  };

export const comparedColumns = (words: Words, now: string, then: string): readonly ReportColumn[] => [
  { key: 'code', header: words.columns.code, kind: 'text' },
  { key: 'account', header: words.columns.particulars, kind: 'text', wide: true },
  { key: 'amount', header: now, kind: 'money' },
  { key: 'before', header: then, kind: 'money' },
];

export const allSigners = ({ signatures }: Words): readonly string[] => [
  signatures.accountant,
  signatures.principal,
  signatures.auditor,
];
