import { addDays, istDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { BankLine, BankStatement } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandContext, CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import type { Change } from '../rows.ts';
import { bankAccountOf } from './account.ts';
import type { StatementLineFields } from './args.ts';
import { bankLineId } from './line-id.ts';
import type { StatementReason } from './reasons.ts';

type Args = CommandArgs['statement.import'];

/**
 * Keeps a statement, or a part of one, as the bank said it. What it says of days that were closed is kept as well: it posts nothing. A line
 * that is there stays as it is, whichever statement brought it.
 */
export const importStatement: CommandDefinition<Args> = {
  name: 'statement.import',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.statementId,
  audit: 'ids',
  async decide(args, context, books) {
    const account = await bankAccountOf(args.bankAccountId, books);
    if (!account.ok) return account;
    const wrong = statementFault(args, context);
    if (wrong !== undefined) return err(wrong);
    const before = await books.get('bank_statements', args.statementId);
    if (before !== undefined && !isPartOf(args, before)) return invalid('other');
    const ids = args.lines.map((one) => bankLineId(args.bankAccountId, one, one.occurrence, context));
    if (new Set(ids).size !== ids.length) return invalid('occurrence');
    const known = await books.getAll('bank_lines', ids);
    const added = args.lines.flatMap((one, index): readonly BankLine[] => {
      const id = ids[index] ?? '';
      return known.has(id) ? [] : [lineRow(id, one, args, context)];
    });
    const statement = statementChange(args, added.length, before, context);
    return ok([...statement, ...added.map((row): Change => ({ table: 'bank_lines', row }))]);
  },
};

function statementFault({ from, to, lines }: Args, context: CommandContext): Refusal | undefined {
  // A bank that is ahead of us books tomorrow's night run today.
  const last = addDays(istDate(context.occurredAt), 1);
  if (to < from || to > last) return fault('period');
  for (const one of lines) {
    if (one.date < from || one.date > to) return fault('day');
    const { debitPaise, creditPaise } = one;
    const hasOneSide = debitPaise >= 0n && creditPaise >= 0n && debitPaise > 0n !== creditPaise > 0n;
    if (!hasOneSide) return fault('one_side');
  }
  return undefined;
}

const isPartOf = (args: Args, before: BankStatement): boolean =>
  before.bankAccountId === args.bankAccountId &&
  before.format === args.format &&
  before.from === args.from &&
  before.to === args.to &&
  before.openingPaise === args.openingPaise &&
  before.closingPaise === args.closingPaise;

function lineRow(id: string, one: StatementLineFields, args: Args, { collegeId }: CommandContext): BankLine {
  const { lineNo, date, valueDate, debitPaise, creditPaise, balancePaise } = one;
  return {
    collegeId,
    id,
    bankAccountId: args.bankAccountId,
    statementId: args.statementId,
    lineNo,
    date,
    valueDate,
    narration: line(one.narration) ?? '',
    reference: line(one.reference),
    chequeNo: line(one.chequeNo),
    debitPaise,
    creditPaise,
    balancePaise,
    matchId: null,
  };
}

function statementChange(
  args: Args,
  added: number,
  before: BankStatement | undefined,
  { collegeId, actor, occurredAt }: CommandContext,
): readonly Change[] {
  if (before !== undefined) {
    if (added === 0) return [];
    return [{ table: 'bank_statements', row: { ...before, lineCount: before.lineCount + added } }];
  }
  const { bankAccountId, format, sha256, from, to, openingPaise, closingPaise } = args;
  const row: BankStatement = {
    ...{ collegeId, id: args.statementId, bankAccountId, format, fileName: line(args.fileName), sha256 },
    ...{ from, to, openingPaise, closingPaise, lineCount: added },
    ...{ importedBy: actor.id, importedByName: actor.name, importedAt: occurredAt },
  };
  return [{ table: 'bank_statements', row }];
}

const fault = (reason: StatementReason): Refusal => refusal('STATEMENT_INVALID', { reason });
const invalid = (reason: StatementReason) => err(fault(reason));
