import { bigint, index, integer, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './column-kinds.ts';

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

/**
 * Rows of tables or with columns that this version does not know, as the wire brought them. An update of the desk puts them into the stage;
 * until then the books show what is known of them.
 */
export const unknownRows = desk.table(
  'unknown_rows',
  {
    collegeId: uuid().notNull(),
    tableName: text().notNull(),
    rowId: text().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    /** Canonical text of the row. */
    row: text().notNull(),
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
