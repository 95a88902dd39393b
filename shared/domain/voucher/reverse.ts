import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import { moveBudget } from '../budget/move.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { reversalLines } from '../ledger/posting.ts';
import { voucherChanges } from '../ledger/voucher.ts';
import { reversalRefusal } from '../period/closed.ts';
import { clearedRefusal } from '../reconciliation/cleared.ts';
import type { Change } from '../rows.ts';

/**
 * Takes a voucher back by the opposite entry, dated by the accountant, and gives back what it used of budgets: those of the year it was
 * posted to. One that came of an expense is taken back with its expense.
 */
export const reverseVoucher: CommandDefinition<CommandArgs['voucher.reverse']> = {
  name: 'voucher.reverse',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.voucherId,
  audit: 'rows',
  async decide(args, context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const voucher = await books.get('vouchers', args.voucherId);
    if (voucher === undefined) return err(refusal('NOT_FOUND', { what: 'voucher' }));
    if (voucher.expenseId !== null) return err(refusal('VOUCHER_OF_EXPENSE'));
    if (voucher.kind === 'reversal') return err(refusal('VOUCHER_IS_REVERSAL'));
    const before = await books.reversalOf(voucher.id);
    if (before !== undefined) return err(refusal('VOUCHER_REVERSED', { date: before.date }));
    const wrongDay = await reversalRefusal(args.date, voucher.date, context, books);
    if (wrongDay !== undefined) return err(wrongDay);
    const posted = await books.voucherLines(voucher.id);
    const cleared = await clearedRefusal(posted, books);
    if (cleared !== undefined) return err(cleared);
    const draft = {
      kind: 'reversal',
      date: args.date,
      narration: `Reversal of ${voucher.number ?? voucher.narration}: ${reason.value}`,
      reference: null,
      referenceDate: null,
      expenseId: null,
      reversesId: voucher.id,
      lines: reversalLines(posted, await books.billsOfVoucher(voucher.id)),
    } as const;
    const { changes } = await voucherChanges(draft, context, books);
    const moved: Change[] = [];
    const { financialYear } = voucher;
    for (const category of new Set(posted.flatMap((one) => one.category ?? []))) {
      const own = posted.filter((one) => one.category === category);
      const spent = own.reduce((sum, one) => sum + one.creditPaise - one.debitPaise, 0n);
      moved.push(...(await moveBudget({ financialYear, category }, { committed: 0n, spent }, context, books)));
    }
    return ok([...changes, ...moved]);
  },
};
