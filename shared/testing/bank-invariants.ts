import { type Paise, sumPaise } from '../kernel/money.ts';
import type { MemoryBooks } from './memory-books.ts';

/** What must hold of statements and matches after every command; see books-invariants.ts. */
export function bankFaults(books: MemoryBooks): string[] {
  return [...matchFaults(books), ...strayFaults(books), ...statementFaults(books), ...expenseFaults(books)];
}

const net = (rows: readonly { readonly debitPaise: Paise; readonly creditPaise: Paise }[]): Paise =>
  sumPaise(rows.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));

/** Both sides of an active match are the same money, on one account; one that was undone holds nothing. */
function matchFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  const accounts = new Map(books.rows('bank_accounts').map((account) => [account.id, account.accountCode]));
  const posted = new Map(books.rows('voucher_lines').map((line) => [line.id, line]));
  for (const match of books.rows('bank_matches')) {
    const name = `match ${match.id}`;
    const lines = books.rows('bank_lines').filter(({ matchId }) => matchId === match.id);
    const cleared = books.rows('cleared_entries').filter(({ matchId }) => matchId === match.id);
    if (!match.isActive) {
      if (lines.length + cleared.length > 0) faults.push(`${name} was undone and holds lines`);
      continue;
    }
    const entries = cleared.flatMap(({ id }) => posted.get(id) ?? []);
    if (lines.length + entries.length < 2) faults.push(`${name} has nothing to match`);
    if (entries.length !== cleared.length) faults.push(`${name} clears what is not posted`);
    if (net(lines) !== -net(entries)) faults.push(`${name}: bank ${-net(lines)}, books ${net(entries)}`);
    if (lines.some((line) => line.bankAccountId !== match.bankAccountId)) faults.push(`${name} has a foreign line`);
    if (entries.some((entry) => entry.accountCode !== accounts.get(match.bankAccountId)))
      faults.push(`${name} has an entry of another account`);
    const days = (lines.length > 0 ? lines : entries).map(({ date }) => date).sort();
    if (days.at(-1) !== match.clearedOn) faults.push(`${name} cleared on another day than its last line`);
    if (cleared.some(({ clearedOn }) => clearedOn !== match.clearedOn)) faults.push(`${name} has two days`);
  }
  return faults;
}

/** Nothing points to a match that is not there. That each line and entry is in at most one follows from where it is kept. */
function strayFaults(books: MemoryBooks): string[] {
  const active = new Set(books.rows('bank_matches').flatMap(({ id, isActive }) => (isActive ? [id] : [])));
  const faults: string[] = [];
  for (const { id, matchId } of books.rows('bank_lines'))
    if (matchId !== null && !active.has(matchId)) faults.push(`bank line ${id} is in no match`);
  for (const { id, matchId, clearedOn } of books.rows('cleared_entries')) {
    if (matchId !== null && !active.has(matchId)) faults.push(`entry ${id} is in no match`);
    if ((matchId === null) !== (clearedOn === null)) faults.push(`entry ${id} has a day and no match`);
  }
  return faults;
}

function statementFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  for (const statement of books.rows('bank_statements')) {
    const lines = books.rows('bank_lines').filter(({ statementId }) => statementId === statement.id);
    if (lines.length !== statement.lineCount) faults.push(`statement ${statement.id} counts its lines wrong`);
    if (lines.some(({ date }) => date < statement.from || date > statement.to))
      faults.push(`statement ${statement.id} has a line of another period`);
  }
  return faults;
}

/** An expense is reconciled so long as the bank's line of its payment is matched. */
function expenseFaults(books: MemoryBooks): string[] {
  const cleared = new Set(
    books.rows('cleared_entries').flatMap(({ voucherId, matchId }) => (matchId === null ? [] : [voucherId])),
  );
  return books.rows('expenses').flatMap(({ id, status, paymentVoucherId }) => {
    const isCleared = paymentVoucherId !== null && cleared.has(paymentVoucherId);
    if (status === 'reconciled' && !isCleared) return [`expense ${id} is reconciled with no line of the bank`];
    return status === 'paid' && isCleared ? [`expense ${id} met the bank and is not reconciled`] : [];
  });
}
