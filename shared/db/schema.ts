import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AccountKind, AccountRole, CostCentreKind, ExpenseStatus, Role } from '../domain/rows.ts';
import { code, day, instant, paise, synced } from './column-kinds.ts';

/**
 * The tables of the books, the same on desk and server, in PGlite and PostgreSQL. Row-level security, the balance trigger and the
 * search indexes stand in the hand-written part of the migrations.
 *
 * `version` is the version of the college at which the server last wrote the row; 0 marks a row a desk predicts.
 */

export const colleges = pgTable(
  'colleges',
  {
    ...synced(),
    code: code().notNull(),
    name: text().notNull(),
    stateCode: text().notNull(),
    gstin: text(),
    pan: text(),
    address: text().notNull(),
    isActive: boolean().notNull(),
    approvalAbovePaise: paise().notNull(),
    approvalSlaHours: integer().notNull(),
    budgetWarningBp: integer().notNull(),
    budgetCriticalBp: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.id] }), index().on(t.collegeId, t.version)],
);

export const people = pgTable(
  'people',
  {
    ...synced(),
    name: text().notNull(),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    isActive: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.id] }), index().on(t.collegeId, t.version)],
);

export const accountGroups = pgTable(
  'account_groups',
  {
    ...synced(),
    code: code().notNull(),
    name: text().notNull(),
    nameHi: text(),
    kind: text().$type<AccountKind>().notNull(),
    parentCode: code(),
    isActive: boolean().notNull(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.code),
    index().on(t.collegeId, t.version),
  ],
);

export const accounts = pgTable(
  'accounts',
  {
    ...synced(),
    code: code().notNull(),
    name: text().notNull(),
    kind: text().$type<AccountKind>().notNull(),
    groupCode: code(),
    category: text(),
    role: text().$type<AccountRole>(),
    isActive: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.code),
    index().on(t.collegeId, t.version),
  ],
);

export const costCentres = pgTable(
  'cost_centres',
  {
    ...synced(),
    code: code().notNull(),
    name: text().notNull(),
    kind: text().$type<CostCentreKind>().notNull(),
    agency: text(),
    sanctionNo: text(),
    sanctionedPaise: paise(),
    startsOn: day(),
    endsOn: day(),
    isActive: boolean().notNull(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.code),
    index().on(t.collegeId, t.version),
  ],
);

export const categories = pgTable(
  'categories',
  {
    ...synced(),
    code: code().notNull(),
    label: text().notNull(),
    labelHi: text().notNull(),
    requiresApproval: boolean().notNull(),
    receiptThresholdPaise: paise().notNull(),
    defaultAccountCode: code().notNull(),
    isActive: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.code),
    index().on(t.collegeId, t.version),
  ],
);

export const vendors = pgTable(
  'vendors',
  {
    ...synced(),
    name: text().notNull(),
    nameKey: text().notNull(),
    gstin: text(),
    pan: text(),
    ifsc: text(),
    accountNumber: text(),
    accountName: text(),
    email: text(),
    phone: text(),
    isActive: boolean().notNull(),
    revision: integer().notNull(),
    createdBy: uuid().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index().on(t.collegeId, t.nameKey),
    index().on(t.collegeId, t.gstin),
    index().on(t.collegeId, t.version),
  ],
);

export const budgets = pgTable(
  'budgets',
  {
    ...synced(),
    financialYear: text().notNull(),
    category: text().notNull(),
    allocatedPaise: paise().notNull(),
    committedPaise: paise().notNull(),
    spentPaise: paise().notNull(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.financialYear, t.category),
    index().on(t.collegeId, t.version),
  ],
);

export const expenses = pgTable(
  'expenses',
  {
    ...synced(),
    number: text(),
    provisionalRef: text().notNull(),
    status: text().$type<ExpenseStatus>().notNull(),
    category: text().notNull(),
    accountCode: text().notNull(),
    vendorId: uuid().notNull(),
    vendorName: text().notNull(),
    billNo: text(),
    billDate: day().notNull(),
    financialYear: text().notNull(),
    description: text().notNull(),
    department: text(),
    taxablePaise: paise().notNull(),
    cgstPaise: paise().notNull(),
    sgstPaise: paise().notNull(),
    igstPaise: paise().notNull(),
    itcEligible: boolean().notNull(),
    tdsPaise: paise().notNull(),
    totalPaise: paise().notNull(),
    budgetPaise: paise().notNull(),
    committedPaise: paise().notNull(),
    overBudget: boolean().notNull(),
    overBudgetReason: text(),
    makerId: uuid().notNull(),
    makerName: text().notNull(),
    createdAt: instant().notNull(),
    submittedAt: instant(),
    dueAt: instant(),
    decidedBy: uuid(),
    decidedByName: text(),
    decidedAt: instant(),
    decisionComment: text(),
    voucherId: uuid(),
    paymentVoucherId: uuid(),
    paidOn: day(),
    paymentReference: text(),
    importKey: text(),
    receiptCount: integer().notNull(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index('expenses_by_date').on(t.collegeId, t.billDate.desc(), t.id.desc()),
    index('expenses_by_status').on(t.collegeId, t.status, t.billDate.desc(), t.id.desc()),
    index('expenses_by_category').on(t.collegeId, t.category, t.billDate.desc(), t.id.desc()),
    index('expenses_by_bill').on(t.collegeId, t.vendorId, t.billNo),
    uniqueIndex('expenses_number').on(t.collegeId, t.number),
    index('expenses_by_import_key').on(t.collegeId, t.importKey),
    index().on(t.collegeId, t.version),
  ],
);

export const receipts = pgTable(
  'receipts',
  {
    ...synced(),
    expenseId: uuid(),
    voucherId: uuid(),
    sha256: text().notNull(),
    fileName: text().notNull(),
    mime: text().notNull(),
    sizeBytes: integer().notNull(),
    addedBy: uuid().notNull(),
    addedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    index().on(t.collegeId, t.expenseId),
    index().on(t.collegeId, t.voucherId),
    index().on(t.collegeId, t.version),
  ],
);

export const paymentLeases = pgTable(
  'payment_leases',
  {
    ...synced(),
    fence: integer().notNull(),
    isHeld: boolean().notNull(),
    deviceId: uuid().notNull(),
    holderId: uuid().notNull(),
    holderName: text().notNull(),
    takenAt: instant().notNull(),
    statusBefore: text().$type<ExpenseStatus>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.id] }), index().on(t.collegeId, t.version)],
);

export const auditEntries = pgTable(
  'audit_entries',
  {
    ...synced(),
    position: bigint({ mode: 'number' }).notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
    commandName: text().notNull(),
    actorId: uuid().notNull(),
    actorName: text().notNull(),
    deviceId: uuid().notNull(),
    occurredAt: instant().notNull(),
    recordedAt: instant().notNull(),
    command: text().notNull(),
    signature: text().notNull(),
    changes: text().notNull(),
    documentId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.position),
    index().on(t.collegeId, t.documentId),
    index().on(t.collegeId, t.version),
  ],
);

/** A row that is gone, so that a pull can say so. */
export const tombstones = pgTable(
  'tombstones',
  {
    collegeId: uuid().notNull(),
    tableName: text().notNull(),
    id: uuid().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.tableName, t.id] }), index().on(t.collegeId, t.version)],
);
