import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import { moveBudget } from '../budget/move.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { reversalLines } from '../ledger/posting.ts';
import { voucherChanges } from '../ledger/voucher.ts';
import { isLiveOrder } from '../payment-order/status.ts';
import { reversalRefusal } from '../period/closed.ts';
import type { Expense } from '../rows.ts';
import { findExpense } from './find.ts';
import { lifeCycle } from './life-cycle.ts';

/**
 * Takes a posted expense back by the opposite entry, dated by the accountant, and gives its budget back. A payment stays where it is,
 * since the money did leave: the vendor's account then shows what he owes.
 */
export const reverseExpense: CommandDefinition<CommandArgs['expense.reverse']> = {
  name: 'expense.reverse',
  schemaVersion: 1,
  roles: lifeCycle.reverse.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const found = await findExpense(args.expenseId, 'reverse', books);
    if (!found.ok) return found;
    const expense = found.value;
    // Paid by one sending of an order, it may be paid again by the next.
    if ((await books.ordersOfExpense(expense.id)).some(({ status }) => isLiveOrder(status))) {
      return err(refusal('PAYMENT_UNDER_ORDER'));
    }
    const voucher = expense.voucherId === null ? undefined : await books.get('vouchers', expense.voucherId);
    if (voucher === undefined) return err(refusal('NOT_FOUND', { what: 'voucher' }));
    const wrongDay = await reversalRefusal(args.date, voucher.date, context, books);
    if (wrongDay !== undefined) return err(wrongDay);
    const posted = await books.voucherLines(voucher.id);
    const draft = {
      kind: 'reversal',
      date: args.date,
      narration: `Reversal of ${expense.number ?? expense.provisionalRef}: ${reason.value}`,
      reference: null,
      referenceDate: null,
      expenseId: expense.id,
      reversesId: voucher.id,
      lines: reversalLines(posted, await books.billsOfVoucher(voucher.id)),
    } as const;
    const { changes } = await voucherChanges(draft, context, books);
    const row: Expense = { ...expense, status: 'reversed', revision: expense.revision + 1 };
    const moved = await moveBudget(expense, { committed: 0n, spent: -expense.budgetPaise }, context, books);
    return ok([{ table: 'expenses', row }, ...changes, ...moved]);
  },
};
