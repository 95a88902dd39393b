import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { fileRefusal } from '../receipt/attach.ts';

/** Adds the paper behind a voucher, also later: a voucher does not change, but what proves it may still come. What was added stays. */
export const attachToVoucher: CommandDefinition<CommandArgs['voucher.attach']> = {
  name: 'voucher.attach',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.voucherId,
  audit: 'rows',
  async decide(args, context, books) {
    const voucher = await books.get('vouchers', args.voucherId);
    if (voucher === undefined) return err(refusal('NOT_FOUND', { what: 'voucher' }));
    if (voucher.expenseId !== null) return err(refusal('VOUCHER_OF_EXPENSE'));
    const refused = await fileRefusal(args, books);
    if (refused !== undefined) return err(refused);
    const { receiptId: id, voucherId, sha256, fileName, mime, sizeBytes } = args;
    const added = { addedBy: context.actor.id, addedAt: context.occurredAt };
    const file = { sha256, fileName, mime, sizeBytes };
    return ok([
      { table: 'receipts', row: { collegeId: context.collegeId, id, expenseId: null, voucherId, ...file, ...added } },
    ]);
  },
};
