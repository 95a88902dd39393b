import { ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import type { Expense, PaymentLease } from '../rows.ts';

/**
 * Takes a payment upon this desk. The server's order decides between desks that ask for it at the same time; what a desk predicts of it is
 * only that it has asked. A lease has no end of its own: no clock knows whether the money has left.
 */
export const takePayment: CommandDefinition<CommandArgs['payment.take']> = {
  name: 'payment.take',
  schemaVersion: 1,
  roles: lifeCycle.take_payment.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'take_payment', books);
    if (!found.ok) return found;
    const expense = found.value;
    const { collegeId, id } = expense;
    const before = await books.get('payment_leases', id);
    const lease: PaymentLease = {
      collegeId,
      id,
      fence: (before?.fence ?? 0) + 1,
      isHeld: true,
      deviceId: context.deviceId,
      holderId: context.actor.id,
      holderName: context.actor.name,
      takenAt: context.occurredAt,
      statusBefore: expense.status,
    };
    const row: Expense = { ...expense, status: 'paying', revision: expense.revision + 1 };
    return ok([
      { table: 'expenses', row },
      { table: 'payment_leases', row: lease },
    ]);
  },
};
