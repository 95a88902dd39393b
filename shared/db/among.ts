import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { Id } from '../kernel/ids.ts';

/**
 * Whether the column is one of these ids, as one parameter. A parameter for each of five hundred ids makes a statement that takes longer
 * to put together, to send and to plan than to answer.
 */
export const among = (column: AnyColumn, ids: readonly Id[]): SQL =>
  sql`${column} = ANY (string_to_array(${ids.join(',')}, ',')::uuid[])`;
