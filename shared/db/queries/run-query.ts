import type { SQL } from 'drizzle-orm';
import type { Db } from '../tables.ts';

/** A row as either driver hands it over: exact integers come as bigint from PGlite and as decimal text from PostgreSQL. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Runs one statement on PGlite or PostgreSQL alike. */
export async function runQuery(db: Db, statement: SQL): Promise<readonly RawRow[]> {
  const answer = (await db.execute(statement)) as unknown as { readonly rows: readonly RawRow[] };
  return answer.rows;
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
