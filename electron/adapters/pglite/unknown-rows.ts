import { sql } from 'drizzle-orm';
import { type Db, tableNames } from '../../../shared/db/tables.ts';
import { parseCanonical } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { WireRow } from '../../../shared/sync/messages.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { type ReadRow, readWireRow, stageRows } from './wire-row.ts';

/** Keeps what is not known of these rows, and forgets what was kept of them before. */
export async function putUnknown(tx: Db, collegeId: Id, rows: readonly ReadRow[]): Promise<void> {
  const unknown = rows.filter((row) => row.unknown !== null);
  const [kept] = await rowsOf(tx, sql`SELECT 1 FROM "desk"."unknown_rows" LIMIT 1`);
  if (kept !== undefined) await forget(tx, collegeId, rows);
  if (unknown.length === 0) return;
  const records = JSON.stringify(unknown.map(({ table, id, version, unknown: row }) => ({ table, id, version, row })));
  await tx.execute(sql`INSERT INTO "desk"."unknown_rows" ("college_id", "table_name", "row_id", "version", "row")
    SELECT DISTINCT ON ("table", "id") ${collegeId}::uuid, "table", "id", "version", "row"
    FROM json_to_recordset(${records}::json) AS r("table" text, "id" text, "version" int8, "row" text)
    ORDER BY "table", "id", "version" DESC`);
}

async function forget(tx: Db, collegeId: Id, rows: readonly Pick<WireRow, 'table' | 'id'>[]): Promise<void> {
  const names = JSON.stringify(rows.map(({ table, id }) => ({ table, id })));
  await tx.execute(sql`DELETE FROM "desk"."unknown_rows" u
    USING json_to_recordset(${names}::json) AS r("table" text, "id" text)
    WHERE u."college_id" = ${collegeId} AND u."table_name" = r."table" AND u."row_id" = r."id"`);
}

const CHUNK_ROWS = 1_000;

/**
 * To be called when the desk starts: rows that this version knows at last go into the stage, and with the next pull into the books.
 * @returns how many
 */
export async function stageKnownAtLast(db: Db): Promise<number> {
  let done = 0;
  let after: Kept | undefined;
  do {
    const chunk = await keptAfter(db, after);
    for (const collegeId of new Set(chunk.map(({ college_id }) => college_id))) {
      const known = chunk.filter(({ college_id }) => college_id === collegeId).flatMap((kept) => knownAtLast(kept));
      if (known.length === 0) continue;
      await inTransaction(db, async (tx) => {
        await stageRows(tx, collegeId, known);
        await forget(tx, collegeId, known);
      });
      done += known.length;
    }
    after = chunk.at(-1);
  } while (after !== undefined);
  return done;
}

interface Kept {
  readonly college_id: Id;
  readonly table_name: string;
  readonly row_id: string;
  readonly version: bigint;
  readonly row: string;
}

/** Rows of tables that are known here, in the order of their key. */
async function keptAfter(db: Db, after: Kept | undefined): Promise<readonly Kept[]> {
  const place = sql.raw('("college_id", "table_name", "row_id")');
  const beyond =
    after === undefined ? sql`` : sql`AND ${place} > (${after.college_id}::uuid, ${after.table_name}, ${after.row_id})`;
  return await rowsOf<Kept>(
    db,
    sql`SELECT * FROM "desk"."unknown_rows" WHERE "table_name" = ANY (string_to_array(${tableNames.join(',')}, ',')) ${beyond}
      ORDER BY ${place} LIMIT ${CHUNK_ROWS}`,
  );
}

function knownAtLast({ college_id, table_name, row_id, version, row }: Kept): readonly ReadRow[] {
  const fields = parseCanonical(row) as Readonly<Record<string, unknown>>;
  const read = readWireRow(college_id, { table: table_name, id: row_id, version: Number(version), row: fields });
  return read.unknown === null ? [read] : [];
}
