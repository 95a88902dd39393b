import { type IsoDate, monthOf } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BankAccount, BankLine, BankMatch } from '../bank-rows.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { bankMoves } from '../expense/life-cycle.ts';
import { isClosedDay } from '../period/closed.ts';
import type { Change, Expense, Voucher } from '../rows.ts';
import type { MatchFields } from './args.ts';
import type { BookEntry, FoundRows } from './find-match.ts';
import type { MatchReason } from './reasons.ts';

/**
 * The rows of a match. Both sides come to the same sum, money in positive; of one side alone, such as an entry and its reversal, to nothing.
 * Refusals: NOT_FOUND, MATCH_INVALID, MATCH_TAKEN, MATCH_UNEQUAL with `bank` and `books` in paise, RECONCILIATION_LOCKED.
 */
export async function matchChanges(
  match: MatchFields,
  account: BankAccount,
  found: FoundRows,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<readonly Change[], Refusal>> {
  if ((await books.get('bank_matches', match.matchId)) !== undefined) return err(invalidMatch('twice', match.matchId));
  const read = await readSides(match, account, found, books);
  if (!read.ok) return read;
  const { lines, entries } = read.value;
  const unequal = sumFault(match.matchId, lines, entries);
  if (unequal !== undefined) return err(unequal);
  const clearedOn = clearedDay(lines, entries);
  const locked = await lockRefusal(settledDay(lines, entries), context, books);
  if (locked !== undefined) return err(locked);
  const { collegeId, actor, occurredAt } = context;
  const row: BankMatch = {
    ...{ collegeId, id: match.matchId, bankAccountId: account.id, pass: match.pass, because: match.because, clearedOn },
    ...{ matchedBy: actor.id, matchedByName: actor.name, matchedAt: occurredAt },
    ...{ isActive: true, undoneByName: null, undoneReason: null, revision: 1 },
  };
  const changes: Change[] = [{ table: 'bank_matches', row }];
  for (const line of lines) changes.push({ table: 'bank_lines', row: { ...line, matchId: match.matchId } });
  for (const { line } of entries) {
    const before = await books.get('cleared_entries', line.id);
    const cleared = { collegeId, id: line.id, bankAccountId: account.id, voucherId: line.voucherId };
    const revision = (before?.revision ?? 0) + 1;
    changes.push({ table: 'cleared_entries', row: { ...cleared, matchId: match.matchId, clearedOn, revision } });
  }
  return ok(changes);
}

interface Sides {
  readonly lines: readonly BankLine[];
  readonly entries: readonly BookEntry[];
}

/** Both sides as they stand, all of them open and of this account. */
async function readSides(
  match: MatchFields,
  account: BankAccount,
  found: FoundRows,
  books: BooksReader,
): Promise<Result<Sides, Refusal>> {
  const lines: BankLine[] = [];
  for (const id of match.lineIds) {
    const line = found.lines.get(id);
    if (line === undefined) return err(refusal('NOT_FOUND', { what: 'bank_line' }));
    if (line.bankAccountId !== account.id) return err(invalidMatch('account', match.matchId));
    if (line.matchId !== null) return err(refusal('MATCH_TAKEN', { match: match.matchId, date: line.date }));
    lines.push(line);
  }
  const entries: BookEntry[] = [];
  for (const id of match.entryIds) {
    const entry = found.entries.get(id);
    if (entry === undefined) return err(refusal('NOT_FOUND', { what: 'entry' }));
    if (entry.line.accountCode !== account.accountCode) return err(invalidMatch('account', match.matchId));
    if (entry.voucher.kind === 'opening') return err(invalidMatch('opening', match.matchId));
    const cleared = await books.get('cleared_entries', id);
    if (cleared !== undefined && cleared.matchId !== null) {
      return err(refusal('MATCH_TAKEN', { match: match.matchId, date: entry.line.date }));
    }
    entries.push(entry);
  }
  return ok({ lines, entries });
}

/** Money in positive, as the bank's customer sees it. */
export const bankSum = (lines: readonly Pick<BankLine, 'debitPaise' | 'creditPaise'>[]): Paise =>
  sumPaise(lines.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise));
export const bookSum = (lines: readonly Pick<BankLine, 'debitPaise' | 'creditPaise'>[]): Paise => -bankSum(lines);

function sumFault(matchId: Id, lines: readonly BankLine[], entries: readonly BookEntry[]): Refusal | undefined {
  if (lines.length + entries.length < 2) return invalidMatch('alone', matchId);
  const bank = bankSum(lines);
  const books = bookSum(entries.map(({ line }) => line));
  if (bank !== books) return refusal('MATCH_UNEQUAL', { match: matchId, bank: String(bank), books: String(books) });
  const hasBoth = lines.length > 0 && entries.length > 0;
  return hasBoth && bank === 0n ? invalidMatch('one_sided', matchId) : undefined;
}

const latest = (days: readonly IsoDate[]): IsoDate => days.toSorted().at(-1) ?? '';

/** The day of the last line of the bank; of entries alone, that of the last of them. */
const clearedDay = (lines: readonly BankLine[], entries: readonly BookEntry[]): IsoDate =>
  latest(lines.length > 0 ? lines.map(({ date }) => date) : entries.map(({ line }) => line.date));

/** The first day on which bank and books both have this money: from here on the reconciliation of a day depends on the match. */
export const settledDay = (
  lines: readonly Pick<BankLine, 'date'>[],
  entries: readonly { readonly line: { readonly date: IsoDate } }[],
): IsoDate => latest([...lines.map(({ date }) => date), ...entries.map(({ line }) => line.date)]);

/** Refusal: RECONCILIATION_LOCKED, when the reconciliation of a closed month would no longer be the one that was signed. */
export async function lockRefusal(
  day: IsoDate,
  context: CommandContext,
  books: BooksReader,
): Promise<Refusal | undefined> {
  return (await isClosedDay(day, context, books))
    ? refusal('RECONCILIATION_LOCKED', { month: monthOf(day), date: day })
    : undefined;
}

/** Expenses whose payment has met the bank. */
export async function reconciledExpenses(
  vouchers: readonly Voucher[],
  books: BooksReader,
): Promise<readonly Expense[]> {
  return moveExpenses(vouchers, bankMoves.reconcile, books);
}

/** Expenses whose payment has not met the bank after all. */
export async function reopenedExpenses(vouchers: readonly Voucher[], books: BooksReader): Promise<readonly Change[]> {
  const moved = await moveExpenses(vouchers, bankMoves.reopen, books);
  return moved.map((row): Change => ({ table: 'expenses', row }));
}

async function moveExpenses(
  vouchers: readonly Voucher[],
  { from, to }: { readonly from: Expense['status']; readonly to: Expense['status'] },
  books: BooksReader,
): Promise<readonly Expense[]> {
  const paid = new Map(vouchers.flatMap(({ id, expenseId }) => (expenseId === null ? [] : [[expenseId, id] as const])));
  const expenses = await books.getAll('expenses', [...paid.keys()]);
  return [...expenses.values()]
    .filter(({ id, status, paymentVoucherId }) => status === from && paymentVoucherId === paid.get(id))
    .map((expense) => ({ ...expense, status: to, revision: expense.revision + 1 }));
}

export const invalidMatch = (reason: MatchReason, match: Id): Refusal => refusal('MATCH_INVALID', { reason, match });
