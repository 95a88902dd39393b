import { financialYearOf } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { decisionReasons } from '../approval/policy.ts';
import { dueAfter } from '../approval/sla.ts';
import { findBudget, moveBudget, overBudgetRefusal } from '../budget/move.ts';
import { availableOf } from '../budget/use.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { takeNumber } from '../ledger/number-series.ts';
import { postingDay } from '../period/closed.ts';
import type { Category, Change, Expense } from '../rows.ts';
import { checkFields, derivedOf, fieldsOf } from './fields.ts';
import { findExpense } from './find.ts';
import { lifeCycle } from './life-cycle.ts';
import { postApproval } from './post.ts';

/** Asks for approval. What the policy leaves to nobody is approved and posted at once. */
export const submitExpense: CommandDefinition<CommandArgs['expense.submit']> = {
  name: 'expense.submit',
  schemaVersion: 1,
  roles: lifeCycle.submit.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'submit', books);
    if (!found.ok) return found;
    const fields = fieldsOf(found.value);
    const checked = await checkFields(fields, context, books);
    if (!checked.ok) return checked;
    const { category } = checked.value;
    // A bill of a closed year is posted in the open one, and so uses that year's budget.
    const financialYear = financialYearOf(await postingDay(fields.billDate, context, books));
    const expense = { ...found.value, ...derivedOf(fields, { name: found.value.vendorName }), financialYear };
    const refused = (await duplicateBill(expense, books)) ?? missingReceipt(expense, category);
    if (refused !== undefined) return err(refused);
    const budget = await budgetAnswer(expense, args.overBudgetReason, context, books);
    if (!budget.ok) return budget;
    const numbered = await withNumber(expense, context, books);
    const asked: Expense = {
      ...numbered.expense,
      ...budget.value,
      submittedAt: context.occurredAt,
      decidedBy: null,
      decidedByName: null,
      decidedAt: null,
      decisionComment: null,
      revision: expense.revision + 1,
    };
    const college = await books.college();
    const waits = decisionReasons(asked, category, college, asked.overBudget).length > 0;
    const outcome = waits
      ? await wait(asked, dueAfter(context.occurredAt, college), context, books)
      : await approveByPolicy(asked, context, books);
    return outcome.ok ? ok([...numbered.changes, ...outcome.value]) : outcome;
  },
};

/** The same bill of the same vendor in one year is paid once. A draft does not count, since it is stopped here itself. */
async function duplicateBill(expense: Expense, books: BooksReader): Promise<Refusal | undefined> {
  if (expense.billNo === null) return undefined;
  const years = new Set([expense.financialYear, financialYearOf(expense.billDate)]);
  const same: Expense[] = [];
  for (const year of years) same.push(...(await books.expensesByBill(expense.vendorId, expense.billNo, year)));
  const other = same.find((one) => one.id !== expense.id && one.status !== 'draft');
  if (other === undefined) return undefined;
  const reference = other.number ?? other.provisionalRef;
  return refusal('EXPENSE_DUPLICATE_BILL', { billNo: expense.billNo, reference, expenseId: other.id });
}

function missingReceipt(expense: Expense, category: Category): Refusal | undefined {
  const needed = expense.totalPaise >= category.receiptThresholdPaise;
  if (!needed || expense.receiptCount > 0) return undefined;
  return refusal('EXPENSE_RECEIPT_REQUIRED', { threshold: String(category.receiptThresholdPaise) });
}

/** Whether the budget holds it. Beyond the budget only with a reason, for a principal to decide. */
async function budgetAnswer(
  expense: Expense,
  reason: string | null,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<Pick<Expense, 'overBudget' | 'overBudgetReason'>, Refusal>> {
  const available = availableOf(await findBudget(context, books, expense.financialYear, expense.category));
  if (expense.budgetPaise <= available) return ok({ overBudget: false, overBudgetReason: null });
  const why = reason?.trim() ?? '';
  if (why !== '') return ok({ overBudget: true, overBudgetReason: why });
  return err(await overBudgetRefusal(expense, available, books));
}

/** The final number is given once, at the first submission that the server accepts. */
async function withNumber(
  expense: Expense,
  context: CommandContext,
  books: BooksReader,
): Promise<{ readonly expense: Expense; readonly changes: readonly Change[] }> {
  if (expense.number !== null) return { expense, changes: [] };
  const { number, changes } = await takeNumber('EXP', expense.financialYear, context, books);
  return { expense: { ...expense, number }, changes };
}

/** Holds the amount in the budget. What does not fit holds nothing, so that it takes no room from what does. */
async function wait(
  expense: Expense,
  dueAt: number,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<readonly Change[], Refusal>> {
  const committedPaise = expense.overBudget ? 0n : expense.budgetPaise;
  const row: Expense = { ...expense, status: 'submitted', committedPaise, dueAt };
  const budget = await moveBudget(expense, { committed: committedPaise, spent: 0n }, context, books);
  return ok([{ table: 'expenses', row }, ...budget]);
}

/** Nobody's name stands at this decision: the policy made it. */
async function approveByPolicy(
  expense: Expense,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<readonly Change[], Refusal>> {
  const posted = await postApproval(expense, context, books);
  if (!posted.ok) return posted;
  const { voucherId, changes } = posted.value;
  const row: Expense = {
    ...expense,
    status: 'approved',
    committedPaise: 0n,
    dueAt: null,
    decidedAt: context.occurredAt,
    voucherId,
  };
  const budget = await moveBudget(expense, { committed: 0n, spent: expense.budgetPaise }, context, books);
  return ok([{ table: 'expenses', row }, ...changes, ...budget]);
}
