import { sql } from 'drizzle-orm';
import type { MonthFigures } from '../../../domain/report/monthly-report.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { big, runOne, runQuery, text } from '../run-query.ts';

/** Income and expenditure of a month out of its kept totals. */
export async function monthFigures(db: Db, collegeId: Id, month: string): Promise<MonthFigures> {
  const ofKind = (kind: 'income' | 'expense') => sql`from "consolidation_totals" t
    join "accounts" a on a."college_id" = t."college_id" and a."code" = t."account_code" and a."kind" = ${kind}
    left join "categories" c on c."college_id" = t."college_id" and c."code" = t."category"
    where t."college_id" = ${collegeId}::uuid and t."month" = ${month}`;
  const { revenue } = await runOne(
    db,
    sql`select sum(t."credit_paise" - t."debit_paise")::text as "revenue" ${ofKind('income')}`,
  );
  const rows = await runQuery(
    db,
    sql`select t."category", max(c."label") as "label", max(c."label_hi") as "label_hi", sum(t."debit_paise" - t."credit_paise")::text as "amount"
      ${ofKind('expense')} group by 1 order by t."category" = '', t."category" COLLATE "C"`,
  );
  const expenses = rows.map((row) => {
    const category = text(row.category);
    const labels = { label: text(row.label ?? category), labelHi: text(row.label_hi ?? category) };
    return { category: category === '' ? null : category, ...labels, amountPaise: big(row.amount) };
  });
  return { month, revenuePaise: big(revenue), expenses: expenses.filter(({ amountPaise }) => amountPaise !== 0n) };
}
