import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { BooksReader } from '../command/command.ts';
import type { VoucherLine } from '../rows.ts';

/** Why a voucher cannot be taken back while the bank's line of it stands matched. Refusal: VOUCHER_CLEARED. */
export async function clearedRefusal(
  lines: readonly Pick<VoucherLine, 'id'>[],
  books: Pick<BooksReader, 'getAll'>,
): Promise<Refusal | undefined> {
  const entries = await books.getAll(
    'cleared_entries',
    lines.map(({ id }) => id),
  );
  const cleared = [...entries.values()].find(({ matchId }) => matchId !== null);
  return cleared === undefined ? undefined : refusal('VOUCHER_CLEARED', { date: cleared.clearedOn ?? '' });
}
