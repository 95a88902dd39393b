import { canonicalText } from '../../kernel/canonical.ts';
import { addDays, istDate, monthOf } from '../../kernel/dates.ts';
import { refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok } from '../../kernel/result.ts';
import type { BankAccount } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import { bankAccountOf } from './account.ts';

type Args = CommandArgs['fees.reconcile'];

/** What does not agree. told: the portal says so; deposits: collected and deposited differ; statement, books: they have less than was deposited. */
export type FeeDifference =
  | {
      readonly what: 'told';
      readonly reference: string | null;
      readonly amountPaise: Paise | null;
      readonly reason: string;
    }
  | { readonly what: 'deposits' | 'statement' | 'books'; readonly amountPaise: Paise };

/** The id of what was said: who says it again is answered with what is there. */
export const feeReconciliationId = (args: Args, context: Pick<CommandContext, 'namedId'>): Id =>
  context.namedId(
    nameOf(
      'feeReconciliation',
      canonicalText({ ...args, discrepancies: args.discrepancies.map((one) => ({ ...one })) }),
    ),
  );

/**
 * Keeps what the fee portal says of a month and holds it against the bank and the books. An account takes other money as well, so
 * statements and books may have more than the deposits that were told, but not less.
 */
export const reconcileFees: CommandDefinition<Args> = {
  name: 'fees.reconcile',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'super_accountant'],
  documentId: feeReconciliationId,
  audit: 'rows',
  async decide(args, context, books) {
    const account = await bankAccountOf(args.bankAccountId, books);
    if (!account.ok) return account;
    const { month, bankAccountId, collectionsPaise, depositsPaise } = args;
    if (month > monthOf(istDate(context.occurredAt))) return err(refusal('STATEMENT_INVALID', { reason: 'period' }));
    if (collectionsPaise < 0n || depositsPaise < 0n) {
      return err(refusal('INPUT_INVALID', { where: 'total: negative' }));
    }
    const id = feeReconciliationId(args, context);
    if ((await books.get('fee_reconciliations', id)) !== undefined) return ok([]);
    const statementPaise = await creditedInMonth(account.value, month, books);
    const booksPaise = await debitedInMonth(account.value, month, context, books);
    const differences = differencesOf(args, statementPaise, booksPaise);
    const row = {
      ...{ collegeId: context.collegeId, id, month, bankAccountId, collectionsPaise, depositsPaise },
      ...{ statementPaise, booksPaise },
      status: args.status === 'matched' && differences.length === 0 ? ('matched' as const) : ('discrepancies' as const),
      discrepancies: canonicalText(differences.map((one) => ({ ...one }))),
      ...{ reportedBy: context.actor.id, reportedByName: context.actor.name, verifiedAt: context.occurredAt },
    };
    return ok([{ table: 'fee_reconciliations', row }]);
  },
};

function differencesOf(args: Args, statementPaise: Paise | null, booksPaise: Paise): readonly FeeDifference[] {
  const { collectionsPaise, depositsPaise, discrepancies } = args;
  const found: FeeDifference[] = discrepancies.map((one) => ({ what: 'told', ...one }));
  if (collectionsPaise !== depositsPaise)
    found.push({ what: 'deposits', amountPaise: depositsPaise - collectionsPaise });
  if (statementPaise !== null && statementPaise < depositsPaise)
    found.push({ what: 'statement', amountPaise: statementPaise - depositsPaise });
  if (booksPaise < depositsPaise) found.push({ what: 'books', amountPaise: booksPaise - depositsPaise });
  return found;
}

/** What the bank put to the account in the month; null where no line of a statement lies in it. */
async function creditedInMonth({ id }: BankAccount, month: string, books: BooksReader): Promise<Paise | null> {
  const last = addDays(`${monthOf(addDays(`${month}-28`, 4))}-01`, -1);
  const lines = await books.bankLinesBetween(id, `${month}-01`, last);
  return lines.length === 0 ? null : sumPaise(lines.map(({ creditPaise }) => creditPaise));
}

async function debitedInMonth(
  { accountCode }: BankAccount,
  month: string,
  context: CommandContext,
  books: BooksReader,
): Promise<Paise> {
  const total = await books.get('consolidation_totals', context.namedId(nameOf('total', month, '', accountCode)));
  return total?.debitPaise ?? 0n;
}
