import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import { type ChainVerdict, chainStart, verifyChain } from '../../domain/audit/chain.ts';
import type { AuditEntry } from '../../domain/rows.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Digest } from '../../ports/digest.ts';
import { auditEntries } from '../schema.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import type { PageWindow } from './ordered-parts.ts';
import { int, type RawRow, runOne, runQuery, text, textOrNull } from './run-query.ts';
import { containsText, expenseSearchText } from './search-text.ts';
import { type DeviceNames, type TimelineEntry, timelineEntry } from './timeline.ts';

export interface AuditRow extends TimelineEntry {
  readonly documentId: Id | null;
  readonly reference: string | null;
  readonly hash: string;
  readonly previousHash: string;
}

/**
 * The audit trail of one college, newest first. Text is searched in the person, the step and the expense it is about. The caller has
 * checked the scope.
 */
export async function auditPage(
  db: Db,
  question: {
    readonly collegeId: Id;
    readonly text: string;
    readonly documentId: Id | null;
    readonly deviceName: DeviceNames;
  } & PageWindow,
): Promise<{ readonly rows: AuditRow[]; readonly count: number }> {
  const where = allOf(conditionsOf(question));
  const rows = await runQuery(db, windowOf(where, question));
  const { count } = await runOne(db, sql`select count(*) as "count" from "audit_entries" where ${where}`);
  return { rows: rows.map((row) => auditRow(row, question.deviceName)), count: int(count) };
}

/** The long texts of bulk steps hold a whole file or chart and say nothing of single fields, so they are not read for a list. */
const shownColumns = sql.raw(
  [
    ...['id', 'version', 'position', 'command_name', 'actor_name', 'device_id', 'occurred_at', 'signature'],
    ...['document_id', 'hash', 'previous_hash'],
  ]
    .map((name) => `a."${name}"`)
    .concat(bulk('command', '{}'), bulk('changes', '[]'))
    .join(', '),
);

function bulk(column: string, instead: string): string {
  return `case when a."command_name" in ('expense.import', 'college.configure') then '${instead}' else a."${column}" end as "${column}"`;
}

function conditionsOf(question: {
  readonly collegeId: Id;
  readonly text: string;
  readonly documentId: Id | null;
}): SQL[] {
  const conditions = [sql`"college_id" = ${question.collegeId}::uuid`];
  if (question.documentId !== null) conditions.push(sql`"document_id" = ${question.documentId}::uuid`);
  const inPerson = containsText(sql`lower("actor_name")`, question.text);
  const inStep = containsText(sql`lower("command_name")`, question.text);
  const inExpense = containsText(expenseSearchText, question.text);
  if (inPerson !== null && inStep !== null && inExpense !== null) {
    conditions.push(
      sql`(${inPerson} or ${inStep} or "document_id" in (select "id" from "expenses" where "college_id" = ${question.collegeId}::uuid and ${inExpense}))`,
    );
  }
  return conditions;
}

/** Every entry of a college, newest first, some hundred at a time. The caller has checked the scope. */
export async function* auditRows(
  db: Db,
  question: { readonly collegeId: Id; readonly text: string; readonly deviceName: DeviceNames },
): AsyncGenerator<AuditRow, void> {
  let before: number | null = null;
  for (;;) {
    const conditions = conditionsOf({ ...question, documentId: null });
    if (before !== null) conditions.push(sql`"position" < ${before}::int8`);
    const rows: readonly RawRow[] = await runQuery(db, windowOf(allOf(conditions), { offset: 0, limit: exportStep }));
    for (const row of rows) yield auditRow(row, question.deviceName);
    const last = rows.at(-1);
    if (last === undefined || rows.length < exportStep) return;
    before = int(last.position);
  }
}

const exportStep = 500;

// Entries are wide, so the window is found in the index first and only its entries are read.
const windowOf = (where: SQL, { offset, limit }: PageWindow): SQL =>
  sql`select ${shownColumns}, e."number", e."provisional_ref" from (
      select "college_id", "id" from "audit_entries" where ${where}
      order by "position" desc limit ${limit}::int8 offset ${offset}::int8
    ) as wanted
    join "audit_entries" a using ("college_id", "id")
    left join "expenses" e on e."college_id" = a."college_id" and e."id" = a."document_id"
    order by a."position" desc`;

function auditRow(row: RawRow, deviceName: DeviceNames): AuditRow {
  const entry = {
    id: text(row.id),
    version: int(row.version),
    position: int(row.position),
    commandName: text(row.command_name),
    actorName: text(row.actor_name),
    deviceId: text(row.device_id),
    occurredAt: int(row.occurred_at),
    command: text(row.command),
    signature: text(row.signature),
    changes: text(row.changes),
  };
  return {
    ...timelineEntry(entry, deviceName, null),
    documentId: textOrNull(row.document_id),
    reference: textOrNull(row.number) ?? textOrNull(row.provisional_ref),
    hash: text(row.hash),
    previousHash: text(row.previous_hash),
  };
}

export interface ChainReport {
  readonly intact: boolean;
  /** Entries that fit together from the first on. */
  readonly entries: number;
  /** The first position that does not fit. */
  readonly brokenAt: number | null;
  readonly headHash: string;
}

const stepEntries = 100;

/**
 * Walks the chain of a college from its first entry, reading a hundred entries at a time so that other questions are answered in
 * between. Entries that this desk predicts are no part of the chain yet.
 * @param pause is awaited between the steps
 */
export async function verifyAudit(
  db: Db,
  collegeId: Id,
  digest: Digest,
  pause: () => Promise<void> = async () => {},
): Promise<ChainReport> {
  let head = chainStart;
  for (;;) {
    const entries = await nextEntries(db, collegeId, head.position);
    const verdict: ChainVerdict = await verifyChain(entries, digest, head);
    if (!verdict.ok) {
      return { intact: false, entries: verdict.position - 1, brokenAt: verdict.position, headHash: head.hash };
    }
    head = verdict.head;
    if (entries.length < stepEntries) {
      return { intact: true, entries: head.position, brokenAt: null, headHash: head.hash };
    }
    await pause();
  }
}

async function nextEntries(db: Db, collegeId: Id, after: number): Promise<readonly AuditEntry[]> {
  const a = auditEntries;
  return db
    .select()
    .from(a)
    .where(and(eq(a.collegeId, collegeId), gt(a.position, after), gt(a.version, 0)))
    .orderBy(asc(a.position))
    .limit(stepEntries);
}
