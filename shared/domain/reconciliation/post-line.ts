import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Paise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BankAccount, BankLine } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { postingDay } from '../period/closed.ts';
import type { Change, EntryKind, Voucher, VoucherLine } from '../rows.ts';
import { isMoney } from '../voucher/kinds.ts';
import { postVoucher } from '../voucher/post.ts';
import { bankAccountOf } from './account.ts';
import type { PostedSide } from './args.ts';
import { withBankNumbers } from './bank-number.ts';
import { type BookEntry, type FoundRows, findMatches, firstTwice } from './find-match.ts';
import { bankSum, bookSum, invalidMatch, matchChanges, reconciledExpenses } from './match-rows.ts';

type Args = CommandArgs['reconciliation.post'];

/**
 * Enters what the bank did of its own accord (charges, interest, what a gateway kept) as a voucher, by the rules of every voucher, and
 * matches it with its lines. It is dated as the bank has it, or on the first day after that which is not closed: the line is a paper of the bank.
 */
export const postLine: CommandDefinition<Args> = {
  name: 'reconciliation.post',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.voucherId,
  audit: 'rows',
  async decide(args, context, books) {
    const { match } = args;
    const account = await bankAccountOf(args.bankAccountId, books);
    if (!account.ok) return account;
    if (firstTwice([match]) !== undefined) return err(invalidMatch('twice', match.matchId));
    const found = await findMatches([match], books);
    const missing = await missingVoucher(args, account.value, found, context, books);
    if (!missing.ok) return missing;
    const posted = await postVoucher.decide(missing.value, context, books);
    if (!posted.ok) return posted;
    const entry = ownEntry(posted.value, missing.value.lines.length);
    const whole = { ...match, entryIds: [...match.entryIds, entry.line.id] };
    const entries = new Map([...found.entries, [entry.line.id, entry]]);
    const matched = await matchChanges(whole, account.value, { lines: found.lines, entries }, context, books);
    if (!matched.ok) return matched;
    const vouchers = [...found.entries.values()].map(({ voucher }) => voucher);
    const reconciled = await reconciledExpenses(vouchers, books);
    const told = await withBankNumbers(reconciled, [match], found, books);
    return ok([...posted.value, ...matched.value, ...told]);
  },
};

/** The voucher over what the lines have beyond the entries. Refusals: NOT_FOUND, MATCH_TAKEN, MATCH_INVALID where nothing is missing. */
async function missingVoucher(
  args: Args,
  account: BankAccount,
  found: FoundRows,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<CommandArgs['voucher.post'], Refusal>> {
  const lines = args.match.lineIds.flatMap((id) => found.lines.get(id) ?? []);
  const [first] = lines;
  if (first === undefined || lines.length < args.match.lineIds.length) {
    return err(refusal('NOT_FOUND', { what: 'bank_line' }));
  }
  const taken = lines.find(({ matchId }) => matchId !== null);
  if (taken !== undefined) return err(refusal('MATCH_TAKEN', { match: args.match.matchId, date: taken.date }));
  const entries = args.match.entryIds.flatMap((id) => found.entries.get(id)?.line ?? []);
  const paise = bankSum(lines) - bookSum(entries);
  if (paise === 0n) return err(invalidMatch('even', args.match.matchId));
  const referenceDate =
    lines
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? first.date;
  return ok({
    ...{ voucherId: args.voucherId, kind: await kindOf(paise, args.lines, books), narration: args.narration },
    ...{ date: await postingDay(referenceDate, context, books), reference: referenceOf(first), referenceDate },
    lines: [...args.lines, ownSide(paise, account)],
  });
}

/** As vouchers keep it: what is longer is no reference. */
const referenceMax = 200;
const referenceOf = ({ reference, chequeNo }: BankLine): string | null =>
  (reference ?? chequeNo)?.slice(0, referenceMax) ?? null;

/** Money in is debited to the account of the bank. */
const ownSide = (paise: Paise, { accountCode }: BankAccount): PostedSide => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null },
  debitPaise: paise > 0n ? paise : 0n,
  creditPaise: paise > 0n ? 0n : -paise,
});

/** Money that only moved between the college's own accounts is a contra. */
async function kindOf(paise: Paise, lines: readonly PostedSide[], books: BooksReader): Promise<EntryKind> {
  let isContra = lines.length > 0;
  for (const { accountCode } of lines) {
    const account = await books.accountByCode(accountCode);
    if (account === undefined || !isMoney(account)) isContra = false;
  }
  if (isContra) return 'contra';
  return paise > 0n ? 'receipt' : 'payment';
}

/** The new voucher's line on the account of the bank: the last one that was asked for. */
function ownEntry(changes: readonly Change[], lineNo: number): BookEntry {
  let [voucher, line]: [Voucher | undefined, VoucherLine | undefined] = [undefined, undefined];
  for (const change of changes) {
    if (!('row' in change)) continue;
    if (change.table === 'vouchers') voucher = change.row;
    if (change.table === 'voucher_lines' && change.row.lineNo === lineNo) line = change.row;
  }
  if (voucher === undefined || line === undefined) throw new Error('a voucher was posted without its lines');
  return { line, voucher };
}
