import type { PaymentOrder } from '../domain/bank-rows.ts';
import { collegeIds } from '../domain/command/context.ts';
import { netPayable } from '../domain/ledger/posting.ts';
import { orderReference } from '../domain/payment-order/reference.ts';
import { holdsExpense } from '../domain/payment-order/status.ts';
import { paymentVoucherId, returnVoucherId } from '../domain/payment-order/vouchers.ts';
import type { Expense } from '../domain/rows.ts';
import type { Id } from '../kernel/ids.ts';
import type { MemoryBooks } from './memory-books.ts';
import { nodeDigest } from './node-digest.ts';

/** What must hold of orders to pay and the bills under them. */
export function paymentFaults(books: MemoryBooks): readonly string[] {
  const of = { namedId: collegeIds(books.collegeId, nodeDigest) };
  const vouchers = new Map(books.rows('vouchers').map((voucher) => [voucher.id, voucher]));
  const reversed = new Set(books.rows('vouchers').flatMap(({ reversesId }) => reversesId ?? []));
  const faults: string[] = [];
  /** The entries of every sending that was paid, with the order they are of. */
  const posted = new Map<Id, PaymentOrder>();
  for (const order of books.rows('payment_orders')) {
    const standing: Id[] = [];
    for (let fence = 1; fence <= order.fence; fence++) {
      const id = paymentVoucherId(order.id, fence, of);
      const voucher = vouchers.get(id);
      if (voucher === undefined) continue;
      posted.set(id, order);
      if (voucher.totalPaise !== order.amountPaise)
        faults.push(`payment of order ${order.number} is of another amount`);
      const cameBack = vouchers.has(returnVoucherId(order.id, fence, of));
      if (cameBack !== reversed.has(id))
        faults.push(`the return of order ${order.number} does not take back its payment`);
      if (!cameBack) standing.push(id);
    }
    faults.push(...orderFaults(order, standing));
  }
  for (const expense of books.rows('expenses')) faults.push(...billFaults(books, expense, posted, reversed));
  return faults;
}

function orderFaults(order: PaymentOrder, standing: readonly Id[]): readonly string[] {
  const { status, attention, fence } = order;
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`${status} order ${order.number}: ${text}`);
  const isAway = status === 'paid' || attention === 'older_paid';
  if (isAway !== standing.length > 0) fault(`${standing.length} payments of it are away`);
  if (attention === 'older_paid' && status !== 'in_doubt') fault('an earlier sending was paid');
  if (isAway && !standing.includes(order.paymentVoucherId ?? '')) fault('its payment is not the one that is away');
  if (order.reference !== orderReference(order.id)) fault('another reference');
  if (status === 'prepared' && fence !== 0) fault(`it was sent ${fence} times`);
  if (fence > 0 && (order.checkerId === null || order.checkerId === order.makerId)) fault('sent without a checker');
  const isSent = ['sending', 'exported', 'in_doubt', 'not_received', 'accepted', 'paid', 'failed', 'returned'];
  if (isSent.includes(status) && (fence === 0 || order.deviceId === null)) fault('nobody sent it');
  return faults;
}

/** A bill is under one order or one lease at most, and paid by one entry that stands. */
function billFaults(
  books: MemoryBooks,
  expense: Expense,
  posted: ReadonlyMap<Id, PaymentOrder>,
  reversed: ReadonlySet<Id>,
): readonly string[] {
  const { id, status, paymentVoucherId: paidBy } = expense;
  const own = books.rows('payment_orders').filter(({ expenseId }) => expenseId === id);
  const isHeld = books.rows('payment_leases').some((lease) => lease.id === id && lease.isHeld);
  const holders = own.filter(holdsExpense).length + (isHeld ? 1 : 0);
  const faults: string[] = [];
  if (holders !== (status === 'paying' ? 1 : 0)) faults.push(`${status} expense ${id} is held ${holders} times`);
  const isPaid = status === 'paid' || status === 'reconciled';
  if (isPaid && (paidBy === null || reversed.has(paidBy))) faults.push(`${status} expense ${id} has no payment`);
  if (!isPaid && status !== 'reversed' && paidBy !== null) faults.push(`${status} expense ${id} has a payment`);
  if (own.some((order) => order.amountPaise !== netPayable(expense))) faults.push(`expense ${id} is ordered otherwise`);
  if ((status === 'approved' || status === 'payable') && own.some((order) => order.status === 'paid')) {
    faults.push(`${status} expense ${id} was paid by an order`);
  }
  const outside = books
    .rows('vouchers')
    .filter((voucher) => voucher.kind === 'payment' && voucher.expenseId === id && !posted.has(voucher.id));
  if (outside.length > 1) faults.push(`expense ${id} was paid ${outside.length} times outside`);
  return faults;
}
