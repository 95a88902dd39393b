import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import type { BankAccountEditable } from '../payment-order/args.ts';
import { readBankAccount } from './fields.ts';

/**
 * Changes an account at a bank. The limits were given for the account with this number at this bank: where either changes they end, and with
 * them all sending, until a principal has set them again.
 */
export const editBankAccount: CommandDefinition<CommandArgs['bankAccount.edit']> = {
  name: 'bankAccount.edit',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.bankAccountId,
  audit: 'rows',
  async decide({ bankAccountId, edits }, _context, books) {
    const account = await books.get('bank_accounts', bankAccountId);
    if (account === undefined) return err(refusal('NOT_FOUND', { what: 'bank_account' }));
    const { name, bankName, accountNumber, ifsc, accountCode, connector, fileFormat, isActive } = account;
    const current: BankAccountEditable = {
      ...{ name, bankName, accountNumber, ifsc },
      ...{ accountCode, connector, fileFormat, isActive },
    };
    const merged = mergeEdits(current, edits);
    if (!merged.ok) return merged;
    const read = await readBankAccount({ ...account, ...merged.value, revision: account.revision + 1 }, books);
    if (!read.ok) return read;
    const isSame = read.value.accountNumber === accountNumber && read.value.ifsc === ifsc;
    const row = isSame ? read.value : { ...read.value, paymentLimitPaise: null, dailyLimitPaise: null };
    return ok([{ table: 'bank_accounts', row }]);
  },
};
