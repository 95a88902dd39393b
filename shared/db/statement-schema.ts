import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { BankRule, MatchPass } from '../domain/bank-rows.ts';
import type { FeeReconciliation } from '../domain/reconciliation-rows.ts';
import type { StatementFormat } from '../domain/statement/model.ts';
import { day, instant, paise, synced } from './column-kinds.ts';

/** What the banks say, and what of it is the same money as lines of the books. See schema.ts. */

export const bankStatements = pgTable(
  'bank_statements',
  {
    ...synced(),
    bankAccountId: uuid().notNull(),
    format: text().$type<StatementFormat>().notNull(),
    fileName: text(),
    sha256: text(),
    from: day().notNull(),
    to: day().notNull(),
    openingPaise: paise(),
    closingPaise: paise(),
    lineCount: integer().notNull(),
    importedBy: uuid().notNull(),
    importedByName: text().notNull(),
    importedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('bank_statements_by_account').on(t.collegeId, t.bankAccountId, t.to),
    index().on(t.collegeId, t.version),
  ],
);

export const bankLines = pgTable(
  'bank_lines',
  {
    ...synced(),
    bankAccountId: uuid().notNull(),
    statementId: uuid().notNull(),
    lineNo: integer().notNull(),
    date: day().notNull(),
    valueDate: day(),
    narration: text().notNull(),
    reference: text(),
    chequeNo: text(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
    balancePaise: paise(),
    matchId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('bank_lines_by_account').on(t.collegeId, t.bankAccountId, t.date, t.lineNo),
    index('bank_lines_open').on(t.collegeId, t.bankAccountId, t.date, t.id).where(sql`${t.matchId} IS NULL`),
    index('bank_lines_by_match').on(t.collegeId, t.matchId).where(sql`${t.matchId} IS NOT NULL`),
    index().on(t.collegeId, t.version),
  ],
);

export const bankMatches = pgTable(
  'bank_matches',
  {
    ...synced(),
    bankAccountId: uuid().notNull(),
    pass: text().$type<MatchPass>().notNull(),
    because: text().notNull(),
    clearedOn: day().notNull(),
    matchedBy: uuid().notNull(),
    matchedByName: text().notNull(),
    matchedAt: instant().notNull(),
    isActive: boolean().notNull(),
    undoneByName: text(),
    undoneReason: text(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('bank_matches_by_day').on(t.collegeId, t.bankAccountId, t.clearedOn, t.id),
    index().on(t.collegeId, t.version),
  ],
);

export const clearedEntries = pgTable(
  'cleared_entries',
  {
    ...synced(),
    bankAccountId: uuid().notNull(),
    voucherId: uuid().notNull(),
    matchId: uuid(),
    clearedOn: day(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('cleared_entries_by_match').on(t.collegeId, t.matchId).where(sql`${t.matchId} IS NOT NULL`),
    index('cleared_entries_by_day').on(t.collegeId, t.bankAccountId, t.clearedOn).where(sql`${t.matchId} IS NOT NULL`),
    index().on(t.collegeId, t.version),
  ],
);

export const bankRules = pgTable(
  'bank_rules',
  {
    ...synced(),
    bankAccountId: uuid(),
    words: text().notNull(),
    direction: text().$type<BankRule['direction']>().notNull(),
    accountCode: text().notNull(),
    narration: text().notNull(),
    isActive: boolean().notNull(),
    revision: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.id] }), index().on(t.collegeId, t.version)],
);

export const feeReconciliations = pgTable(
  'fee_reconciliations',
  {
    ...synced(),
    month: text().notNull(),
    bankAccountId: uuid().notNull(),
    collectionsPaise: paise().notNull(),
    depositsPaise: paise().notNull(),
    statementPaise: paise(),
    booksPaise: paise().notNull(),
    status: text().$type<FeeReconciliation['status']>().notNull(),
    discrepancies: text().notNull(),
    reportedBy: uuid().notNull(),
    reportedByName: text().notNull(),
    verifiedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('fee_reconciliations_by_month').on(t.collegeId, t.bankAccountId, t.month),
    index().on(t.collegeId, t.version),
  ],
);
