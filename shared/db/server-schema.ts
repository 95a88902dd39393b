import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgSchema, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './column-kinds.ts';

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
    index('command_log_held_back').on(t.deviceId, t.documentId).where(sql`"status" <> 'applied'`),
    index().on(t.deviceId, t.collegeId, t.version),
    index('command_log_parked').on(t.collegeId).where(sql`"status" = 'parked'`),
  ],
);

/** Single facts of the server: its name, its own signing device. Canonical text. */
export const serverFacts = server.table('facts', { name: text().primaryKey(), value: text().notNull() });

/**
 * What banks and gateways sent unasked, kept before they were answered, with what became of it. The body is that which was signed. One
 * whose college is not known yet is shown to who names `webhooks`.
 */
export const webhookEvents = server.table(
  'webhook_events',
  {
    id: uuid().primaryKey(),
    provider: text().notNull(),
    /** The sender's name of the event, or the digest of a body that could not be read: a second delivery has the same. */
    eventKey: text().notNull(),
    collegeId: uuid(),
    /** The colleges that the secret speaks for; empty for all. */
    secretColleges: uuid().array().notNull(),
    /** Base64. */
    body: text().notNull(),
    /** Canonical text of the headers it came with, so that it can be verified and read once more. */
    headers: text().notNull(),
    /** Canonical text of `PaymentNews`; null when the body could not be read. */
    news: text(),
    status: text().$type<'waiting' | 'applied' | 'dead'>().notNull(),
    attempts: integer().notNull(),
    /** When it is tried next, while it waits. */
    nextAt: instant().notNull(),
    /** Why the last try came to nothing. */
    code: text(),
    details: text(),
    receivedAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    uniqueIndex().on(t.provider, t.eventKey),
    index('webhook_events_due').on(t.nextAt).where(sql`"status" = 'waiting'`),
    index('webhook_events_dead').on(t.collegeId).where(sql`"status" = 'dead'`),
  ],
);
