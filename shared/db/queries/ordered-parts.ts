import { type SQL, sql } from 'drizzle-orm';

/** Rows of a list to skip and to give. */
export interface PageWindow {
  readonly offset: number;
  readonly limit: number;
}

/**
 * The first rows of several conditions, merged in one order. Each part is answered by an index in that order; no more than the window is
 * ever sorted. `order` and `columns` are bare column names, valid in the table and in the union alike.
 */
export function mergeParts(
  table: SQL,
  parts: readonly SQL[],
  columns: SQL,
  order: SQL,
  { offset, limit }: PageWindow,
): SQL {
  const end = sql`limit ${limit}::int8 offset ${offset}::int8`;
  const [first] = parts;
  if (first !== undefined && parts.length === 1) {
    return sql`select ${columns} from ${table} where ${first} order by ${order} ${end}`;
  }
  const branches = parts.map(
    (part) => sql`(select ${columns} from ${table} where ${part} order by ${order} limit ${offset + limit}::int8)`,
  );
  return sql`select ${columns} from (${sql.join(branches, sql` union all `)}) as parts order by ${order} ${end}`;
}

/** Column names as SQL, quoted. */
export const columnList = (names: readonly string[]): SQL => sql.raw(names.map((name) => `"${name}"`).join(', '));
