import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { isClosedDay } from '../period/closed.ts';
import type { Change } from '../rows.ts';
import { lockRefusal, reopenedExpenses, settledDay } from './match-rows.ts';

/**
 * Takes a match apart: its lines are open again. Refused once the month in which the money cleared, or in which the books had it too, is
 * closed. A voucher that came of the match stays posted; it can be matched again or taken back. Refusals: NOT_FOUND, MATCH_UNDONE,
 * RECONCILIATION_LOCKED.
 */
export const undoMatch: CommandDefinition<CommandArgs['reconciliation.undo']> = {
  name: 'reconciliation.undo',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.matchId,
  audit: 'rows',
  async decide(args, context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const match = await books.get('bank_matches', args.matchId);
    if (match === undefined) return err(refusal('NOT_FOUND', { what: 'match' }));
    if (!match.isActive) return err(refusal('MATCH_UNDONE', { by: match.undoneByName ?? '' }));
    const lines = await books.linesOfMatch(match.id);
    const cleared = await books.clearedByMatch(match.id);
    const entries = await books.getAll(
      'voucher_lines',
      cleared.map(({ id }) => id),
    );
    const settled = settledDay(
      lines,
      [...entries.values()].map((line) => ({ line })),
    );
    const day = (await isClosedDay(match.clearedOn, context, books)) ? match.clearedOn : settled;
    const locked = await lockRefusal(day, context, books);
    if (locked !== undefined) return err(locked);
    const undone = { isActive: false, undoneByName: context.actor.name, undoneReason: reason.value };
    const vouchers = await books.getAll('vouchers', [...new Set(cleared.map(({ voucherId }) => voucherId))]);
    const changes: Change[] = [
      { table: 'bank_matches', row: { ...match, ...undone, revision: match.revision + 1 } },
      ...lines.map((line): Change => ({ table: 'bank_lines', row: { ...line, matchId: null } })),
      ...cleared.map((entry): Change => {
        const row = { ...entry, matchId: null, clearedOn: null, revision: entry.revision + 1 };
        return { table: 'cleared_entries', row };
      }),
    ];
    return ok([...changes, ...(await reopenedExpenses([...vouchers.values()], books))]);
  },
};
