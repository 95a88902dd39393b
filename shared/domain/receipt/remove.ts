import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import type { Expense } from '../rows.ts';

/** Takes a receipt off an expense that nobody has to decide on now. */
export const removeReceipt: CommandDefinition<CommandArgs['receipt.remove']> = {
  name: 'receipt.remove',
  schemaVersion: 1,
  roles: lifeCycle.remove_receipt.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, _context, books) {
    const found = await findExpense(args.expenseId, 'remove_receipt', books);
    if (!found.ok) return found;
    const receipt = await books.get('receipts', args.receiptId);
    if (receipt === undefined || receipt.expenseId !== args.expenseId) {
      return err(refusal('NOT_FOUND', { what: 'receipt' }));
    }
    const row: Expense = {
      ...found.value,
      receiptCount: found.value.receiptCount - 1,
      revision: found.value.revision + 1,
    };
    return ok([
      { table: 'receipts', removed: receipt.id },
      { table: 'expenses', row },
    ]);
  },
};
