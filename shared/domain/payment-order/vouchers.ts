import { type IsoDate, istDate } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { BankAccount, PaymentOrder } from '../bank-rows.ts';
import type { CollectedBooks } from '../command/collected-books.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import { reversalLines } from '../ledger/posting.ts';
import { voucherChanges } from '../ledger/voucher.ts';
import type { BillAllocation } from '../ledger-rows.ts';
import { paymentDraft } from '../payment/draft.ts';
import { postingDay } from '../period/closed.ts';
import type { VoucherLine } from '../rows.ts';
import type { OrderOutcome } from './args.ts';
import { wireReference } from './reference.ts';

type Naming = Pick<CommandContext, 'namedId'>;
type Get = Pick<BooksReader, 'get'>;

/** The entry that a sending of an order is posted as when it is paid, and the one that takes it back: named by the sending, so each can be once. */
export const paymentVoucherId = (orderId: Id, fence: number, context: Naming): Id =>
  context.namedId(nameOf('order payment', orderId, String(fence)));
export const returnVoucherId = (orderId: Id, fence: number, context: Naming): Id =>
  context.namedId(nameOf('order return', orderId, String(fence)));

/** The sendings whose money left and did not come back. */
export async function standingPayments(order: PaymentOrder, context: Naming, books: Get): Promise<readonly number[]> {
  const standing: number[] = [];
  for (let fence = 1; fence <= order.fence; fence++) {
    if ((await books.get('vouchers', paymentVoucherId(order.id, fence, context))) === undefined) continue;
    if ((await books.get('vouchers', returnVoucherId(order.id, fence, context))) === undefined) standing.push(fence);
  }
  return standing;
}

/** What was posted, and the day of the money. */
export interface Posted {
  readonly paid: boolean;
  readonly returned: boolean;
  readonly on: IsoDate;
}

/**
 * Posts what the news say of money, unless it is posted: that it left, or that it came back, for which it must have left before. Dated as
 * the bank says, where that can be, and on the first open day after it.
 */
export async function postMoney(
  order: PaymentOrder,
  outcome: OrderOutcome,
  context: CommandContext,
  books: BooksReader,
  collected: CollectedBooks,
): Promise<Result<Posted, Refusal>> {
  const on = dayOf(order, outcome, context);
  const none = { paid: false, returned: false, on };
  if (outcome.state !== 'paid' && outcome.state !== 'returned') return ok(none);
  const isReturn = outcome.state === 'returned';
  if ((await collected.get('vouchers', returnVoucherId(order.id, outcome.fence, context))) !== undefined)
    return ok(none);
  const known = await collected.get('vouchers', paymentVoucherId(order.id, outcome.fence, context));
  if (known !== undefined && !isReturn) return ok(none);
  if (known === undefined) {
    const posted = await postPayment(order, outcome, on, context, books, collected);
    if (!posted.ok) return posted;
  }
  if (isReturn) await postReturn(order, outcome, on, context, books, collected);
  return ok({ paid: known === undefined, returned: isReturn, on });
}

async function postPayment(
  order: PaymentOrder,
  outcome: OrderOutcome,
  on: IsoDate,
  context: CommandContext,
  books: BooksReader,
  collected: CollectedBooks,
): Promise<Result<null, Refusal>> {
  const expense = must(await collected.get('expenses', order.expenseId));
  const account: BankAccount = must(await collected.get('bank_accounts', order.bankAccountId));
  const reference = outcome.utr ?? wireReference(order.reference, outcome.fence);
  const paid = { on: await postingDay(on, context, collected), reference, accountCode: account.accountCode };
  const draft = await paymentDraft(expense, paid, books);
  if (!draft.ok) return draft;
  const named = { id: paymentVoucherId(order.id, outcome.fence, context), part: order.id };
  collected.put((await voucherChanges({ ...draft.value, ...named }, context, collected)).changes);
  return ok(null);
}

async function postReturn(
  order: PaymentOrder,
  outcome: OrderOutcome,
  on: IsoDate,
  context: CommandContext,
  books: BooksReader,
  collected: CollectedBooks,
): Promise<void> {
  const payment = must(await collected.get('vouchers', paymentVoucherId(order.id, outcome.fence, context)));
  const { lines, bills } = await linesOfVoucher(payment.id, books, collected);
  const draft = {
    id: returnVoucherId(order.id, outcome.fence, context),
    part: order.id,
    kind: 'reversal',
    date: await postingDay(on > payment.date ? on : payment.date, context, collected),
    narration: `Returned by the bank: ${payment.narration}${outcome.failure === null ? '' : `, ${outcome.failure.text}`}`,
    reference: outcome.utr ?? payment.reference,
    referenceDate: null,
    expenseId: payment.expenseId,
    reversesId: payment.id,
    lines: reversalLines(lines, bills),
  } as const;
  collected.put((await voucherChanges(draft, context, collected)).changes);
}

/** Of a voucher that is posted, or was by this very command. */
async function linesOfVoucher(voucherId: Id, books: BooksReader, collected: CollectedBooks) {
  const lines: VoucherLine[] = [...(await books.voucherLines(voucherId))];
  const bills: BillAllocation[] = [...(await books.billsOfVoucher(voucherId))];
  if (lines.length > 0) return { lines, bills };
  for (const change of collected.changes()) {
    if (!('row' in change)) continue;
    if (change.table === 'voucher_lines' && change.row.voucherId === voucherId) lines.push(change.row);
    if (change.table === 'bill_allocations' && change.row.voucherId === voucherId) bills.push(change.row);
  }
  return { lines, bills };
}

/** The day that the bank names, if the money can have moved on it; otherwise that on which the news came. */
function dayOf(order: PaymentOrder, outcome: OrderOutcome, context: CommandContext): IsoDate {
  const today = istDate(context.occurredAt);
  const { bookedOn } = outcome;
  return bookedOn !== null && bookedOn <= today && bookedOn >= istDate(order.preparedAt) ? bookedOn : today;
}

/** Rows that an order names are never removed. */
function must<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('an order names a row that is not there');
  return row;
}
