import { sql } from 'drizzle-orm';
import type { BudgetLine } from '../../../domain/report/budget-report.ts';
import type { FinancialYear } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { big, runQuery, text } from '../run-query.ts';

export async function budgetLines(db: Db, collegeId: Id, year: FinancialYear): Promise<readonly BudgetLine[]> {
  const rows = await runQuery(
    db,
    sql`select b."category", c."label", c."label_hi", b."allocated_paise", b."committed_paise", b."spent_paise" from "budgets" b
      left join "categories" c on c."college_id" = b."college_id" and c."code" = b."category"
      where b."college_id" = ${collegeId}::uuid and b."financial_year" = ${year} order by b."category" COLLATE "C"`,
  );
  return rows.map((row) => ({
    category: text(row.category),
    label: text(row.label ?? row.category),
    labelHi: text(row.label_hi ?? row.category),
    allocatedPaise: big(row.allocated_paise),
    committedPaise: big(row.committed_paise),
    spentPaise: big(row.spent_paise),
  }));
}
