import { type SQL, sql } from 'drizzle-orm';
import { canonicalText, type Plain } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { limits } from '../kernel/limits.ts';
import { columnsOf, type Db, sqlName, tableNames } from './tables.ts';
import { wireTextOf } from './wire-text.ts';

/** Rows by number and by a sum over them, in which order does not count; equal sums mean equal rows (two 60-bit sums of MD5). */
export interface RowSum {
  readonly count: number;
  readonly sum: string;
}

/** The rows of a college whose version is above `from` and up to `to`. */
export interface RowDigest {
  readonly tables: readonly (RowSum & { readonly table: string })[];
  /** The same rows by ranges of versions, each from the end of the one before it; none when the range is a single version. */
  readonly ranges: readonly (RowSum & { readonly to: number })[];
  /** Row by row when the range is a single version: no more than the limit of them. */
  readonly rows: readonly { readonly table: string; readonly id: string; readonly sum: string }[];
}

/** Which columns the sums are made of; sums of two programs compare only when this is the same text. */
export const digestForm = (): string =>
  canonicalText(tableNames.map((table) => [table, columnsOf(table).map(({ key, type }) => `${key}:${type}`)]) as Plain);

const part = (hash: string, at: number): string => `('x' || substr(${hash}, ${at}, 15))::bit(60)::int8`;

function sumsOf(collegeId: Id, from: number, to: number): SQL {
  const each = tableNames.map((table) => {
    const text = sql.raw(wireTextOf(table));
    return sql`SELECT ${table}::text AS "table", "id"::text AS "id", "version", md5(${text}) AS "hash"
      FROM ${sql.raw(`"${sqlName(table)}"`)} WHERE "college_id" = ${collegeId} AND "version" > ${from} AND "version" <= ${to}`;
  });
  return sql.join(each, sql` UNION ALL `);
}

interface SummedRow {
  readonly key: string;
  readonly count: string;
  readonly one: string;
  readonly two: string;
}

/** Reads only. To be asked inside one snapshot with the version of the college. */
export async function digestRows(db: Db, collegeId: Id, from: number, to: number): Promise<RowDigest> {
  const rows = async <R>(statement: SQL): Promise<readonly R[]> => {
    const answer = (await db.execute(statement)) as unknown as { readonly rows: readonly R[] };
    return answer.rows;
  };
  const sums = sumsOf(collegeId, from, to);
  const summed = (key: SQL): SQL => sql`SELECT (${key})::text AS "key", count(*)::text AS "count",
    sum(${sql.raw(part('"hash"', 1))})::text AS "one", sum(${sql.raw(part('"hash"', 16))})::text AS "two"
    FROM (${sums}) AS "rows" GROUP BY 1`;
  const byTable = new Map((await rows<SummedRow>(summed(sql`"table"`))).map((row) => [row.key, row]));
  const tables = tableNames.map((table) => ({ table, ...sumOf(byTable.get(table)) }));
  if (to - from <= 1) {
    const single = sql`SELECT * FROM (${sums}) AS "rows" ORDER BY 1, 2 LIMIT ${limits.sync.comparedRowsMax}`;
    const found = await rows<{ table: string; id: string; hash: string }>(single);
    return { tables, ranges: [], rows: found.map(({ table, id, hash }) => ({ table, id, sum: hash })) };
  }
  const step = Math.ceil((to - from) / limits.sync.comparedRanges);
  const byRange = new Map(
    (await rows<SummedRow>(summed(sql`("version" - ${from}::int8 - 1) / ${step}::int8`))).map((row) => [row.key, row]),
  );
  const ranges = [];
  for (let index = 0; from + index * step < to; index++) {
    ranges.push({ to: Math.min(to, from + (index + 1) * step), ...sumOf(byRange.get(String(index))) });
  }
  return { tables, ranges, rows: [] };
}

const sumOf = (row: SummedRow | undefined): RowSum =>
  row ? { count: Number(row.count), sum: `${row.one}.${row.two}` } : { count: 0, sum: '0.0' };
