import { sql } from 'drizzle-orm';
import type { Db } from './tables.ts';

/**
 * Adds the posted lines of all colleges up again and counts the days and accounts whose kept sums say anything else: zero, or the books
 * are damaged.
 */
export async function wrongLedgerDays(db: Db): Promise<number> {
  const answer = await db.execute(wrongLedgerDaysSql);
  const [row] = (answer as unknown as { readonly rows: readonly { readonly wrong: number | string | bigint }[] }).rows;
  return Number(row?.wrong);
}

const wrongLedgerDaysSql = sql.raw(`SELECT count(*)::int4 AS "wrong" FROM (
    SELECT "college_id", "account_code", "date", sum("debit_paise") AS "debit", sum("credit_paise") AS "credit", count(*) AS "lines"
    FROM "voucher_lines" GROUP BY 1, 2, 3
  ) l FULL JOIN "ledger_days" d USING ("college_id", "account_code", "date")
  WHERE l."debit" IS DISTINCT FROM d."debit_paise" OR l."credit" IS DISTINCT FROM d."credit_paise"
    OR l."lines" IS DISTINCT FROM d."line_count"`);
