import { and, asc, eq } from 'drizzle-orm';
import type { Account, Budget, Category } from '../../domain/rows.ts';
import type { Id } from '../../kernel/ids.ts';
import { accounts, budgets, categories } from '../schema.ts';
import type { Db } from '../tables.ts';

/** What forms of a college choose from: its active categories and GL codes, by code. The caller has checked the scope. */
export async function mastersOf(
  db: Db,
  collegeId: Id,
): Promise<{ readonly categories: readonly Category[]; readonly accounts: readonly Account[] }> {
  return {
    categories: await db
      .select()
      .from(categories)
      .where(and(eq(categories.collegeId, collegeId), eq(categories.isActive, true)))
      .orderBy(asc(categories.code)),
    accounts: await db
      .select()
      .from(accounts)
      .where(and(eq(accounts.collegeId, collegeId), eq(accounts.isActive, true)))
      .orderBy(asc(accounts.code)),
  };
}

/** What each category may use in each year. */
export const allocationsOf = (
  db: Db,
  collegeId: Id,
): Promise<readonly Pick<Budget, 'financialYear' | 'category' | 'allocatedPaise'>[]> =>
  db
    .select({
      financialYear: budgets.financialYear,
      category: budgets.category,
      allocatedPaise: budgets.allocatedPaise,
    })
    .from(budgets)
    .where(eq(budgets.collegeId, collegeId));
