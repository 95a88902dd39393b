import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import { CollectedBooks } from '../command/collected-books.ts';
import type { CommandDefinition } from '../command/command.ts';
import { orderFor } from './find-orders.ts';
import { freeExpense } from './settle-expense.ts';

/** Orders of which nothing is under way are not to be sent after all; their bills wait again. The reason stands in the signed command. */
export const withdrawOrders: CommandDefinition<CommandArgs['order.withdraw']> = {
  name: 'order.withdraw',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, _context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const collected = new CollectedBooks(books);
    for (const orderId of args.orderIds) {
      const found = await orderFor('withdraw', args.batchId, orderId, collected);
      if (!found.ok) return found;
      const order = found.value;
      const expense = await collected.get('expenses', order.expenseId);
      if (expense === undefined) return err(refusal('NOT_FOUND', { what: 'expense' }));
      const row: PaymentOrder = {
        ...order,
        status: 'withdrawn',
        failureText: reason.value,
        revision: order.revision + 1,
      };
      collected.put([{ table: 'payment_orders', row }]);
      await freeExpense(expense, order.statusBefore, collected);
    }
    return ok(collected.changes());
  },
};
