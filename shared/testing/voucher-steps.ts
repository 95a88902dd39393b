import type { VoucherLineFields } from '../domain/command/args.ts';
import type { Account, EntryKind, Person } from '../domain/rows.ts';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { pickOf } from './pick-of.ts';

export interface VoucherStep {
  readonly pick: number;
  readonly spoil: number;
  readonly daysBack: number;
  readonly amount: bigint;
}

const kinds: readonly EntryKind[] = [
  'opening',
  'payment',
  'receipt',
  'contra',
  'journal',
  'purchase',
  'sales',
  'debit_note',
  'credit_note',
];

/** Enters a voucher of some kind, mostly one that fits; spoilt in one of several ways now and then. */
export function enterVoucher(one: VoucherStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const { pick, spoil } = one;
  const kind = pickOf(kinds, pick) ?? 'journal';
  const amount = one.amount <= 0n ? 1n : one.amount % 40_000_00n;
  const split = amount > 3n ? amount / 3n : 0n;
  const [from, to] = sidesOf(kind, pick, world);
  const vendorId = pickOf(world.books.rows('vendors'), pick)?.id ?? null;
  const department = pickOf(world.books.rows('cost_centres'), pick);
  const shared = { vendorId, fundCode: null, departmentCode: spoil === 1 ? (department?.code ?? null) : null };
  const debit = (accountCode: string, debitPaise: bigint) => ({ ...shared, accountCode, debitPaise, creditPaise: 0n });
  const credit = (accountCode: string, creditPaise: bigint) => ({
    ...shared,
    accountCode,
    debitPaise: 0n,
    creditPaise,
  });
  const lines: VoucherLineFields[] =
    split === 0n
      ? [debit(to, amount), credit(from, amount)]
      : [debit(to, split), debit(to, amount - split), credit(from, amount)];
  withBills(lines, one, world);
  if (spoil === 2) lines.pop();
  if (spoil === 3) lines.push(debit(to, 1n));
  if (spoil === 4) lines.push(debit(to, 5n), credit('no-such', 5n));
  const args = {
    ...{ voucherId: world.newId(), kind: spoil === 5 ? 'contra' : kind, date: dateOf(kind, one, world) },
    ...{ narration: `Entry ${pick}`, reference: spoil === 6 ? null : `R-${pick}`, referenceDate: null, lines },
  } as const;
  return world.run('voucher.post', args, maker);
}

/** Opening balances mostly stand where they have to; so that they do now and again, a year counts from any day. */
const dateOf = (kind: EntryKind, { spoil, daysBack }: VoucherStep, world: CollegeWorld): IsoDate =>
  kind === 'opening' && spoil !== 7
    ? `${Number(world.year.slice(0, 4)) - (daysBack > 400 ? 1 : 0)}-03-31`
    : addDays(world.today, -daysBack);

/** Lets the lines of the payable account make bills and settle those that are open, the last of them mostly not as a whole. */
function withBills(lines: VoucherLineFields[], { pick, spoil }: VoucherStep, world: CollegeWorld): void {
  for (const [index, one] of lines.entries()) {
    if (one.accountCode !== '2100' || one.vendorId === null || pick % 3 === 0) continue;
    const amountPaise = one.debitPaise + one.creditPaise;
    const own = world.books.rows('bill_allocations').filter(({ vendorId }) => vendorId === one.vendorId);
    const name = one.debitPaise > 0n ? (pickOf(own, pick)?.name ?? 'none') : `B/${pick}-${index}`;
    const kind = one.debitPaise > 0n ? 'against' : 'new';
    const first = amountPaise > 9n && pick % 2 === 0 ? amountPaise / 3n : amountPaise;
    const bills = [{ kind, name: spoil === 8 ? null : name, amountPaise: first, dueOn: null } as const];
    const rest = amountPaise - first;
    const more = rest > 0n ? [{ kind: 'on_account', name: null, amountPaise: rest, dueOn: null } as const] : [];
    lines[index] = { ...one, bills: [...bills, ...more] };
  }
}

/** Takes back a voucher, also one that must not be. */
export function reverseEntry(one: VoucherStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const entered = world.books.rows('vouchers').filter(({ expenseId }) => one.spoil < 4 || expenseId === null);
  const voucherId = pickOf(entered, one.pick)?.id ?? world.newId();
  const date = addDays(world.today, -(one.daysBack % 20));
  return world.run('voucher.reverse', { voucherId, date, reason: 'Entered twice' }, maker);
}

/** The accounts that a voucher of this kind moves money between: from, to. */
function sidesOf(kind: EntryKind, pick: number, world: CollegeWorld): readonly [string, string] {
  const of = (fits: (account: Account) => boolean): string =>
    pickOf(
      world.books.rows('accounts').filter((account) => account.isActive && fits(account)),
      pick,
    )?.code ?? '1200';
  const money = of(({ role }) => role === 'bank' || role === 'cash');
  const other = of(({ role, kind: own }) => role === null && own !== 'income');
  const payable = '2100';
  const sides: Readonly<Record<EntryKind, readonly [string, string]>> = {
    opening: [payable, pick % 2 === 0 ? money : '1300'],
    payment: [money, other],
    receipt: [other, money],
    contra: ['1200', money],
    journal: [other, of(({ role, kind: own }) => role === null && own === 'liability')],
    purchase: [payable, other],
    sales: [of(({ kind: own }) => own === 'income'), pick % 2 === 0 ? money : '1300'],
    debit_note: [other, payable],
    credit_note: ['1300', of(({ kind: own }) => own === 'income')],
  };
  return sides[kind];
}
