import { financialYearBounds, financialYearOf, istDate } from '../../kernel/dates.ts';
import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import { openDays } from '../period/open-days.ts';
import { budgetId, emptyBudget, findBudget } from './move.ts';
import { usedOf } from './use.ts';

/**
 * Sets what a category may use in a year: the previous, the present or the next one. Lowering stops at what is in use; raising is always
 * possible, also when an approval over budget left the use above it.
 */
export const setBudget: CommandDefinition<CommandArgs['budget.set']> = {
  name: 'budget.set',
  schemaVersion: 1,
  roles: ['principal', 'super_accountant'],
  documentId: (args, context) => budgetId(context, args.financialYear, args.category),
  audit: 'rows',
  async decide(args, context, books) {
    const today = istDate(context.occurredAt);
    const { first } = financialYearBounds(args.financialYear);
    const nextYear = `${Number(financialYearOf(today).slice(0, 4)) + 1}-04-01`;
    if (first < openDays(today).first || first > nextYear) return err(refusal('PERIOD_CLOSED', { date: first }));
    const category = await books.categoryByCode(args.category);
    if (!category?.isActive) return err(refusal('CATEGORY_UNKNOWN', { category: args.category }));
    if (args.allocated.to < 0n) return err(refusal('INPUT_INVALID', { where: 'allocated: negative' }));
    const budget =
      (await findBudget(context, books, args.financialYear, args.category)) ??
      emptyBudget(context, args.financialYear, args.category);
    const merged = mergeEdits({ allocated: budget.allocatedPaise }, { allocated: args.allocated });
    if (!merged.ok) return merged;
    const { allocated } = merged.value;
    if (allocated < usedOf(budget) && allocated < budget.allocatedPaise) {
      return err(refusal('BUDGET_BELOW_USE', { used: String(usedOf(budget)) }));
    }
    if (allocated === budget.allocatedPaise && budget.revision > 0) return ok([]);
    return ok([{ table: 'budgets', row: { ...budget, allocatedPaise: allocated, revision: budget.revision + 1 } }]);
  },
};
