import type { Paise } from '../../kernel/money.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { accountTree, type Chart } from './statement-rows.ts';
import { wordsOf } from './words.ts';

export interface TrialFigures {
  readonly chart: Chart;
  readonly accounts: ReadonlyMap<
    string,
    {
      readonly openingPaise: Paise;
      readonly debitPaise: Paise;
      readonly creditPaise: Paise;
      readonly closingPaise: Paise;
    }
  >;
  readonly earlierSurplusPaise: Paise;
}

const sumColumns = ['opening', 'debit', 'credit', 'closing'];

/** Every account that has anything, under its groups. Opening and closing balances come to nothing, debit to what credit comes to. */
export function trialBalance(frame: ReportFrame, figures: TrialFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const all = [];
  for (const kind of ['asset', 'liability', 'fund', 'income', 'expense'] as const) {
    const at = sheet.rows.length;
    const label = words.accountKinds[kind];
    sheet.heading(0, label);
    const adds = [
      ...accountTree(sheet, {
        ...{ chart: figures.chart, kind, language: frame.language, depth: 1, columns: sumColumns },
        cellsOf: ({ code }) => cellsOf(figures.accounts.get(code)),
      }),
    ];
    if (kind === 'fund' && figures.earlierSurplusPaise !== 0n) {
      const balance = -figures.earlierSurplusPaise;
      adds.push(sheet.line(1, { account: words.earlierSurplus, opening: balance, closing: balance }));
    }
    if (adds.length === 0) sheet.rows.length = at;
    else all.push(sheet.total(0, words.totalOf(label), sumColumns, { adds }));
  }
  sheet.total(0, words.total, sumColumns, { adds: all, strong: true });
  const columns = [
    columnOf(words, 'code', 'text'),
    columnOf(words, 'account', 'text', true),
    columnOf(words, 'opening', 'balance'),
    columnOf(words, 'debit', 'money'),
    columnOf(words, 'credit', 'money'),
    columnOf(words, 'closing', 'balance'),
  ];
  const head = headOf(frame, { title: words.titles.trial_balance, period: periodText(frame), columns });
  return { ...head, rows: sheet.rows };
}

function cellsOf(own: (TrialFigures['accounts'] extends ReadonlyMap<string, infer F> ? F : never) | undefined) {
  if (own === undefined) return null;
  const { openingPaise: opening, debitPaise: debit, creditPaise: credit, closingPaise: closing } = own;
  return opening === 0n && debit === 0n && credit === 0n ? null : { opening, debit, credit, closing };
}
