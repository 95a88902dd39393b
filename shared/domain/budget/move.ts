import type { FinancialYear } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { Budget, Change, Expense } from '../rows.ts';

/** The id of the one budget of a category and year, the same on every machine. */
export const budgetId = (
  context: Pick<CommandContext, 'namedId'>,
  financialYear: FinancialYear,
  category: string,
): Id => context.namedId(nameOf('budget', financialYear, category));

export const findBudget = (
  context: CommandContext,
  books: BooksReader,
  financialYear: FinancialYear,
  category: string,
): Promise<Budget | undefined> => books.get('budgets', budgetId(context, financialYear, category));

export const emptyBudget = (context: CommandContext, financialYear: FinancialYear, category: string): Budget => ({
  collegeId: context.collegeId,
  id: budgetId(context, financialYear, category),
  financialYear,
  category,
  allocatedPaise: 0n,
  committedPaise: 0n,
  spentPaise: 0n,
  revision: 0,
});

/** That the budget does not hold it, with the name of the category in both languages for whoever reads it. */
export async function overBudgetRefusal(
  expense: Pick<Expense, 'category' | 'budgetPaise'>,
  available: Paise,
  books: BooksReader,
): Promise<Refusal> {
  const category = await books.categoryByCode(expense.category);
  return refusal('BUDGET_INSUFFICIENT', {
    category: category?.label ?? expense.category,
    categoryHi: category?.labelHi ?? expense.category,
    available: String(available),
    required: String(expense.budgetPaise),
  });
}

/** Adds to what is committed and spent. Use without an allocation makes a budget of nothing, so that the use can be seen. */
export async function moveBudget(
  of: { readonly financialYear: FinancialYear; readonly category: string },
  delta: { readonly committed: Paise; readonly spent: Paise },
  context: CommandContext,
  books: BooksReader,
): Promise<readonly Change[]> {
  if (delta.committed === 0n && delta.spent === 0n) return [];
  const budget =
    (await findBudget(context, books, of.financialYear, of.category)) ??
    emptyBudget(context, of.financialYear, of.category);
  const row: Budget = {
    ...budget,
    committedPaise: budget.committedPaise + delta.committed,
    spentPaise: budget.spentPaise + delta.spent,
    revision: budget.revision + 1,
  };
  return [{ table: 'budgets', row }];
}
