import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';

/**
 * Runs what moves whole vouchers of a college, without debit and credit being compared at the commit for each line that moved. That they
 * are equal is for `run` to see to.
 */
export async function withoutBalanceOfLines(tx: Db, run: () => Promise<void>): Promise<void> {
  // A table with comparisons that still wait for the commit cannot be altered.
  await tx.execute(sql`SET CONSTRAINTS "voucher_lines_balance" IMMEDIATE`);
  await tx.execute(sql`SET CONSTRAINTS "voucher_lines_balance" DEFERRED`);
  await tx.execute(sql`ALTER TABLE "voucher_lines" DISABLE TRIGGER "voucher_lines_balance"`);
  await run();
  await tx.execute(sql`ALTER TABLE "voucher_lines" ENABLE TRIGGER "voucher_lines_balance"`);
}
