import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { BillKind, Period } from '../domain/ledger-rows.ts';
import type { VoucherKind } from '../domain/rows.ts';
import { day, instant, paise, synced } from './column-kinds.ts';

/** The tables of the ledger: what is posted, what follows from it, and which periods are closed. See schema.ts. */

export const vouchers = pgTable(
  'vouchers',
  {
    ...synced(),
    number: text(),
    kind: text().$type<VoucherKind>().notNull(),
    date: day().notNull(),
    financialYear: text().notNull(),
    narration: text().notNull(),
    reference: text(),
    referenceDate: day(),
    party: text(),
    totalPaise: paise().notNull(),
    expenseId: uuid(),
    reversesId: uuid(),
    postedBy: uuid().notNull(),
    postedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.number),
    index().on(t.collegeId, t.expenseId),
    index('vouchers_by_date').on(t.collegeId, t.date, t.id),
    index('vouchers_by_amount').on(t.collegeId, t.totalPaise, t.date, t.id),
    uniqueIndex('vouchers_by_reversed').on(t.collegeId, t.reversesId).where(sql`${t.reversesId} IS NOT NULL`),
    index().on(t.collegeId, t.version),
  ],
);

export const voucherLines = pgTable(
  'voucher_lines',
  {
    ...synced(),
    voucherId: uuid().notNull(),
    lineNo: integer().notNull(),
    accountCode: text().notNull(),
    category: text(),
    vendorId: uuid(),
    departmentCode: text(),
    fundCode: text(),
    date: day().notNull(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.voucherId, t.lineNo),
    index('voucher_lines_by_account').on(t.collegeId, t.accountCode, t.date, t.voucherId, t.lineNo),
    index('voucher_lines_by_fund').on(t.collegeId, t.fundCode, t.date).where(sql`${t.fundCode} IS NOT NULL`),
    index().on(t.collegeId, t.version),
  ],
);

export const billAllocations = pgTable(
  'bill_allocations',
  {
    ...synced(),
    voucherId: uuid().notNull(),
    lineNo: integer().notNull(),
    accountCode: text().notNull(),
    vendorId: uuid().notNull(),
    kind: text().$type<BillKind>().notNull(),
    name: text(),
    date: day().notNull(),
    billDate: day(),
    dueOn: day(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index().on(t.collegeId, t.voucherId),
    index('bill_allocations_by_bill').on(t.collegeId, t.vendorId, t.name),
    index().on(t.collegeId, t.version),
  ],
);

export const periods = pgTable(
  'periods',
  {
    ...synced(),
    kind: text().$type<Period['kind']>().notNull(),
    name: text().notNull(),
    isClosed: boolean().notNull(),
    closedBy: uuid().notNull(),
    closedByName: text().notNull(),
    closedAt: instant().notNull(),
    figures: text(),
    askedBy: uuid(),
    askedByName: text(),
    askedAt: instant(),
    reason: text(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.kind, t.name),
    index().on(t.collegeId, t.version),
  ],
);

/**
 * The sums of each account and day. They follow from the lines by a trigger of the database, in the same transaction, and are not synced; the
 * server, which answers no questions by day, keeps none. A balance at any date is the kept months before it and the days of its own month, however many lines there are.
 */
export const ledgerDays = pgTable(
  'ledger_days',
  {
    collegeId: uuid().notNull(),
    accountCode: text().notNull(),
    date: day().notNull(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
    lineCount: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'ledger_days_pkey', columns: [t.collegeId, t.date, t.accountCode] }),
    index('ledger_days_by_account').on(t.collegeId, t.accountCode, t.date),
  ],
);

export const numberSeries = pgTable(
  'number_series',
  {
    ...synced(),
    series: text().notNull(),
    financialYear: text().notNull(),
    next: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.series, t.financialYear),
    index().on(t.collegeId, t.version),
  ],
);

export const consolidationTotals = pgTable(
  'consolidation_totals',
  {
    ...synced(),
    month: text().notNull(),
    financialYear: text().notNull(),
    category: text().notNull(),
    accountCode: text().notNull(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
    lineCount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.month, t.category, t.accountCode),
    index().on(t.collegeId, t.version),
  ],
);
