import type { Paise } from '../../kernel/money.ts';
import type { AccountKind } from '../rows.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument, RowRange } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { allSigners } from './income-expenditure.ts';
import { ReportSheet } from './sheet.ts';
import { accountTree, type Chart } from './statement-rows.ts';
import { wordsOf } from './words.ts';

export interface CashFigures {
  readonly chart: Chart;
  /** Of every bank and cash account, debit positive, by code. */
  readonly opening: ReadonlyMap<string, Paise>;
  readonly closing: ReadonlyMap<string, Paise>;
  /** What came in and what went out by the account that it was for. */
  readonly receipts: ReadonlyMap<string, Paise>;
  readonly payments: ReadonlyMap<string, Paise>;
}

/** Where money came from and went to, between what there was at first and what there was at last; both sides come to the same. */
export function receiptsPayments(frame: ReportFrame, figures: CashFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const opening = moneyRows(sheet, frame, figures.chart, figures.opening, words.openingBalances);
  const receipts = headRows(sheet, frame, figures.chart, figures.receipts, words.receipts);
  sheet.total(0, words.allReceipts, ['amount'], { adds: [opening, receipts], strong: true });
  const payments = headRows(sheet, frame, figures.chart, figures.payments, words.payments);
  const closing = moneyRows(sheet, frame, figures.chart, figures.closing, words.closingBalances);
  sheet.total(0, words.allPayments, ['amount'], { adds: [payments, closing], strong: true });
  const head = headOf(frame, {
    ...{ title: words.titles.receipts_payments, period: periodText(frame) },
    columns: [
      columnOf(words, 'code', 'text'),
      { key: 'account', header: words.columns.particulars, kind: 'text', wide: true },
      columnOf(words, 'amount', 'money'),
    ],
    notes: [words.cashBasis],
    signatures: allSigners(words),
  });
  return { ...head, rows: sheet.rows };
}

function moneyRows(
  sheet: ReportSheet,
  { from, to }: ReportFrame,
  { accounts }: Chart,
  balances: ReadonlyMap<string, Paise>,
  label: string,
): RowRange {
  sheet.heading(0, label);
  const adds: RowRange[] = [];
  for (const { code, name } of accounts) {
    const amount = balances.get(code) ?? 0n;
    const of = { accountCode: code, from, to };
    if (amount !== 0n)
      adds.push(sheet.line(1, { code, account: name, amount }, { to: 'report', report: 'cash_book', of }));
  }
  return sheet.total(0, label, ['amount'], { adds });
}

const kinds: readonly AccountKind[] = ['income', 'expense', 'fund', 'liability', 'asset'];

function headRows(
  sheet: ReportSheet,
  { language }: ReportFrame,
  chart: Chart,
  amounts: ReadonlyMap<string, Paise>,
  label: string,
): RowRange {
  sheet.heading(0, label);
  const adds = kinds.flatMap((kind) => [
    ...accountTree(sheet, {
      ...{ chart, kind, language, depth: 1, columns: ['amount'] },
      cellsOf: ({ code }) => {
        const amount = amounts.get(code) ?? 0n;
        return amount === 0n ? null : { amount };
      },
    }),
  ]);
  return sheet.total(0, wordsOf(language).totalOf(label), ['amount'], { adds });
}
