import { type SQL, sql } from 'drizzle-orm';

/** What a search looks through. The migrations index exactly these expressions; a changed letter here loses the index. */
export const expenseSearchText = sql.raw(
  `lower(coalesce("number", '') || ' ' || "provisional_ref" || ' ' || "vendor_name" || ' ' || coalesce("bill_no", '') || ' ' || "description")`,
);
export const voucherSearchText = sql.raw(
  `lower(coalesce("number", '') || ' ' || coalesce("party", '') || ' ' || coalesce("reference", '') || ' ' || "narration")`,
);
export const vendorSearchText = sql.raw(`lower("name" || ' ' || coalesce("gstin", ''))`);

/** Names in the order of lists: by code point, Latin letters without regard to case, the same on every machine. */
export const expenseVendorOrder = sql.raw(`lower("vendor_name" COLLATE "C") COLLATE "C"`);
export const vendorNameOrder = sql.raw(`lower("name" COLLATE "C") COLLATE "C"`);

/** The trigram index knows pieces of three characters; shorter texts are only looked for where words begin. */
const wholeTextFrom = 3;

/**
 * Whether the searched text contains what was typed, whatever the case; one or two characters must begin a word. Null when nothing was
 * typed.
 */
export function containsText(expression: SQL, typed: string): SQL | null {
  const wanted = typed.trim();
  if (wanted === '') return null;
  const literal = wanted.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  if ([...wanted].length >= wholeTextFrom) return sql`${expression} like lower(${`%${literal}%`})`;
  return sql`(${expression} like lower(${`${literal}%`}) or ${expression} like lower(${`% ${literal}%`}))`;
}
