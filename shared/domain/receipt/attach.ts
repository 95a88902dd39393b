import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import type { Expense, Receipt } from '../rows.ts';

export const receiptTypes: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'];

const MiB = 1024 * 1024;

/** Why this file cannot be added to a document, or undefined. Refusals: RECEIPT_TYPE, RECEIPT_TOO_LARGE, INPUT_INVALID. */
export async function fileRefusal(
  file: { readonly receiptId: Id; readonly mime: string; readonly sizeBytes: number },
  books: BooksReader,
): Promise<Refusal | undefined> {
  if (!receiptTypes.includes(file.mime)) return refusal('RECEIPT_TYPE');
  if (file.sizeBytes > limits.file.receiptBytesMax) {
    const sizeMiB = Math.ceil(file.sizeBytes / MiB);
    return refusal('RECEIPT_TOO_LARGE', { sizeMiB, limitMiB: limits.file.receiptBytesMax / MiB });
  }
  const known = await books.get('receipts', file.receiptId);
  return known === undefined ? undefined : refusal('INPUT_INVALID', { where: 'receiptId: in use' });
}

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
    const refused = await fileRefusal(args, books);
    if (refused !== undefined) return err(refused);
    const receipt: Receipt = {
      collegeId: context.collegeId,
      id: args.receiptId,
      expenseId: args.expenseId,
      voucherId: null,
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
