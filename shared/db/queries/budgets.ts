import { and, asc, eq, sql } from 'drizzle-orm';
import { alertLevel, availableOf, basisPointsUsed } from '../../domain/budget/use.ts';
import type { BudgetView } from '../../ipc/contract/masters.ts';
import type { FinancialYear } from '../../kernel/dates.ts';
import { MunimError } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { sumPaise } from '../../kernel/money.ts';
import { budgets, categories, colleges } from '../schema.ts';
import type { Db } from '../tables.ts';
import { big, runQuery, text } from './run-query.ts';

export interface BudgetList {
  readonly rows: BudgetView[];
  readonly allocatedPaise: bigint;
  readonly committedPaise: bigint;
  readonly spentPaise: bigint;
  readonly months: { readonly month: string; readonly spentPaise: bigint }[];
}

/**
 * The budgets of one college and year, one row for each category: those in use, and those that have a budget although they are no longer
 * offered. The months tell when the year's expense was posted. The caller has checked the scope.
 * @throws MunimError NOT_FOUND
 */
export async function budgetList(db: Db, collegeId: Id, financialYear: FinancialYear): Promise<BudgetList> {
  const [college] = await db.select().from(colleges).where(eq(colleges.collegeId, collegeId));
  if (college === undefined) throw new MunimError('NOT_FOUND', { what: 'college' });
  const known = await db
    .select()
    .from(categories)
    .where(eq(categories.collegeId, collegeId))
    .orderBy(asc(categories.code));
  const found = await db
    .select()
    .from(budgets)
    .where(and(eq(budgets.collegeId, collegeId), eq(budgets.financialYear, financialYear)))
    .orderBy(asc(budgets.category));
  const labels = new Map(known.map((category) => [category.code, category]));
  const budgeted = new Map(found.map((budget) => [budget.category, budget]));
  const offered = known.filter((category) => category.isActive).map((category) => category.code);
  const codes = [...new Set([...offered, ...budgeted.keys()])].sort();
  const rows = codes.map((code): BudgetView => {
    const { allocatedPaise, committedPaise, spentPaise } = budgeted.get(code) ?? nothing;
    const amounts = { allocatedPaise, committedPaise, spentPaise };
    return {
      category: code,
      label: labels.get(code)?.label ?? code,
      labelHi: labels.get(code)?.labelHi ?? code,
      collegeId,
      ...amounts,
      availablePaise: availableOf(amounts),
      usedBp: basisPointsUsed(amounts),
      alertLevel: alertLevel(amounts, college),
    };
  });
  return {
    rows,
    allocatedPaise: sumPaise(rows.map((row) => row.allocatedPaise)),
    committedPaise: sumPaise(rows.map((row) => row.committedPaise)),
    spentPaise: sumPaise(rows.map((row) => row.spentPaise)),
    months: await monthsOf(db, collegeId, financialYear),
  };
}

const nothing = { allocatedPaise: 0n, committedPaise: 0n, spentPaise: 0n };

/** The twelve months of a financial year, April first. */
export const monthsOfYear = (financialYear: FinancialYear): readonly string[] =>
  Array.from({ length: 12 }, (_, index) => {
    const month = ((index + 3) % 12) + 1;
    const year = Number(financialYear.slice(0, 4)) + (month < 4 ? 1 : 0);
    return `${year}-${String(month).padStart(2, '0')}`;
  });

/** Only expense lines carry a category, so a month's totals under any category are its expense. */
async function monthsOf(db: Db, collegeId: Id, financialYear: FinancialYear): Promise<BudgetList['months']> {
  const rows = await runQuery(
    db,
    sql`select "month", (sum("debit_paise") - sum("credit_paise"))::text as "spent" from "consolidation_totals"
      where "college_id" = ${collegeId}::uuid and "financial_year" = ${financialYear} and "category" <> '' group by "month"`,
  );
  const spent = new Map(rows.map((row) => [text(row.month), big(row.spent)]));
  return monthsOfYear(financialYear).map((month) => ({ month, spentPaise: spent.get(month) ?? 0n }));
}
