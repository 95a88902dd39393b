import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { invalidBankAccount } from './fields.ts';

/** The principal says how much may leave an account in one payment and in one day. Who pays does not set his own limits. */
export const setBankAccountLimits: CommandDefinition<CommandArgs['bankAccount.setLimits']> = {
  name: 'bankAccount.setLimits',
  schemaVersion: 1,
  roles: ['principal'],
  documentId: (args) => args.bankAccountId,
  audit: 'rows',
  async decide({ bankAccountId, revision, paymentLimitPaise, dailyLimitPaise }, _context, books) {
    const account = await books.get('bank_accounts', bankAccountId);
    if (account === undefined) return err(refusal('NOT_FOUND', { what: 'bank_account' }));
    if (account.revision !== revision) return err(refusal('COMMAND_STALE', { what: 'bank_account' }));
    if ((paymentLimitPaise === null) !== (dailyLimitPaise === null)) {
      return invalidBankAccount('paymentLimitPaise', 'limits');
    }
    if (paymentLimitPaise !== null && dailyLimitPaise !== null) {
      if (paymentLimitPaise <= 0n || paymentLimitPaise > dailyLimitPaise) {
        return invalidBankAccount('paymentLimitPaise', 'limits');
      }
    }
    const row = { ...account, paymentLimitPaise, dailyLimitPaise, revision: account.revision + 1 };
    return ok([{ table: 'bank_accounts', row }]);
  },
};
