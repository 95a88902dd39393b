import { type SQL, sql } from 'drizzle-orm';
import { parseExact } from '../../kernel/exact-json.ts';
import type { Db } from '../tables.ts';

/** A row as either driver hands it over: exact integers come as bigint from PGlite, as decimal text from PostgreSQL, as number or bigint out of JSON. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Runs one statement on PGlite or PostgreSQL alike. */
export async function runQuery(db: Db, statement: SQL): Promise<readonly RawRow[]> {
  const answer = (await db.execute(statement)) as unknown as { readonly rows: readonly RawRow[] };
  return answer.rows;
}

/**
 * As `runQuery`, for a select of many columns: each row travels as one text. Drivers describe, parse and convert every column of every
 * row, which for a page of a list takes longer than finding it. The order of the select is kept.
 */
export async function runWide(db: Db, select: SQL): Promise<readonly RawRow[]> {
  const rows = await runQuery(db, sql`select row_to_json("wide")::text as "row" from (${select}) as "wide"`);
  return rows.map((row) => parseExact(text(row.row)) as RawRow);
}

/** The first row of a statement that always has one, such as an aggregate. */
export async function runOne(db: Db, statement: SQL): Promise<RawRow> {
  const [row] = await runQuery(db, statement);
  if (row === undefined) throw new Error('a query that always answers gave no row');
  return row;
}

/** An exact integer of any size: int8, or a sum as numeric. A sum of nothing is zero. */
export function big(value: unknown): bigint {
  if (value === null || value === undefined) return 0n;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string' || typeof value === 'number') return BigInt(value);
  throw new TypeError(`not an integer: ${typeof value}`);
}

/** A count, a version or an instant: an integer that a number holds exactly. */
export function int(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('an integer is larger than a number holds exactly');
  return number;
}

export const intOrNull = (value: unknown): number | null => (value === null ? null : int(value));

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`not a text: ${typeof value}`);
  return value;
}

export const textOrNull = (value: unknown): string | null => (value === null ? null : text(value));
