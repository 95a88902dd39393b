import type { IsoDate } from '../../kernel/dates.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import type { CostCentre } from '../rows.ts';
import { isPartyAccount, kindRules } from '../voucher/kinds.ts';
import { bookNames, type NamedRows } from './book-names.ts';
import type { BillsDraft, OpenBills } from './fit-bills.ts';
import type { BooksPlace, LedgerMatcher } from './match-ledgers.ts';
import type { CostShare, ExchangeLine, ExchangeVoucher } from './model.ts';
import { exchangeKey } from './names.ts';

/**
 * known: it came from these books, or came in before. ledger, costCentre: a name the books do not have, or several have. costSplit: it is
 * split over departments and over funds, so that nobody can say which part belongs to both, or over more than there is. bill: it settles a
 * bill that neither the books nor another voucher has.
 */
export type UnreadReason = 'known' | 'ledger' | 'costCentre' | 'costSplit' | 'bill' | 'lines' | 'unbalanced';

export interface UnreadVoucher {
  readonly voucher: ExchangeVoucher;
  readonly reason: UnreadReason;
  /** The name in question. */
  readonly name: string | null;
}

export interface ReadyVoucher {
  readonly voucher: ExchangeVoucher;
  readonly args: CommandArgs['voucher.post'];
  /** Bills whose amount is on account, see `FittedBills`. */
  readonly loosened: readonly string[];
}

export interface VouchersRead {
  readonly ready: readonly ReadyVoucher[];
  readonly unread: readonly UnreadVoucher[];
}

export interface IntoBooks {
  readonly rows: NamedRows;
  readonly ledgers: LedgerMatcher;
  readonly bills: OpenBills;
  /** Whether what the books begin with is in them, so that a bill which nobody has made was even before. */
  readonly isOpened: boolean;
  readonly hasVoucher: (id: Id) => boolean;
  /** The id that a voucher of another program has here; the same for the same one, so that a second import adds nothing. */
  readonly idFor: (externalId: string) => Id;
}

type Unread = { readonly reason: UnreadReason; readonly name: string | null };

/**
 * Vouchers of another program as commands. A voucher of which anything is unknown is reported whole, and nothing of it is guessed. One that
 * settles a bill goes behind the one that makes it, wherever it stands in the file.
 */
export function vouchersForBooks(vouchers: readonly ExchangeVoucher[], into: IntoBooks): VouchersRead {
  const centres = centresByName(into.rows);
  const ready: ReadyVoucher[] = [];
  const unread: UnreadVoucher[] = [];
  let waiting: readonly UnreadVoucher[] = vouchers.map((voucher) => ({ voucher, reason: 'bill', name: null }));
  for (let isLast = false; waiting.length > 0; ) {
    const later: UnreadVoucher[] = [];
    for (const { voucher } of waiting) {
      const read = readVoucher(voucher, { ...into, isOpened: isLast }, centres);
      if (read.ok) ready.push(read.value);
      else (read.error.reason === 'bill' ? later : unread).push({ voucher, ...read.error });
    }
    if (later.length === waiting.length) {
      if (isLast || !into.isOpened) {
        unread.push(...later);
        break;
      }
      isLast = true;
    }
    waiting = later;
  }
  return { ready, unread };
}

type Centres = ReadonlyMap<string, CostCentre>;

function centresByName(rows: NamedRows): Centres {
  const names = bookNames(rows).costCentres;
  return new Map(rows.costCentres.map((centre) => [exchangeKey(names.get(centre.code) ?? centre.name), centre]));
}

function readVoucher(
  voucher: ExchangeVoucher,
  { ledgers, hasVoucher, idFor, bills, rows, isOpened }: IntoBooks,
  centres: Centres,
): Result<ReadyVoucher, Unread> {
  const { id, kind, date, narration, reference, referenceDate } = voucher;
  const voucherId = isId(id) && hasVoucher(id) ? id : idFor(id);
  if (hasVoucher(voucherId)) return fail('known');
  const lines: VoucherLineFields[] = [];
  const draft = bills.draft();
  const loosened: string[] = [];
  for (const line of voucher.lines) {
    const match = ledgers.find(line.ledger);
    if (match.kind !== 'found') return fail('ledger', line.ledger);
    const read = splitLine(line, match.place, centres);
    if (!read.ok) return read;
    const fitted = withBills(line, read.value, { billDate: referenceDate ?? date, isOpened }, draft);
    if (!fitted.ok) return fitted;
    lines.push(...fitted.value.lines);
    loosened.push(...fitted.value.loosened);
  }
  if (lines.length < 2 || lines.length > limits.voucher.linesMax) return fail('lines');
  const debit = sumPaise(lines.map(({ debitPaise }) => debitPaise));
  const credit = sumPaise(lines.map(({ creditPaise }) => creditPaise));
  if (debit !== credit) return fail('unbalanced');
  draft.keep();
  const named = withParty(voucher, lines, ledgers, rows);
  const args = { voucherId, kind, date, narration, reference, referenceDate, lines: named };
  return ok({ voucher, args, loosened });
}

/**
 * Where a kind has to name its party and no line is on the party's own ledger, the party that the voucher names stands on the line of what is
 * owed or due.
 */
function withParty(
  { kind, partyLedger }: ExchangeVoucher,
  lines: readonly VoucherLineFields[],
  ledgers: LedgerMatcher,
  { accounts }: NamedRows,
): readonly VoucherLineFields[] {
  if (!kindRules[kind].party || partyLedger === null || lines.some(({ vendorId }) => vendorId !== null)) return lines;
  const match = ledgers.find(partyLedger);
  const vendorId = match.kind === 'found' ? match.place.vendorId : null;
  if (vendorId === null) return lines;
  const due = new Set(accounts.filter(isPartyAccount).map(({ code }) => code));
  const at = Math.max(
    0,
    lines.findIndex(({ accountCode }) => due.has(accountCode)),
  );
  return lines.map((line, index) => (index === at ? { ...line, vendorId } : line));
}

/** The lines of a party with what of them belongs to which bill; without references the whole is on account. */
function withBills(
  { bills: refs, debitPaise, creditPaise }: ExchangeLine,
  lines: readonly VoucherLineFields[],
  when: { readonly billDate: IsoDate; readonly isOpened: boolean },
  draft: BillsDraft,
): Result<{ readonly lines: readonly VoucherLineFields[]; readonly loosened: readonly string[] }, Unread> {
  const [only, ...others] = lines;
  const vendorId = only?.vendorId ?? null;
  const isOnAccount = refs.every(({ kind }) => kind === 'on_account');
  if (only === undefined || vendorId === null || isOnAccount) return ok({ lines, loosened: [] });
  if (others.length > 0) return fail('costSplit', refs[0]?.name ?? null);
  const amountPaise = debitPaise + creditPaise;
  const fitted = draft.fitLine({ vendorId, isDebit: debitPaise > 0n, amountPaise, refs, ...when });
  if (!fitted.ok) return fail('bill', fitted.error);
  const { bills, loosened } = fitted.value;
  return ok({ lines: [{ ...only, bills }], loosened });
}

interface Share {
  readonly code: string | null;
  readonly amountPaise: Paise;
}

/** A line of ours names one department and one fund at most, so a line that is split over several becomes several. */
function splitLine(
  line: ExchangeLine,
  place: BooksPlace,
  centres: Centres,
): Result<readonly VoucherLineFields[], Unread> {
  const whole = line.debitPaise + line.creditPaise;
  const departments: Share[] = [];
  const funds: Share[] = [];
  for (const share of line.costShares) {
    const centre = centreOf(share, centres);
    if (centre === undefined) return fail('costCentre', share.name);
    if (share.amountPaise <= 0n) return fail('costSplit', share.name);
    (centre.kind === 'department' ? departments : funds).push({ code: centre.code, amountPaise: share.amountPaise });
  }
  const byDepartment = filled(departments, whole);
  const byFund = filled(funds, whole);
  if (byDepartment === undefined || byFund === undefined) return fail('costSplit', line.ledger);
  if (byDepartment.length > 1 && byFund.length > 1) return fail('costSplit', line.ledger);
  const isDebit = line.debitPaise > 0n;
  const parts = byDepartment.length > 1 ? byDepartment : byFund;
  return ok(
    parts.map(({ code, amountPaise }) => ({
      ...place,
      departmentCode: byDepartment.length > 1 ? code : (byDepartment[0]?.code ?? null),
      fundCode: byDepartment.length > 1 ? (byFund[0]?.code ?? null) : code,
      debitPaise: isDebit ? amountPaise : 0n,
      creditPaise: isDebit ? 0n : amountPaise,
    })),
  );
}

/** A centre whose kind the other program tells has to be of that kind here. */
function centreOf({ name, kind }: CostShare, centres: Centres): CostCentre | undefined {
  const centre = centres.get(exchangeKey(name));
  return centre === undefined || (kind !== null && kind !== centre.kind) ? undefined : centre;
}

/** The shares and what they leave over; undefined when they are more than there is. */
function filled(shares: readonly Share[], whole: Paise): readonly Share[] | undefined {
  const rest = whole - sumPaise(shares.map(({ amountPaise }) => amountPaise));
  if (rest < 0n) return undefined;
  return rest === 0n ? shares : [...shares, { code: null, amountPaise: rest }];
}

const fail = (reason: UnreadReason, name: string | null = null) => err({ reason, name });
