import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { VoucherKind } from '../rows.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument } from './document.ts';
import { headOf, periodText, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { wordsOf } from './words.ts';

export interface DayBookVoucher {
  readonly id: Id;
  readonly expenseId: Id | null;
  readonly number: string | null;
  readonly kind: VoucherKind;
  readonly date: IsoDate;
  readonly narration: string;
  readonly reference: string | null;
  readonly lines: readonly {
    readonly accountCode: string;
    readonly accountName: string;
    readonly debitPaise: Paise;
    readonly creditPaise: Paise;
  }[];
}

export interface DayBookFigures {
  readonly vouchers: readonly DayBookVoucher[];
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly kinds: readonly VoucherKind[];
  readonly text: string;
}

/** Every voucher of the period with its lines, and its narration under them. */
export function dayBook(frame: ReportFrame, figures: DayBookFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  for (const { id, date, number, kind, narration, lines } of figures.vouchers) {
    for (const [index, { accountCode, accountName, debitPaise, creditPaise }] of lines.entries()) {
      const first = index === 0 ? { date, number, kind: words.kinds[kind] } : {};
      const moved = debitPaise > 0n ? { debit: debitPaise } : { credit: creditPaise };
      const cells = { ...first, code: accountCode, particulars: accountName, ...moved };
      sheet.line(debitPaise > 0n ? 0 : 1, cells, { to: 'voucher', id });
    }
    if (narration !== '') sheet.line(2, { particulars: narration }, { to: 'voucher', id });
  }
  const { debitPaise: debit, creditPaise: credit, kinds, text } = figures;
  const adds = sheet.rows.length === 0 ? [] : [[0, sheet.rows.length - 1] as const];
  sheet.total(0, words.total, [], { adds, strong: true }, { debit, credit });
  const head = headOf(frame, {
    ...{ title: words.titles.day_book, period: periodText(frame) },
    columns: [
      columnOf(words, 'date', 'date'),
      columnOf(words, 'code', 'text'),
      columnOf(words, 'particulars', 'text', true),
      columnOf(words, 'kind', 'text'),
      columnOf(words, 'number', 'text'),
      columnOf(words, 'debit', 'money'),
      columnOf(words, 'credit', 'money'),
    ],
    notes: [
      ...(kinds.length === 0 ? [] : [words.onlyKinds(kinds.map((kind) => words.kinds[kind]).join(', '))]),
      ...(text.trim() === '' ? [] : [words.onlyText(text.trim())]),
    ],
  });
  return { ...head, rows: sheet.rows };
}
