import { refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import type { Expense, Receipt } from '../rows.ts';

export const receiptTypes: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'];

const MiB = 1024 * 1024;

/** Adds a photo or PDF of the bill, named by its SHA-256; the bytes travel by themselves. */
export const attachReceipt: CommandDefinition<CommandArgs['receipt.attach']> = {
  name: 'receipt.attach',
  schemaVersion: 1,
  roles: lifeCycle.attach_receipt.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'attach_receipt', books);
    if (!found.ok) return found;
    if (!receiptTypes.includes(args.mime)) return err(refusal('RECEIPT_TYPE'));
    if (args.sizeBytes > limits.file.receiptBytesMax) {
      const sizeMiB = Math.ceil(args.sizeBytes / MiB);
      return err(refusal('RECEIPT_TOO_LARGE', { sizeMiB, limitMiB: limits.file.receiptBytesMax / MiB }));
    }
    if ((await books.get('receipts', args.receiptId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'receiptId: in use' }));
    }
    const receipt: Receipt = {
      collegeId: context.collegeId,
      id: args.receiptId,
      expenseId: args.expenseId,
      sha256: args.sha256,
      fileName: args.fileName,
      mime: args.mime,
      sizeBytes: args.sizeBytes,
      addedBy: context.actor.id,
      addedAt: context.occurredAt,
    };
    const row: Expense = {
      ...found.value,
      receiptCount: found.value.receiptCount + 1,
      revision: found.value.revision + 1,
    };
    return ok([
      { table: 'receipts', row: receipt },
      { table: 'expenses', row },
    ]);
  },
};
