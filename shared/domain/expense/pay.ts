import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { netPayable } from '../ledger/posting.ts';
import { voucherChanges } from '../ledger/voucher.ts';
import { paymentDraft } from '../payment/draft.ts';
import { heldLease } from '../payment/lease.ts';
import { postingRefusal } from '../period/closed.ts';
import type { Change, Expense } from '../rows.ts';
import { findExpense } from './find.ts';
import { lifeCycle } from './life-cycle.ts';

/**
 * Records that the vendor was paid outside Munim: vendor payable to the bank or cash account. Where a desk had taken the payment upon it,
 * only that desk can say that it was made.
 */
export const payExpense: CommandDefinition<CommandArgs['expense.pay']> = {
  name: 'expense.pay',
  schemaVersion: 1,
  roles: lifeCycle.pay.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'pay', books);
    if (!found.ok) return found;
    const expense = found.value;
    const ended: Change[] = [];
    if (expense.status === 'paying') {
      const lease = await heldLease(expense, context, books);
      if (!lease.ok) return lease;
      ended.push({ table: 'payment_leases', row: { ...lease.value, isHeld: false } });
    }
    const reference = args.reference.trim();
    if (reference === '') return err(refusal('EXPENSE_FIELD_REQUIRED', { field: 'reference' }));
    const closed = await postingRefusal(args.paidOn, 'PAYMENT_DATE_INVALID', context, books);
    if (closed !== undefined) return err(closed);
    const account = await books.accountByCode(args.accountCode);
    if (!account?.isActive || (account.role !== 'bank' && account.role !== 'cash')) {
      return err(refusal('PAYMENT_ACCOUNT_INVALID', { glCode: args.accountCode }));
    }
    if (netPayable(expense) === 0n) return err(refusal('EXPENSE_AMOUNT_INVALID'));
    const paid = { on: args.paidOn, reference, accountCode: account.code };
    const draft = await paymentDraft(expense, paid, books);
    if (!draft.ok) return draft;
    const { voucherId, changes } = await voucherChanges(draft.value, context, books);
    const row: Expense = {
      ...expense,
      status: 'paid',
      paymentVoucherId: voucherId,
      paidOn: args.paidOn,
      paymentReference: reference,
      revision: expense.revision + 1,
    };
    return ok([{ table: 'expenses', row }, ...ended, ...changes]);
  },
};
