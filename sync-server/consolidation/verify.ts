import { sql } from 'drizzle-orm';
import { inScope } from '../../shared/db/scope.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { ServerContext } from '../services/context.ts';
import { sqlRows } from '../stores/sql-rows.ts';

/** A cell of the totals that is not what its voucher lines add up to. */
export interface WrongTotal {
  readonly collegeId: Id;
  readonly month: string;
  readonly category: string;
  readonly accountCode: string;
}

/** Compares every total of the colleges with the lines it stands for, and with lines that no total stands for. */
export function wrongTotals(context: ServerContext, collegeIds: readonly Id[]): Promise<readonly WrongTotal[]> {
  const compared = sql`
    WITH "lines" AS (
      SELECT "college_id", to_char("date", 'YYYY-MM') AS "month", coalesce("category", '') AS "category", "account_code",
        sum("debit_paise") AS "debit", sum("credit_paise") AS "credit", count(*) AS "count"
      FROM "voucher_lines" GROUP BY 1, 2, 3, 4
    )
    SELECT "college_id" AS "collegeId", "month", "category", "account_code" AS "accountCode"
    FROM "lines" FULL JOIN "consolidation_totals" AS "totals" USING ("college_id", "month", "category", "account_code")
    WHERE "totals"."debit_paise" IS DISTINCT FROM "lines"."debit"
      OR "totals"."credit_paise" IS DISTINCT FROM "lines"."credit"
      OR "totals"."line_count" IS DISTINCT FROM "lines"."count"
    ORDER BY 1, 2, 3, 4`;
  return inScope(context.database.db, collegeIds, (tx) => sqlRows<WrongTotal>(tx, compared), { snapshot: true });
}
