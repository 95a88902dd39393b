import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { VoucherKind } from '../rows.ts';
import { columnOf } from './columns.ts';
import type { ReportCells, ReportColumn, ReportDocument, RunningColumns } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import type { ChartAccount } from './statement-rows.ts';
import { type Words, wordsOf } from './words.ts';

/** One line on an account, with what stands against it in its voucher. */
export interface LedgerRow {
  readonly voucherId: Id;
  readonly expenseId: Id | null;
  readonly date: IsoDate;
  readonly number: string | null;
  readonly kind: VoucherKind;
  readonly narration: string;
  /** The names of the accounts on the other side, the first few of them, and how many more there are. */
  readonly particulars: readonly string[];
  readonly moreParticulars: number;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  /** After this line, debit positive. */
  readonly balancePaise: Paise;
}

/** An account over a period. The sums come from the kept ones where nothing narrows the lines, so that the lines prove them. */
export interface LedgerFigures {
  readonly account: ChartAccount;
  readonly openingPaise: Paise;
  readonly rows: readonly LedgerRow[];
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly closingPaise: Paise;
}

/** What narrows a ledger, by name. */
export interface LedgerNarrowing {
  readonly vendorName: string | null;
  readonly centreName: string | null;
}

const ledgerRunning: RunningColumns = { debit: 'debit', credit: 'credit', balance: 'balance' };
const cashRunning: RunningColumns = { debit: 'receipts', credit: 'payments', balance: 'balance' };

export function ledger(frame: ReportFrame, figures: LedgerFigures, narrowed: LedgerNarrowing): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  accountRows(sheet, figures, ledgerRunning, words);
  const { vendorName, centreName } = narrowed;
  const head = headOf(frame, {
    ...{ title: words.titles.ledger, period: periodText(frame), running: ledgerRunning },
    columns: [...lineColumns(words), ...movementColumns(words, 'debit', 'credit')],
    notes: [
      words.ofAccount(figures.account.code, figures.account.name),
      ...(vendorName === null ? [] : [words.onlyVendor(vendorName)]),
      ...(centreName === null ? [] : [words.onlyCentre(centreName)]),
    ],
  });
  return { ...head, rows: sheet.rows };
}

/** Every bank and cash account with what came in, what went out and what was there after each entry. */
export function cashBook(frame: ReportFrame, accounts: readonly LedgerFigures[]): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  for (const figures of accounts) {
    if (figures.rows.length === 0 && figures.openingPaise === 0n) continue;
    sheet.heading(0, `${figures.account.code} ${figures.account.name}`);
    accountRows(sheet, figures, cashRunning, words);
  }
  const head = headOf(frame, {
    ...{ title: words.titles.cash_book, period: periodText(frame), running: cashRunning },
    columns: [...lineColumns(words), ...movementColumns(words, 'receipts', 'payments')],
  });
  return { ...head, rows: sheet.rows };
}

function accountRows(sheet: ReportSheet, figures: LedgerFigures, running: RunningColumns, words: Words): void {
  const { debit, credit, balance } = running;
  const [first] = sheet.line(0, { particulars: words.openingBalance, [balance]: figures.openingPaise });
  for (const row of figures.rows) {
    const moved = row.debitPaise > 0n ? { [debit]: row.debitPaise } : { [credit]: row.creditPaise };
    sheet.line(
      0,
      { ...lineCells(row, words), ...moved, [balance]: row.balancePaise },
      { to: 'voucher', id: row.voucherId },
    );
  }
  const { debitPaise, creditPaise, closingPaise } = figures;
  const stated = { [debit]: debitPaise, [credit]: creditPaise, [balance]: closingPaise };
  sheet.total(
    0,
    words.totalOf(figures.account.name),
    [],
    { adds: [[first, sheet.rows.length - 1]], strong: true },
    stated,
  );
}

const lineCells = (row: LedgerRow, words: Words): ReportCells => ({
  ...{ date: row.date, particulars: particularsText(row, words), kind: words.kinds[row.kind] },
  ...{ number: row.number, narration: row.narration },
});

/** The names of what stands against a line, as one text. */
function particularsText({ particulars, moreParticulars }: LedgerRow, words: Words): string {
  const [first = ''] = particulars;
  const others = particulars.length - 1 + moreParticulars;
  return others > 0 ? words.andMore(first, others) : first;
}

const lineColumns = (words: Words): readonly ReportColumn[] => [
  columnOf(words, 'date', 'date'),
  columnOf(words, 'particulars', 'text', true),
  columnOf(words, 'kind', 'text'),
  columnOf(words, 'number', 'text'),
  columnOf(words, 'narration', 'text', true),
];

const movementColumns = (
  words: Words,
  debit: 'debit' | 'receipts',
  credit: 'credit' | 'payments',
): readonly ReportColumn[] => [
  columnOf(words, debit, 'money'),
  columnOf(words, credit, 'money'),
  columnOf(words, 'balance', 'balance'),
];
