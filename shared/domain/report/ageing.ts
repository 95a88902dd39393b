import { daysBetween, type IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import { columnOf } from './columns.ts';
import type { ReportColumn, ReportDocument, ReportLink, RowRange } from './document.ts';
import { asAtText, headOf, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { type Words, wordsOf } from './words.ts';

/** What is open of a bill, of an advance, or of what a vendor has on account (which has no name). */
export interface OpenBill {
  readonly vendorId: Id;
  readonly vendorName: string;
  readonly name: string | null;
  readonly kind: 'bill' | 'advance' | 'on_account';
  readonly billDate: IsoDate | null;
  readonly dueOn: IsoDate | null;
  /** What made it. */
  readonly voucherId: Id | null;
  readonly expenseId: Id | null;
  /** Debit positive: what the college owes is negative. */
  readonly openPaise: Paise;
}

export interface AgeingFigures {
  /** In the order of the vendors' names, and of the dates of their bills. */
  readonly bills: readonly OpenBill[];
  /** What stands on accounts of vendors without naming one, by account. */
  readonly withoutVendor: readonly {
    readonly accountCode: string;
    readonly name: string;
    readonly balancePaise: Paise;
  }[];
}

/** The ages after which a bill moves on to the next column, in days. */
const lastDays = [30, 60, 90, 180] as const;
const buckets = [...lastDays.map(String), 'older'];
const amounts = [...buckets, 'advance', 'onAccount', 'total'];

export function ageing(frame: ReportFrame, { bills, withoutVendor }: AgeingFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const sheet = new ReportSheet();
  const all: RowRange[] = [];
  for (const own of byVendor(bills)) {
    const [{ vendorName }] = own;
    sheet.heading(0, vendorName);
    const adds = own.map((bill) => billRow(sheet, bill, frame.to, words));
    all.push(sheet.total(0, words.totalOf(vendorName), amounts, { adds }));
  }
  for (const { accountCode, name, balancePaise } of withoutVendor) {
    const cells = { particulars: words.withoutParty(name), onAccount: balancePaise, total: balancePaise };
    all.push(sheet.line(0, cells, { to: 'account', accountCode }));
  }
  sheet.total(0, words.total, amounts, { adds: all, strong: true });
  const head = headOf(frame, {
    ...{ title: words.titles.ageing, period: asAtText(frame), columns: columnsOf(words), notes: [words.ageFromBill] },
  });
  return { ...head, rows: sheet.rows };
}

function byVendor(bills: readonly OpenBill[]): readonly (readonly [OpenBill, ...OpenBill[]])[] {
  const groups = new Map<Id, [OpenBill, ...OpenBill[]]>();
  for (const bill of bills) {
    const own = groups.get(bill.vendorId);
    if (own === undefined) groups.set(bill.vendorId, [bill]);
    else own.push(bill);
  }
  return [...groups.values()];
}

function billRow(sheet: ReportSheet, bill: OpenBill, at: IsoDate, words: Words): RowRange {
  const { name, kind, billDate, dueOn, openPaise } = bill;
  const age = kind === 'bill' && billDate !== null ? Math.max(0, daysBetween(billDate, at)) : null;
  const column = kind === 'bill' ? bucketOf(age ?? 0) : kind === 'advance' ? 'advance' : 'onAccount';
  const cells = {
    particulars: name ?? words.onAccount,
    ...{ billDate, dueDate: dueOn, age, [column]: openPaise, total: openPaise },
  };
  return sheet.line(1, cells, linkOf(bill));
}

const linkOf = ({ expenseId, voucherId, vendorId }: OpenBill): ReportLink =>
  expenseId !== null
    ? { to: 'expense', id: expenseId }
    : voucherId !== null
      ? { to: 'voucher', id: voucherId }
      : { to: 'vendor', id: vendorId };

/** A bill of a later day than the one that is looked at has no age yet. */
const bucketOf = (age: number): string => {
  const place = lastDays.findIndex((last) => age <= last);
  return buckets[place === -1 ? lastDays.length : place] ?? 'older';
};

function columnsOf(words: Words): readonly ReportColumn[] {
  const headers = lastDays.map((last, index) => `${index === 0 ? 0 : (lastDays[index - 1] ?? 0) + 1}–${last}`);
  return [
    columnOf(words, 'particulars', 'text', true),
    columnOf(words, 'billDate', 'date'),
    columnOf(words, 'dueDate', 'date'),
    columnOf(words, 'age', 'int'),
    ...[...headers, `>${lastDays.at(-1)}`].map((header, index): ReportColumn => {
      const key = buckets[index] ?? 'older';
      return { key, header, kind: 'balance' };
    }),
    columnOf(words, 'advance', 'balance'),
    columnOf(words, 'onAccount', 'balance'),
    columnOf(words, 'total', 'balance'),
  ];
}
