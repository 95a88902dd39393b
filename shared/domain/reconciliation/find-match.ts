import type { Id } from '../../kernel/ids.ts';
import type { BankLine } from '../bank-rows.ts';
import type { BooksReader } from '../command/command.ts';
import type { Voucher, VoucherLine } from '../rows.ts';
import type { MatchFields } from './args.ts';

/** A line of a voucher with the voucher. */
export interface BookEntry {
  readonly line: VoucherLine;
  readonly voucher: Voucher;
}

/** What matches speak of, as far as it is there. */
export interface FoundRows {
  readonly lines: ReadonlyMap<Id, BankLine>;
  readonly entries: ReadonlyMap<Id, BookEntry>;
}

/** Reads what the matches speak of, in a few questions for all of them. */
export async function findMatches(matches: readonly MatchFields[], books: BooksReader): Promise<FoundRows> {
  const entryIds = matches.flatMap((match) => match.entryIds);
  const lines = await books.getAll(
    'bank_lines',
    matches.flatMap((match) => match.lineIds),
  );
  const posted = await books.getAll('voucher_lines', entryIds);
  const vouchers = await books.getAll('vouchers', [...new Set([...posted.values()].map((line) => line.voucherId))]);
  // Asked for now, so that the rules find them read.
  await books.getAll('cleared_entries', entryIds);
  await books.getAll('bank_matches', [...new Set(matches.map(({ matchId }) => matchId))]);
  const entries = [...posted].flatMap(([id, line]): (readonly [Id, BookEntry])[] => {
    const voucher = vouchers.get(line.voucherId);
    return voucher === undefined ? [] : [[id, { line, voucher }]];
  });
  return { lines, entries: new Map(entries) };
}

/** The match in which something stands that stood before, in itself or in an earlier one. */
export function firstTwice(matches: readonly MatchFields[]): Id | undefined {
  const seen = new Set<Id>();
  for (const { matchId, lineIds, entryIds } of matches) {
    for (const id of [matchId, ...lineIds, ...entryIds]) {
      if (seen.has(id)) return matchId;
      seen.add(id);
    }
  }
  return undefined;
}
