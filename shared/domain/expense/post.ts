import { formatDate, istDate } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { approvalLines, approvalRoles } from '../ledger/posting.ts';
import { codesOfRoles, voucherChanges } from '../ledger/voucher.ts';
import { postingDay } from '../period/closed.ts';
import { postingDateRefusal } from '../period/open-days.ts';
import type { Change, Expense } from '../rows.ts';

/**
 * The voucher of an approved expense. It is dated with the bill, so that the expense falls into the month and year it belongs to (accrual)
 * and the ledger agrees with the budget. A bill of a closed month is a late entry: it is posted on the first open day after it, with the
 * bill's own date as its reference. Refusals: PERIOD_CLOSED, EXPENSE_DATE_INVALID, GL_CODE_UNKNOWN.
 */
export async function postApproval(
  expense: Expense,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<{ readonly voucherId: Id; readonly changes: readonly Change[] }, Refusal>> {
  const closed = postingDateRefusal(expense.billDate, istDate(context.occurredAt), 'EXPENSE_DATE_INVALID');
  if (closed !== undefined) return err(closed);
  const codes = await codesOfRoles(approvalRoles(expense), books);
  if (!codes.ok) return codes;
  const date = await postingDay(expense.billDate, context, books);
  const bill = expense.billNo === null ? '' : `, bill ${expense.billNo}`;
  const late = date === expense.billDate ? '' : `, of ${formatDate(expense.billDate)}`;
  const draft = {
    kind: 'journal',
    date,
    narration: `${expense.vendorName}${bill}${late}: ${expense.description}`,
    reference: expense.billNo,
    referenceDate: expense.billDate,
    expenseId: expense.id,
    reversesId: null,
    lines: approvalLines(expense, codes.value),
  } as const;
  return ok(await voucherChanges(draft, context, books));
}
