import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { Side } from '../../../shared/domain/voucher/kinds.ts';
import type { OpenBill } from '../../../shared/ipc/contract/vouchers.ts';
import { formatPaise, type Paise } from '../../../shared/kernel/money.ts';
import type { BillValues } from './voucher-values.ts';

/** On which side a party's line of the kind makes a bill rather than settle one; null where either may be. */
const makesBill: Readonly<Partial<Record<EntryKind, Side | 'both'>>> = {
  purchase: 'credit',
  sales: 'debit',
  opening: 'both',
};

const row = (kind: BillValues['kind'], name: string, amount: Paise): BillValues => ({
  ...{ kind, name, dueOn: '' },
  amount: formatPaise(amount),
});

/** Bills that the side settles: a debit settles what is owed, a credit what is due. Oldest first, as they come. */
export const settledBy = (side: Side, open: readonly OpenBill[]): readonly OpenBill[] =>
  open.filter(({ openPaise }) => (side === 'debit' ? openPaise < 0n : openPaise > 0n));

const size = ({ openPaise }: OpenBill): Paise => (openPaise < 0n ? -openPaise : openPaise);

/**
 * How the form proposes to place a party's line. A bill of a supplier or an invoice makes a bill under its reference; anything else settles
 * the oldest open bills first, and what is left over is on account.
 */
export function proposeBills(
  kind: EntryKind,
  side: Side,
  amount: Paise,
  reference: string,
  open: readonly OpenBill[],
): readonly BillValues[] {
  if (amount <= 0n) return [];
  const name = reference.trim();
  const isFree = name !== '' && open.every((bill) => bill.name !== name);
  const makes = makesBill[kind];
  if (makes === 'both' || makes === side) return isFree ? [row('new', name, amount)] : [row('on_account', '', amount)];
  const rows: BillValues[] = [];
  let left = amount;
  for (const bill of settledBy(side, open)) {
    if (left === 0n) break;
    const isWhole = size(bill) <= left;
    const part = isWhole ? size(bill) : left;
    rows.push(row('against', bill.name, part));
    left -= part;
  }
  if (left > 0n)
    rows.push(kind === 'journal' && rows.length === 0 && isFree ? row('new', name, left) : row('on_account', '', left));
  return rows;
}
