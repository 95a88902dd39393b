import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { readBankAccount } from './fields.ts';

/** Enters an account that the college has at a bank. Nothing is paid from it before a principal has set its limits. */
export const createBankAccount: CommandDefinition<CommandArgs['bankAccount.create']> = {
  name: 'bankAccount.create',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.bankAccountId,
  audit: 'rows',
  async decide({ bankAccountId, fields }, { collegeId }, books) {
    if ((await books.get('bank_accounts', bankAccountId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'bankAccountId: in use' }));
    }
    const limits = { paymentLimitPaise: null, dailyLimitPaise: null };
    const row = { ...fields, ...limits, collegeId, id: bankAccountId, isActive: true, revision: 1 };
    const read = await readBankAccount(row, books);
    return read.ok ? ok([{ table: 'bank_accounts', row: read.value }]) : read;
  },
};
