import { type SQL, sql } from 'drizzle-orm';
import type { Id } from '../../kernel/ids.ts';

/** A college whose rows may be read, with what lists show of it. */
export interface ScopeCollege {
  readonly id: Id;
  readonly code: string;
}

/** The colleges of the signed-in person on this desk. Every query takes one: what is not in it is not read. */
export type Scope = readonly ScopeCollege[];

/** The colleges to read: all of the scope, or the one that was asked for if it is in it. */
export const idsIn = (scope: Scope, collegeId: Id | null): readonly Id[] =>
  scope.map((college) => college.id).filter((id) => collegeId === null || id === collegeId);

export const codeOf = (scope: Scope, collegeId: Id): string =>
  scope.find((college) => college.id === collegeId)?.code ?? '';

/** `column = one` or `column in (…)`; of no college, nothing. One value is compared alone, so that an index can give its order. */
export function isOneOf(column: SQL, values: readonly string[], type: 'uuid' | 'text'): SQL {
  const cast = sql.raw(`::${type}`);
  const [only] = values;
  if (only === undefined) return sql`false`;
  if (values.length === 1) return sql`${column} = ${only}${cast}`;
  return sql`${column} in (${sql.join(
    values.map((value) => sql`${value}${cast}`),
    sql`, `,
  )})`;
}
