import { formatPaise, type Paise } from '../../kernel/money.ts';
import type { AccountKind, CostCentre } from '../rows.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument, RowRange } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { allSigners } from './income-expenditure.ts';
import { ReportSheet } from './sheet.ts';
import { accountTree, type Chart, type ChartAccount, currentGroups } from './statement-rows.ts';
import { wordsOf } from './words.ts';

export type GrantCentre = Pick<CostCentre, 'code' | 'name' | 'agency' | 'sanctionNo' | 'sanctionedPaise'>;

export interface GrantFigures {
  readonly chart: Chart;
  readonly centre: GrantCentre;
  /** Debit less credit on lines of this cost centre, by account: before the period and in it. */
  readonly before: ReadonlyMap<string, Paise>;
  readonly moved: ReadonlyMap<string, Paise>;
}

/** Whether an account shows what came for the cost centre or what it was used for. */
type Side = 'received' | 'spent';

/**
 * What came for a fund or grant and what was spent of it, as a utilisation certificate says it (General Financial Rules 2017, form 12-A).
 * Received are income and funds; spent are expenditure and what was acquired to stay. Receivables, advances and payables are neither.
 */
export function utilisation(frame: ReportFrame, figures: GrantFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const { grant } = words;
  const { centre, chart } = figures;
  const current = currentGroups(chart);
  const broughtForward = chart.accounts.reduce(
    (sum, account) => (sideOf(account, current) === null ? sum : sum - (figures.before.get(account.code) ?? 0n)),
    0n,
  );
  const sheet = new ReportSheet();
  if (centre.sanctionedPaise !== null)
    sheet.line(0, { particulars: grant.sanctioned, sanctioned: centre.sanctionedPaise });
  const opening = sheet.line(0, { particulars: grant.broughtForward, amount: broughtForward });
  const received = sideRows(sheet, frame, figures, 'received', current);
  const available = sheet.total(0, grant.available, ['amount'], { adds: [opening, received] });
  const spent = sideRows(sheet, frame, figures, 'spent', current);
  const left = sheet.total(0, grant.unspent, ['amount'], { adds: [available], subtracts: [spent], strong: true });
  const amount = (range: RowRange): string => formatPaise(sheet.sum('amount', [range]));
  const facts = {
    ...{ centre: `${centre.code} ${centre.name}`, agency: centre.agency, sanctionNo: centre.sanctionNo },
    ...{ received: amount(received), broughtForward: amount(opening), spent: amount(spent), unspent: amount(left) },
  };
  const head = headOf(frame, {
    ...{ title: `${words.titles.utilisation}: ${centre.name}`, period: periodText(frame) },
    columns: [
      columnOf(words, 'code', 'text'),
      columnOf(words, 'particulars', 'text', true),
      { key: 'sanctioned', header: grant.sanctioned, kind: 'money' },
      columnOf(words, 'amount', 'money'),
    ],
    notes: [grant.certificate(facts), grant.satisfied, grant.basis],
    signatures: allSigners(words),
  });
  return { ...head, rows: sheet.rows };
}

function sideRows(
  sheet: ReportSheet,
  { language }: ReportFrame,
  { chart, moved }: GrantFigures,
  side: Side,
  current: ReadonlySet<string>,
): RowRange {
  const { grant, totalOf } = wordsOf(language);
  const label = grant[side];
  sheet.heading(0, label);
  const kinds: readonly AccountKind[] = side === 'received' ? ['income', 'fund'] : ['expense', 'asset'];
  const adds = kinds.flatMap((kind) => [
    ...accountTree(sheet, {
      ...{ chart, kind, language, depth: 1, columns: ['amount'] },
      cellsOf: (account) => {
        const amount = (side === 'received' ? -1n : 1n) * (moved.get(account.code) ?? 0n);
        if (amount === 0n || sideOf(account, current) !== side) return null;
        return { particulars: account.name, amount };
      },
    }),
  ]);
  return sheet.total(0, totalOf(label), ['amount'], { adds });
}

function sideOf({ kind, role, groupCode }: ChartAccount, current: ReadonlySet<string>): Side | null {
  if (kind === 'income' || kind === 'fund') return 'received';
  if (kind === 'expense') return 'spent';
  if (kind === 'liability' || role !== null) return null;
  return groupCode !== null && current.has(groupCode) ? null : 'spent';
}
