import { type SQL, sql } from 'drizzle-orm';
import { type Db, sqlName, tableNames } from '../../shared/db/tables.ts';
import { wireTextOf } from '../../shared/db/wire-text.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { sqlRows } from './sql-rows.ts';

/** A row in the form of the wire, as canonical text, with the version it belongs to. */
export interface WireText {
  readonly version: number;
  readonly text: string;
}

export interface RowsPage {
  readonly rows: readonly WireText[];
  /** The last version that is in `rows` whole. */
  readonly version: number;
  readonly more: boolean;
}

const tombstoneText = `concat('{"id":"', "id", '","row":null,"table":', to_json("table_name"), ',"version":', "version", '}')`;

const sources = [
  ...tableNames.map((table) => ({ from: `"${sqlName(table)}"`, text: sql.raw(wireTextOf(table)) })),
  { from: '"tombstones"', text: sql.raw(tombstoneText) },
];

const unionOf = (collegeId: Id, condition: SQL, limit: SQL): SQL =>
  sql.join(
    sources.map(
      ({ from, text }) =>
        sql`(SELECT "version", ${text} AS "text" FROM ${sql.raw(from)} WHERE "college_id" = ${collegeId} AND ${condition} ORDER BY "version"${limit})`,
    ),
    sql` UNION ALL `,
  );

async function readRows(db: Db, collegeId: Id, condition: SQL, limit: SQL): Promise<WireText[]> {
  const statement = sql`SELECT "version", "text" FROM (${unionOf(collegeId, condition, limit)}) AS "rows" ORDER BY "version"${limit}`;
  const rows = await sqlRows<{ version: string | number | bigint; text: string }>(db, statement);
  return rows.map(({ version, text }) => ({ version: Number(version), text }));
}

/**
 * The rows and tombstones of the college after the cursor, in order of version and by whole versions only: a version is the change of
 * one command, and half of it is a state the books never had. A version larger than the limits comes alone.
 */
export async function rowsAfter(
  db: Db,
  collegeId: Id,
  cursor: number,
  limits: { readonly rowsMax: number; readonly bytesMax: number; readonly stepRows: number },
): Promise<RowsPage> {
  // By the index on the version, whatever the database believes of tables that grew since it last counted: sorting all that is behind the
  // cursor for every page would make reading large books take the square of their size.
  await db.execute(
    sql`SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
  );
  const rows: WireText[] = [];
  let bytes = 0;
  let at = cursor;
  for (;;) {
    const wanted = Math.min(limits.stepRows, limits.rowsMax) + 1;
    const step = await readRows(db, collegeId, sql`"version" > ${at}`, sql` LIMIT ${wanted}`);
    const isLast = step.length < wanted;
    const cut = step.at(-1)?.version;
    // The last version of a full step may go on behind it.
    let whole = isLast ? step : step.filter(({ version }) => version !== cut);
    if (whole.length === 0 && cut !== undefined)
      whole = await readRows(db, collegeId, sql`"version" = ${cut}`, sql.empty());
    for (const version of byVersion(whole)) {
      const size = version.reduce((sum, row) => sum + Buffer.byteLength(row.text), 0);
      const isTooMuch = rows.length + version.length > limits.rowsMax || bytes + size > limits.bytesMax;
      if (rows.length > 0 && isTooMuch) return { rows, version: at, more: true };
      rows.push(...version);
      bytes += size;
      at = version[0]?.version ?? at;
    }
    if (isLast) return { rows, version: at, more: false };
  }
}

function byVersion(rows: readonly WireText[]): WireText[][] {
  const groups: WireText[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.version === row.version) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
