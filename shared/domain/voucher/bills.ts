import type { IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { VoucherLineFields } from '../command/args.ts';
import type { BooksReader } from '../command/command.ts';
import { line } from '../command/line.ts';
import type { PostingBill } from '../ledger/posting.ts';
import type { BillAllocation } from '../ledger-rows.ts';
import type { Account } from '../rows.ts';
import type { VoucherReason } from './faults.ts';
import { isPartyAccount } from './kinds.ts';

/** What is open of a bill, debit positive. */
export const openOf = (allocations: readonly Pick<BillAllocation, 'debitPaise' | 'creditPaise'>[]): Paise =>
  sumPaise(allocations.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));

/** What the lines of this voucher read so far do to bills, on top of the books. */
export type BillMoves = Map<string, Paise>;

/**
 * How a line belongs to bills. A party's line without any is on account as a whole. A new bill or advance has a name that no open bill of the
 * party has; what settles a bill leaves it open or even, never turned over.
 * Refusals: BILL_UNKNOWN, BILL_DUPLICATE, BILL_OVERPAID with `open` in paise; a reason of VOUCHER_INVALID for what does not fit the line.
 */
export async function readBills(
  given: VoucherLineFields,
  account: Account,
  billDate: IsoDate,
  books: BooksReader,
  moves: BillMoves,
): Promise<Result<readonly PostingBill[], Refusal | VoucherReason>> {
  const { vendorId, bills = [] } = given;
  const amount = given.debitPaise + given.creditPaise;
  if (vendorId === null || !isPartyAccount(account)) return bills.length === 0 ? ok([]) : err('party');
  const none = { name: null, billDate: null, dueOn: null };
  if (bills.length === 0) return ok([{ kind: 'on_account', amountPaise: amount, ...none }]);
  if (sumPaise(bills.map(({ amountPaise }) => amountPaise)) !== amount) return err('sum');
  const sign = given.debitPaise > 0n ? 1n : -1n;
  const read: PostingBill[] = [];
  for (const { kind, name: typed, amountPaise, dueOn } of bills) {
    if (amountPaise <= 0n) return err('amount');
    const name = line(typed);
    const isNamed = kind !== 'on_account';
    if (isNamed !== (name !== null)) return err('empty');
    if (dueOn !== null && (kind !== 'new' || dueOn < billDate)) return err('due');
    if (name !== null) {
      const refused = await move(kind, vendorId, name, sign * amountPaise, books, moves);
      if (refused !== undefined) return err(refused);
    }
    const makesBill = kind === 'new' || kind === 'advance';
    read.push({ kind, name, billDate: makesBill ? billDate : null, dueOn, amountPaise });
  }
  return ok(read);
}

async function move(
  kind: 'new' | 'against' | 'advance' | 'on_account',
  vendorId: Id,
  name: string,
  by: Paise,
  books: BooksReader,
  moves: BillMoves,
): Promise<Refusal | undefined> {
  const key = `${vendorId} ${name}`;
  const posted = await books.billsNamed(vendorId, name);
  const open = openOf(posted) + (moves.get(key) ?? 0n);
  moves.set(key, (moves.get(key) ?? 0n) + by);
  if (kind !== 'against') return open === 0n ? undefined : refusal('BILL_DUPLICATE', { name });
  if (open === 0n)
    return posted.length === 0 ? refusal('BILL_UNKNOWN', { name }) : refusal('BILL_OVERPAID', { name, open: '0' });
  const left = open + by;
  const isTurned = open > 0n ? by > 0n || left < 0n : by < 0n || left > 0n;
  return isTurned ? refusal('BILL_OVERPAID', { name, open: String(open < 0n ? -open : open) }) : undefined;
}
