import { sql } from 'drizzle-orm';
import { type AnyRow, checkRow, columnsOf, type Db, isTableName } from '../../../shared/db/tables.ts';
import { canonicalText, type Plain } from '../../../shared/kernel/canonical.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { WireRow } from '../../../shared/sync/messages.ts';
import { rowJson } from './row-json.ts';

/** A row as `desk.pull_stage` keeps it; null for a tombstone. */
interface StagedRow {
  readonly table_name: string;
  readonly row_id: string;
  readonly version: number;
  readonly row: string | null;
}

export interface ReadRow {
  readonly table: string;
  readonly id: string;
  readonly version: number;
  /** What this version can put into its books; null when it has no such table. */
  readonly staged: StagedRow | null;
  /** The whole row in canonical text, when there is something in it that this version does not know. */
  readonly unknown: string | null;
}

/**
 * Takes a row from the wire apart into what this version knows and what it does not. A column that the server does not know yet is empty.
 * @throws MunimError SYNC_ROW_MISFIT
 */
export function readWireRow(collegeId: Id, { table, id, version, row }: WireRow): ReadRow {
  const isKnown = isTableName(table);
  const common = { table, id, version };
  const place = { table_name: table, row_id: id, version };
  if (row === null) return { ...common, staged: isKnown ? { ...place, row: null } : null, unknown: null };
  if (row.collegeId !== collegeId || row.id !== id) throw new MunimError('SYNC_ROW_MISFIT', { table });
  const whole = canonicalText(row as Plain);
  if (!isKnown) return { ...common, staged: null, unknown: whole };
  const columns = columnsOf(table).filter(({ key }) => key !== 'version');
  const fields = Object.fromEntries(
    columns.map(({ key, notNull }) => [key, key in row || notNull ? row[key] : null] as const),
  );
  const checked = checkRow(table, fields);
  if (!checked.ok) throw new MunimError(checked.error.code, checked.error.details);
  const known = new Set(columns.map(({ key }) => key));
  const isWhole = Object.keys(row).every((key) => known.has(key));
  const staged = { ...place, row: rowJson(table, checked.value as unknown as AnyRow, version) };
  return { ...common, staged, unknown: isWhole ? null : whole };
}

/** Puts what is known of rows into the stage. A row may come again in a later page; its newest version counts. */
export async function stageRows(tx: Db, collegeId: Id, rows: readonly ReadRow[]): Promise<void> {
  const records = JSON.stringify(rows.flatMap(({ staged }) => staged ?? []));
  await tx.execute(sql`INSERT INTO "desk"."pull_stage" ("college_id", "table_name", "row_id", "version", "row")
    SELECT ${collegeId}::uuid, "table_name", "row_id", "version", "row"
    FROM json_to_recordset(${records}::json) AS r("table_name" text, "row_id" uuid, "version" int8, "row" text)
    ON CONFLICT ("college_id", "table_name", "row_id") DO UPDATE SET "version" = excluded."version", "row" = excluded."row"`);
}
