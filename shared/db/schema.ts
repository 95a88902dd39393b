import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgSchema,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AccountKind, AccountRole, ExpenseStatus, Role, VoucherKind } from '../domain/rows.ts';

/**
 * The tables of the books, the same on desk and server, in PGlite and PostgreSQL. Row-level security, the balance trigger and the
 * search indexes stand in the hand-written part of the migrations.
 *
 * `version` is the version of the college at which the server last wrote the row; 0 marks a row a desk predicts.
 */
const paise = () => bigint({ mode: 'bigint' });
const instant = () => bigint({ mode: 'number' });
const day = () => date({ mode: 'string' });
const code = () => text();

const synced = () => ({
  collegeId: uuid().notNull(),
  id: uuid().notNull(),
  version: bigint({ mode: 'number' }).notNull(),
});
/** Text compares by code point on every machine, whatever its collation. */
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

export const accounts = pgTable(
  'accounts',
  {
    ...synced(),
    code: code().notNull(),
    name: text().notNull(),
    kind: text().$type<AccountKind>().notNull(),
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
    expenseId: uuid().notNull(),
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
    index().on(t.collegeId, t.version),
  ],
);

export const vouchers = pgTable(
  'vouchers',
  {
    ...synced(),
    number: text(),
    kind: text().$type<VoucherKind>().notNull(),
    date: day().notNull(),
    financialYear: text().notNull(),
    narration: text().notNull(),
    expenseId: uuid(),
    reversesId: uuid(),
    postedBy: uuid().notNull(),
    postedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.number),
    index().on(t.collegeId, t.expenseId),
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
    date: day().notNull(),
    debitPaise: paise().notNull(),
    creditPaise: paise().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex().on(t.collegeId, t.voucherId, t.lineNo),
    index('voucher_lines_by_account').on(t.collegeId, t.accountCode, t.date),
    index().on(t.collegeId, t.version),
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

/** Only on a desk: what waits for the server, how to take it back, how far the desk has read. */
export const desk = pgSchema('desk');

export const outbox = desk.table(
  'outbox',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    commandId: uuid().notNull().unique(),
    collegeId: uuid().notNull(),
    name: text().notNull(),
    documentId: uuid().notNull(),
    /** Canonical text as signed. */
    command: text().notNull(),
    signature: text().notNull(),
    actorName: text().notNull(),
    occurredAt: instant().notNull(),
    /** pending → (acknowledged) applied | rejected | parked; confirmed once the pulled rows contain it; dismissed by a person. */
    status: text().$type<'pending' | 'applied' | 'rejected' | 'parked' | 'failed'>().notNull(),
    code: text(),
    /** Canonical text of the error's details. */
    details: text(),
    /** When a person settled it under Needs attention, and how. */
    settledAt: instant(),
    settledHow: text(),
  },
  (t) => [index('outbox_open').on(t.status, t.seq), index('outbox_by_document').on(t.documentId)],
);

/** The row as it was before an unconfirmed command changed it; `before` null means it did not exist. Canonical text. */
export const undoImages = desk.table(
  'undo_images',
  {
    seq: bigint({ mode: 'number' }).notNull(),
    ordinal: integer().notNull(),
    collegeId: uuid().notNull(),
    tableName: text().notNull(),
    rowId: uuid().notNull(),
    before: text(),
  },
  (t) => [primaryKey({ columns: [t.seq, t.ordinal] })],
);

export const syncCursors = desk.table('sync_cursors', {
  collegeId: uuid().primaryKey(),
  cursor: bigint({ mode: 'number' }).notNull(),
  /** How far the pages kept aside reach; they are applied together after the last one. */
  stagedCursor: bigint({ mode: 'number' }).notNull(),
  pulledAt: instant(),
});

export const pullStage = desk.table(
  'pull_stage',
  {
    collegeId: uuid().notNull(),
    tableName: text().notNull(),
    rowId: uuid().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    /** Canonical text of the row; null for a tombstone. */
    row: text(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.tableName, t.rowId] })],
);

/** Single facts of the desk by name: device, server, next sequence. Canonical text. */
export const deskFacts = desk.table('facts', { name: text().primaryKey(), value: text().notNull() });

/** Who may sign in offline: a slow hash of the password as the server confirmed it. Never leaves the desk. */
export const knownPeople = desk.table('known_people', {
  personId: uuid().primaryKey(),
  email: text().notNull().unique(),
  passwordHash: text().notNull(),
  confirmedAt: instant().notNull(),
});

/** Receipts whose bytes the server has not yet. */
export const blobUploads = desk.table('blob_uploads', {
  sha256: text().primaryKey(),
  collegeId: uuid().notNull(),
  sizeBytes: integer().notNull(),
});

/** What a person typed and did not save yet. */
export const drafts = desk.table(
  'drafts',
  { personId: uuid().notNull(), form: text().notNull(), content: text().notNull(), savedAt: instant().notNull() },
  (t) => [primaryKey({ columns: [t.personId, t.form] })],
);

/** Only on the server. */
export const server = pgSchema('server');

export const collegeVersions = server.table('college_versions', {
  collegeId: uuid().primaryKey(),
  version: bigint({ mode: 'number' }).notNull(),
});

export const devices = server.table('devices', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** Ed25519, SPKI DER, base64. */
  publicKey: text().notNull(),
  collegeIds: uuid().array().notNull(),
  lastSeq: bigint({ mode: 'number' }).notNull(),
  /** The device has said that it knows what became of its commands up to here. */
  ackedSeq: bigint({ mode: 'number' }).notNull().default(0),
  enrolledAt: instant().notNull(),
  revokedAt: instant(),
});

/** Who has signed in on which device while connected; only they may act from it. */
export const devicePeople = server.table(
  'device_people',
  { deviceId: uuid().notNull(), personId: uuid().notNull(), since: instant().notNull() },
  (t) => [primaryKey({ columns: [t.deviceId, t.personId] })],
);

export const enrolCodes = server.table('enrol_codes', {
  /** SHA-256 of the code, hex. */
  codeHash: text().primaryKey(),
  collegeIds: uuid().array().notNull(),
  expiresAt: instant().notNull(),
  usedBy: uuid(),
});

export const credentials = server.table('credentials', {
  personId: uuid().primaryKey(),
  email: text().notNull().unique(),
  passwordHash: text().notNull(),
  changedAt: instant().notNull(),
});

/**
 * Every command that ever came, with what became of it. A desk that was enrolled again sends what it kept under its new name, so one
 * command id may stand here once for each device.
 */
export const commandLog = server.table(
  'command_log',
  {
    deviceId: uuid().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    commandId: uuid().notNull(),
    collegeId: uuid().notNull(),
    documentId: uuid(),
    text: text().notNull(),
    signature: text().notNull(),
    status: text().$type<'applied' | 'rejected' | 'parked'>().notNull(),
    code: text(),
    details: text(),
    version: bigint({ mode: 'number' }),
    receivedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.seq] }),
    index().on(t.collegeId, t.commandId),
    index().on(t.deviceId, t.documentId),
    index().on(t.deviceId, t.collegeId, t.version),
  ],
);

/** Single facts of the server: its name, its own signing device. Canonical text. */
export const serverFacts = server.table('facts', { name: text().primaryKey(), value: text().notNull() });
