import { cleanText } from '../import/clean-text.ts';
import type { StatementEntry } from './model.ts';

/**
 * What names a line of a bank account for good, in a fixed order, for the caller to hash: account, date, debit, credit, reference,
 * cheque number, narration, balance, and its number among lines that are equal in all of these. Only the very words of the bank count,
 * not how it spaced them. Statements that overlap give the same line the same name as long as the bank gives it in the same form; two
 * equal payments of one day stay two, because statements hold whole days or are cut at their newest end.
 */
export type LineName = readonly [
  account: string,
  date: string,
  debit: string,
  credit: string,
  reference: string,
  cheque: string,
  narration: string,
  balance: string,
  occurrence: string,
];

/** The names of lines, oldest first as in a Statement. `account` is ours, not the statement's, whose middle may be hidden. */
export function lineNames(account: string, entries: readonly StatementEntry[]): readonly LineName[] {
  const seen = new Map<string, number>();
  return entries.map((entry): LineName => {
    const words = [
      account,
      entry.date,
      entry.debitPaise.toString(),
      entry.creditPaise.toString(),
      cleanText(entry.reference ?? ''),
      cleanText(entry.chequeNo ?? ''),
      cleanText(entry.narration),
      entry.balancePaise === null ? '' : entry.balancePaise.toString(),
    ] as const;
    const key = JSON.stringify(words);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return [...words, String(occurrence)];
  });
}
