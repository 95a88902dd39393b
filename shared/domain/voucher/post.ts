import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Paise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { decisionReasons } from '../approval/policy.ts';
import { findBudget, moveBudget, overBudgetRefusal } from '../budget/move.ts';
import { availableOf } from '../budget/use.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { voucherChanges } from '../ledger/voucher.ts';
import { postingRefusal } from '../period/closed.ts';
import type { Change } from '../rows.ts';
import { readVoucher } from './read-voucher.ts';

/**
 * Posts a voucher that an accountant enters line by line. It is never changed afterwards, only taken back. What it spends of a category
 * uses its budget as a bill does; spending that a principal has to decide on is entered as an expense.
 */
export const postVoucher: CommandDefinition<CommandArgs['voucher.post']> = {
  name: 'voucher.post',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.voucherId,
  audit: 'rows',
  async decide(args, context, books) {
    if ((await books.get('vouchers', args.voucherId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'voucherId: in use' }));
    }
    const closed = await postingRefusal(args.date, 'VOUCHER_DATE_INVALID', context, books);
    if (closed !== undefined) return err(closed);
    if (args.kind === 'opening' && !isLastOfYear(args.date)) {
      return err(refusal('VOUCHER_DATE_INVALID', { date: args.date, reason: 'opening_day' }));
    }
    const read = await readVoucher(args, books);
    if (!read.ok) return read;
    const { lines, byCategory, narration, reference } = read.value;
    const moved = await spendBudgets(byCategory, args.date, context, books);
    if (!moved.ok) return moved;
    const { voucherId: id, kind, date, referenceDate } = args;
    const draft = { id, kind, date, narration, reference, referenceDate, expenseId: null, reversesId: null, lines };
    const { changes } = await voucherChanges(draft, context, books);
    return ok([...changes, ...moved.value]);
  },
};

/** What the books begin with stands at the end of the year before, so that it is an opening balance in every statement. */
const isLastOfYear = (date: IsoDate): boolean => financialYearBounds(financialYearOf(date)).last === date;

/** Refusals: BUDGET_INSUFFICIENT, VOUCHER_NEEDS_APPROVAL with the `category`. */
async function spendBudgets(
  byCategory: ReadonlyMap<string, Paise>,
  date: IsoDate,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<readonly Change[], Refusal>> {
  const financialYear = financialYearOf(date);
  const college = await books.college();
  const changes: Change[] = [];
  for (const [code, spent] of byCategory) {
    const category = await books.categoryByCode(code);
    if (category === undefined) return err(refusal('CATEGORY_UNKNOWN', { category: code }));
    if (spent > 0n) {
      if (decisionReasons({ totalPaise: spent }, category, college, false).length > 0) {
        return err(refusal('VOUCHER_NEEDS_APPROVAL', { category: category.label, categoryHi: category.labelHi }));
      }
      const available = availableOf(await findBudget(context, books, financialYear, code));
      if (spent > available) {
        return err(await overBudgetRefusal({ category: code, budgetPaise: spent }, available, books));
      }
    }
    changes.push(...(await moveBudget({ financialYear, category: code }, { committed: 0n, spent }, context, books)));
  }
  return ok(changes);
}
