import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { CollectedBooks } from '../command/collected-books.ts';
import type { Expense, ExpenseStatus } from '../rows.ts';
import { holdsExpense, isStill } from './status.ts';

/** What an order does to its bill. Every row goes through the collected books, so that one command may do it for many. */

export interface Paid {
  readonly voucherId: Id;
  readonly on: IsoDate;
  readonly reference: string;
}

export function putPaid(expense: Expense, paid: Paid, books: CollectedBooks): void {
  const row: Expense = {
    ...expense,
    status: 'paid',
    paymentVoucherId: paid.voucherId,
    paidOn: paid.on,
    paymentReference: paid.reference,
    revision: expense.revision + 1,
  };
  books.put([{ table: 'expenses', row }]);
}

/**
 * The bill is not paid by what held or paid it so far. Where the bank has meanwhile paid it by another order, which nobody could know, it
 * is paid by that one; otherwise it is what it was before.
 */
export async function freeExpense(expense: Expense, statusBefore: ExpenseStatus, books: CollectedBooks): Promise<void> {
  for (const other of await books.ordersOfExpense(expense.id)) {
    if (other.status !== 'paid') continue;
    if (other.paymentVoucherId === null || other.paymentVoucherId === expense.paymentVoucherId) continue;
    putPaid(expense, paidBy(other, other.paymentVoucherId), books);
    if (other.attention === 'paid_twice') {
      books.put([{ table: 'payment_orders', row: { ...other, attention: null, revision: other.revision + 1 } }]);
    }
    return;
  }
  const row: Expense = {
    ...expense,
    status: statusBefore,
    paymentVoucherId: null,
    paidOn: null,
    paymentReference: null,
    revision: expense.revision + 1,
  };
  books.put([{ table: 'expenses', row }]);
}

const paidBy = (order: PaymentOrder, voucherId: Id): Paid => ({
  voucherId,
  on: order.paidOn ?? '',
  reference: order.utr ?? order.reference,
});

/** The bill is under an order again: of the two sendings the one that was paid came back. */
export function putPaying(expense: Expense, books: CollectedBooks): void {
  const none = { paymentVoucherId: null, paidOn: null, paymentReference: null };
  books.put([{ table: 'expenses', row: { ...expense, ...none, status: 'paying', revision: expense.revision + 1 } }]);
}

/**
 * An order that had ended was paid after all. Its bill becomes paid where it still waits, also from under an order of which nothing was
 * sent yet and which is withdrawn by this. @returns false where the bill was or may be settled otherwise: money left twice
 */
export async function claimExpense(order: PaymentOrder, paid: Paid, books: CollectedBooks): Promise<boolean> {
  const expense = await books.get('expenses', order.expenseId);
  if (expense === undefined) return false;
  if (expense.status === 'approved' || expense.status === 'payable') {
    putPaid(expense, paid, books);
    return true;
  }
  if (expense.status !== 'paying') return false;
  const others = await books.ordersOfExpense(expense.id);
  const holder = others.find((other) => other.id !== order.id && holdsExpense(other));
  if (holder === undefined || !isStill(holder.status)) return false;
  const failureText = `Paid by ${order.number ?? order.reference}`;
  const row: PaymentOrder = { ...holder, status: 'withdrawn', failureText, revision: holder.revision + 1 };
  books.put([{ table: 'payment_orders', row }]);
  putPaid(expense, paid, books);
  return true;
}
