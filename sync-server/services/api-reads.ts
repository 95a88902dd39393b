import { and, asc, eq, gte, lte, type SQL } from 'drizzle-orm';
import { accounts, budgets, categories, colleges, expenses, people } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { alertLevel, availableOf, basisPointsUsed, usedOf } from '../../shared/domain/budget/use.ts';
import type { ExpenseStatus, Role } from '../../shared/domain/rows.ts';
import type { FinancialYear, IsoDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import type { ServerContext } from './context.ts';

/** The reads of 001 section 1, each within the colleges it is given. */
const within = <T>(context: ServerContext, collegeIds: readonly Id[], work: (tx: Db) => Promise<T>): Promise<T> =>
  inScope(context.database.db, collegeIds, work, { snapshot: true });

export const readColleges = (context: ServerContext, collegeIds: readonly Id[]) =>
  within(context, collegeIds, (tx) => tx.select().from(colleges).orderBy(asc(colleges.code)));

export const readUsers = (context: ServerContext, collegeIds: readonly Id[], role: Role | undefined) =>
  within(context, collegeIds, (tx) =>
    tx
      .select()
      .from(people)
      .where(role === undefined ? undefined : eq(people.role, role))
      .orderBy(asc(people.name), asc(people.collegeId), asc(people.id)),
  );

export const readGlCodes = (context: ServerContext, collegeId: Id) =>
  within(context, [collegeId], (tx) => tx.select().from(accounts).orderBy(asc(accounts.code)));

export const readCategories = (context: ServerContext, collegeId: Id) =>
  within(context, [collegeId], (tx) =>
    tx.select().from(categories).where(eq(categories.isActive, true)).orderBy(asc(categories.code)),
  );

export const readBudgets = (context: ServerContext, collegeId: Id, year: FinancialYear) =>
  within(context, [collegeId], async (tx) => {
    const [college] = await tx.select().from(colleges);
    const rows = await tx.select().from(budgets).where(eq(budgets.financialYear, year)).orderBy(asc(budgets.category));
    return rows.map((budget) => ({
      category: budget.category,
      allocatedPaise: budget.allocatedPaise,
      utilizedPaise: usedOf(budget),
      remainingPaise: availableOf(budget),
      utilizationBp: basisPointsUsed(budget),
      alertLevel: college ? alertLevel(budget, college) : 'normal',
    }));
  });

export interface ExpenseFilter {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly status: ExpenseStatus | undefined;
}

export const readExpenses = (context: ServerContext, collegeIds: readonly Id[], filter: ExpenseFilter) =>
  within(context, collegeIds, async (tx) => {
    const conditions: SQL[] = [gte(expenses.billDate, filter.from), lte(expenses.billDate, filter.to)];
    if (filter.status !== undefined) conditions.push(eq(expenses.status, filter.status));
    const names = new Map((await tx.select().from(colleges)).map((college) => [college.id, college.name]));
    const rows = await tx
      .select()
      .from(expenses)
      .where(and(...conditions))
      .orderBy(asc(expenses.billDate), asc(expenses.collegeId), asc(expenses.id));
    return {
      rows: rows.map((row) => ({ ...row, collegeName: names.get(row.collegeId) ?? '' })),
      totalPaise: sumPaise(rows.map((row) => row.totalPaise)),
    };
  });
