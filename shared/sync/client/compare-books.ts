import type { DiagnoseAnswer } from '../messages.ts';

/** What one side says of its rows in a range of versions. */
export type Digest = Pick<DiagnoseAnswer, 'version' | 'form' | 'tables' | 'ranges' | 'rows'>;
export type AskDigest = (from: number, to: number) => Promise<Digest>;

export interface TableDifference {
  readonly table: string;
  readonly here: number;
  readonly there: number;
}

/** A row that only one side has in this version, or that both have with other content. */
export interface FirstDifference {
  readonly version: number;
  readonly table: string;
  readonly id: string;
  readonly kind: 'only-here' | 'only-there' | 'other-content';
}

export type Comparison =
  | { readonly outcome: 'equal'; readonly version: number; readonly rows: number }
  /** The server went on meanwhile, or this desk has not read everything: to be asked again after a pull. */
  | { readonly outcome: 'moved'; readonly here: number; readonly there: number }
  /** Another version of the program: the rows cannot be compared. */
  | { readonly outcome: 'other-form' }
  | {
      readonly outcome: 'different';
      readonly version: number;
      readonly tables: readonly TableDifference[];
      /** Null when it went away while it was looked for. */
      readonly first: FirstDifference | null;
    };

/** Finds the lowest version in which two sides differ, by halving (more exactly: by the ranges of the digest) and then row by row. */
export async function compareBooks(cursor: number, here: AskDigest, there: AskDigest): Promise<Comparison> {
  if (cursor === 0) return { outcome: 'moved', here: 0, there: (await there(0, 1)).version };
  let [mine, theirs] = await both(0, cursor, here, there);
  if (mine.form !== theirs.form) return { outcome: 'other-form' };
  if (theirs.version !== cursor) return { outcome: 'moved', here: cursor, there: theirs.version };
  const tables = differing(mine, theirs);
  if (tables.length === 0) {
    return { outcome: 'equal', version: cursor, rows: mine.tables.reduce((sum, { count }) => sum + count, 0) };
  }
  let from = 0;
  let to = cursor;
  while (to - from > 1) {
    const index = mine.ranges.findIndex((range, at) => {
      const other = theirs.ranges[at];
      return other?.to !== range.to || other.count !== range.count || other.sum !== range.sum;
    });
    const range = mine.ranges[index];
    if (!range) return { outcome: 'different', version: cursor, tables, first: null };
    from = mine.ranges[index - 1]?.to ?? from;
    to = range.to;
    [mine, theirs] = await both(from, to, here, there);
  }
  return { outcome: 'different', version: cursor, tables, first: firstRow(to, mine, theirs) };
}

const both = (from: number, to: number, here: AskDigest, there: AskDigest) =>
  Promise.all([here(from, to), there(from, to)]);

function differing(mine: Digest, theirs: Digest): TableDifference[] {
  const others = new Map(theirs.tables.map((one) => [one.table, one]));
  return mine.tables.flatMap(({ table, count, sum }) => {
    const other = others.get(table);
    return other?.sum === sum && other.count === count ? [] : [{ table, here: count, there: other?.count ?? 0 }];
  });
}

function firstRow(version: number, mine: Digest, theirs: Digest): FirstDifference | null {
  const keyOf = ({ table, id }: { table: string; id: string }) => `${table}/${id}`;
  const [ours, others] = [mine, theirs].map(({ rows }) => new Map(rows.map((row) => [keyOf(row), row])));
  for (const [key, { table, id, sum }] of ours ?? []) {
    const other = others?.get(key);
    if (!other) return { version, table, id, kind: 'only-here' };
    if (other.sum !== sum) return { version, table, id, kind: 'other-content' };
  }
  for (const [key, { table, id }] of others ?? []) {
    if (!ours?.has(key)) return { version, table, id, kind: 'only-there' };
  }
  return null;
}
