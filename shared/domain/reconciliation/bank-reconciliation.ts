import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import { compareText } from '../../kernel/order.ts';

/** A line of the books or of the bank, and since when both sides have it. */
export interface ReconcilingItem {
  readonly id: Id;
  readonly date: IsoDate;
  /** Positive into the account, negative out of it. */
  readonly paise: Paise;
  /**
   * The last day of all lines and entries of its match: from then on both sides have all of it. Null while it has no match. A match of
   * which the bank had one part earlier than another is not settled between the two, or the statement would not close there.
   */
  readonly settledOn: IsoDate | null;
}

export interface ReconciliationInput {
  /** As per books at the end of the day. */
  readonly bookBalancePaise: Paise;
  /** As per bank at the end of the day; null where no statement reaches there. */
  readonly bankBalancePaise: Paise | null;
  /** Of the books; those that are not needed for the day may be among them. */
  readonly entries: readonly ReconcilingItem[];
  /** Of the bank, likewise. */
  readonly lines: readonly ReconcilingItem[];
}

/** One heading of the statement: what stands under it, oldest first, and the sum of it without its sign. */
export interface ReconcilingGroup {
  readonly items: readonly ReconcilingItem[];
  readonly paise: Paise;
}

/** The bank reconciliation statement of a day. */
export interface BankReconciliation {
  readonly asOf: IsoDate;
  readonly bookBalancePaise: Paise;
  /** Added: the books have paid it, the bank has not yet. */
  readonly notPresented: ReconcilingGroup;
  /** Taken off: the books have received it, the bank has not credited it yet. */
  readonly notCredited: ReconcilingGroup;
  /** Added: the bank has credited it, the books have it not. */
  readonly creditsNotInBooks: ReconcilingGroup;
  /** Taken off: the bank has debited it, the books have it not. */
  readonly debitsNotInBooks: ReconcilingGroup;
  /** What the bank should say by all this. */
  readonly expectedBankPaise: Paise;
  readonly bankBalancePaise: Paise | null;
  /** What the bank says above that; null where it says nothing. Anything but zero is an opening balance or a line that is wrong or missing. */
  readonly unexplainedPaise: Paise | null;
}

/** From the balance of the books to that of the bank, by what only one of them has at the end of a day. */
export function bankReconciliation(input: ReconciliationInput, asOf: IsoDate): BankReconciliation {
  const { bookBalancePaise, bankBalancePaise } = input;
  const entries = openAt(input.entries, asOf);
  const lines = openAt(input.lines, asOf);
  const notPresented = groupOf(entries.filter(({ paise }) => paise < 0n));
  const notCredited = groupOf(entries.filter(({ paise }) => paise >= 0n));
  const creditsNotInBooks = groupOf(lines.filter(({ paise }) => paise >= 0n));
  const debitsNotInBooks = groupOf(lines.filter(({ paise }) => paise < 0n));
  const expectedBankPaise =
    bookBalancePaise + notPresented.paise - notCredited.paise + creditsNotInBooks.paise - debitsNotInBooks.paise;
  return {
    asOf,
    bookBalancePaise,
    notPresented,
    notCredited,
    creditsNotInBooks,
    debitsNotInBooks,
    expectedBankPaise,
    bankBalancePaise,
    unexplainedPaise: bankBalancePaise === null ? null : bankBalancePaise - expectedBankPaise,
  };
}

const openAt = (items: readonly ReconcilingItem[], asOf: IsoDate): readonly ReconcilingItem[] =>
  items.filter(({ date, settledOn }) => date <= asOf && (settledOn === null || settledOn > asOf));

function groupOf(items: readonly ReconcilingItem[]): ReconcilingGroup {
  let sum = 0n;
  for (const { paise } of items) sum += paise < 0n ? -paise : paise;
  return { items: [...items].sort((a, b) => compareText(a.date, b.date) || compareText(a.id, b.id)), paise: sum };
}
