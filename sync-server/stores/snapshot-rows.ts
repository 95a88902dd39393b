import { sql } from 'drizzle-orm';
import { columnsOf, type Db, sqlName, tableNames } from '../../shared/db/tables.ts';
import type { TableName } from '../../shared/domain/rows.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { sqlRows } from './sql-rows.ts';

/** The columns of a table as a snapshot carries them: all but the college, which the reader of the snapshot knows. */
export const snapshotColumns = (table: TableName): readonly string[] =>
  columnsOf(table)
    .map(({ name }) => name)
    .filter((name) => name !== 'college_id');

/** SQL that writes a row as a line of CSV: quoted where it is not null, so that an empty text stays one. */
const lineOf = (table: TableName): string => {
  const cells = columnsOf(table)
    .filter(({ name }) => name !== 'college_id')
    .map(({ name, type }) => {
      const text = `"${name}"::text`;
      const cell = type === 'string' ? `'"' || replace(${text}, '"', '""') || '"'` : text;
      return `coalesce(${cell}, '')`;
    });
  return `concat_ws(',', ${cells.join(', ')})`;
};
const lines = new Map(tableNames.map((table) => [table, lineOf(table)]));

/** So few that even the largest rows of all fit into memory. */
const FIRST_STEP_ROWS = 50;

export interface SnapshotLines {
  readonly lines: readonly string[];
  /** The last row that is in it, or null when the table ends with it. */
  readonly next: Id | null;
}

/** Rows of a table in the order of their ids, behind `after`, until they take `bytesMax`; at least one. */
export async function snapshotLines(
  db: Db,
  collegeId: Id,
  table: TableName,
  after: Id,
  { bytesMax, stepRows }: { readonly bytesMax: number; readonly stepRows: number },
): Promise<SnapshotLines> {
  // By the key in its order, whatever the database believes of a table that grew since it last counted: sorting all rows for every part
  // would make a large table take the square of its time.
  await db.execute(
    sql`SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
  );
  const found: string[] = [];
  let bytes = 0;
  let at = after;
  let wanted = FIRST_STEP_ROWS;
  for (;;) {
    const step = await sqlRows<{ id: Id; line: string }>(
      db,
      sql`SELECT "id", ${sql.raw(lines.get(table) ?? '')} AS "line" FROM ${sql.raw(`"${sqlName(table)}"`)}
        WHERE "college_id" = ${collegeId} AND "id" > ${at}::uuid ORDER BY "id" LIMIT ${wanted}`,
    );
    for (const { id, line } of step) {
      found.push(line);
      bytes += line.length;
      at = id;
      if (bytes >= bytesMax) return { lines: found, next: at };
    }
    if (step.length < wanted) return { lines: found, next: null };
    // Rows differ by a thousand times in size; a step takes about what is still missing.
    wanted = Math.max(FIRST_STEP_ROWS, Math.min(stepRows, Math.ceil((bytesMax - bytes) / (bytes / found.length))));
  }
}

export async function snapshotCounts(db: Db, collegeId: Id): Promise<ReadonlyMap<TableName, number>> {
  const counts = sql.join(
    tableNames.map(
      (table) =>
        sql`SELECT ${table}::text AS "name", count(*)::int4 AS "rows" FROM ${sql.raw(`"${sqlName(table)}"`)} WHERE "college_id" = ${collegeId}`,
    ),
    sql` UNION ALL `,
  );
  const rows = await sqlRows<{ name: TableName; rows: number }>(db, counts);
  return new Map(rows.map(({ name, rows: count }) => [name, Number(count)]));
}
