import { financialYearOf, istDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BankAccount, PaymentOrder } from '../bank-rows.ts';
import { usableBeneficiary } from '../beneficiary/details.ts';
import type { CommandArgs } from '../command/args.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import { takeNumber } from '../ledger/number-series.ts';
import { netPayable } from '../ledger/posting.ts';
import type { Expense } from '../rows.ts';
import { modeOf } from './policy.ts';
import { orderReference } from './reference.ts';

type Args = CommandArgs['order.prepare'];

/**
 * The maker puts bills together that shall be paid through a bank. Each is under its order from here on, and nobody else pays it. All of
 * them or none: what the checker sees is what the maker saw.
 */
export const prepareOrders: CommandDefinition<Args> = {
  name: 'order.prepare',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, context, books) {
    const account = await accountToPayFrom(args, books);
    if (!account.ok) return account;
    const purpose = line(args.purpose);
    if (purpose === null) return err(refusal('EXPENSE_FIELD_REQUIRED', { field: 'purpose' }));
    const collected = new CollectedBooks(books);
    const taken = new Set(await books.knownOrderReferences(args.orders.map(({ orderId }) => orderReference(orderId))));
    for (const one of args.orders) {
      const reference = orderReference(one.orderId);
      if (taken.has(reference)) return err(refusal('INPUT_INVALID', { where: 'orderId: in use' }));
      taken.add(reference);
      const expense = await billToPay(one, collected);
      if (!expense.ok) return expense;
      const order = await newOrder(
        args,
        { ...one, reference, purpose },
        account.value,
        expense.value,
        context,
        collected,
      );
      if (!order.ok) return order;
      const paying: Expense = { ...expense.value, status: 'paying', revision: expense.value.revision + 1 };
      collected.put([
        { table: 'expenses', row: paying },
        { table: 'payment_orders', row: order.value },
      ]);
    }
    return ok(collected.changes());
  },
};

async function accountToPayFrom(args: Args, books: BooksReader): Promise<Result<BankAccount, Refusal>> {
  if ((await books.ordersOfBatch(args.batchId)).length > 0) {
    return err(refusal('INPUT_INVALID', { where: 'batchId: in use' }));
  }
  const account = await books.get('bank_accounts', args.bankAccountId);
  if (account === undefined) return err(refusal('NOT_FOUND', { what: 'bank_account' }));
  return account.isActive ? ok(account) : err(refusal('BANK_ACCOUNT_INACTIVE', { name: account.name }));
}

type BillToPay = Expense & { readonly status: PaymentOrder['statusBefore'] };

async function billToPay(one: Args['orders'][number], books: CollectedBooks): Promise<Result<BillToPay, Refusal>> {
  const expense = await books.get('expenses', one.expenseId);
  if (expense === undefined) return err(refusal('NOT_FOUND', { what: 'expense' }));
  const { status } = expense;
  const number = expense.number ?? expense.provisionalRef;
  // Whoever holds the payment, by a lease or an order, has turned it to `paying`.
  if (status !== 'approved' && status !== 'payable') return err(refusal('ORDER_BILL_NOT_PAYABLE', { number, status }));
  if (one.revision !== undefined && one.revision !== expense.revision) {
    return err(refusal('COMMAND_STALE', { what: 'expense' }));
  }
  return netPayable(expense) > 0n ? ok({ ...expense, status }) : err(refusal('EXPENSE_AMOUNT_INVALID'));
}

async function newOrder(
  args: Args,
  given: { readonly orderId: string; readonly reference: string; readonly purpose: string },
  account: BankAccount,
  expense: BillToPay,
  context: CommandContext,
  books: CollectedBooks,
): Promise<Result<PaymentOrder, Refusal>> {
  const beneficiary = await usableBeneficiary(expense.vendorId, context.occurredAt, books);
  if (!beneficiary.ok) return beneficiary;
  const { accountName, accountNumber, ifsc } = beneficiary.value;
  const amountPaise = netPayable(expense);
  const { number, changes } = await takeNumber('PO', financialYearOf(istDate(context.occurredAt)), context, books);
  books.put(changes);
  return ok({
    ...unsent,
    collegeId: context.collegeId,
    id: given.orderId,
    number,
    batchId: args.batchId,
    expenseId: expense.id,
    vendorId: expense.vendorId,
    bankAccountId: account.id,
    statusBefore: expense.status,
    mode: modeOf(amountPaise),
    amountPaise,
    beneficiaryName: accountName,
    accountNumber,
    ifsc,
    purpose: given.purpose,
    reference: given.reference,
    makerId: context.actor.id,
    makerName: context.actor.name,
    preparedAt: context.occurredAt,
    revision: 1,
  });
}

/** Of an order that nobody has released yet. */
const unsent = {
  status: 'prepared',
  checkerId: null,
  checkerName: null,
  releasedAt: null,
  releasedOn: null,
  notBefore: null,
  fence: 0,
  deviceId: null,
  senderName: null,
  takenAt: null,
  providerId: null,
  utr: null,
  failureReason: null,
  failureText: null,
  chargesPaise: null,
  paidOn: null,
  paymentVoucherId: null,
  returnedOn: null,
  returnVoucherId: null,
  attention: null,
} as const;
