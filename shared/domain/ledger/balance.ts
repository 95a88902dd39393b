import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Change, VoucherLine } from '../rows.ts';

/** The lines that the changes write. */
export const linesOf = (changes: readonly Change[]): readonly VoucherLine[] =>
  changes.flatMap((change) => (change.table === 'voucher_lines' && 'row' in change ? [change.row] : []));

/**
 * Why the changes may not enter the ledger, or undefined: debit and credit of a voucher differ, a line has not exactly one side, or a
 * voucher has no lines. Refusal: LEDGER_UNBALANCED with `difference` in paise.
 */
export function balanceRefusal(changes: readonly Change[]): Refusal | undefined {
  const balances = new Map<string, Paise>();
  for (const line of linesOf(changes)) {
    const oneSide = line.debitPaise > 0n !== line.creditPaise > 0n && line.debitPaise >= 0n && line.creditPaise >= 0n;
    if (!oneSide) return unbalanced(line.debitPaise - line.creditPaise);
    balances.set(line.voucherId, (balances.get(line.voucherId) ?? 0n) + line.debitPaise - line.creditPaise);
  }
  for (const change of changes) {
    if (change.table === 'vouchers' && 'row' in change && !balances.has(change.row.id)) return unbalanced(0n);
  }
  for (const difference of balances.values()) if (difference !== 0n) return unbalanced(difference);
  return undefined;
}

const unbalanced = (difference: Paise): Refusal => refusal('LEDGER_UNBALANCED', { difference: String(difference) });
