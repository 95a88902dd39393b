import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import type { Change } from '../rows.ts';
import { bankAccountOf } from './account.ts';
import { withBankNumbers } from './bank-number.ts';
import { findMatches, firstTwice } from './find-match.ts';
import { invalidMatch, matchChanges, reconciledExpenses } from './match-rows.ts';

/** Says of lines of the bank and lines of the books that they are the same money; by whichever way it was found, the rules are these. */
export const matchLines: CommandDefinition<CommandArgs['reconciliation.match']> = {
  name: 'reconciliation.match',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.bankAccountId,
  audit: 'rows',
  async decide({ bankAccountId, matches }, context, books) {
    const account = await bankAccountOf(bankAccountId, books);
    if (!account.ok) return account;
    const twice = firstTwice(matches);
    if (twice !== undefined) return err(invalidMatch('twice', twice));
    const found = await findMatches(matches, books);
    const changes: Change[] = [];
    for (const match of matches) {
      const made = await matchChanges(match, account.value, found, context, books);
      if (!made.ok) return made;
      changes.push(...made.value);
    }
    const vouchers = matches.flatMap(({ entryIds }) => entryIds.flatMap((id) => found.entries.get(id)?.voucher ?? []));
    const reconciled = await reconciledExpenses(vouchers, books);
    return ok([...changes, ...(await withBankNumbers(reconciled, matches, found, books))]);
  },
};
