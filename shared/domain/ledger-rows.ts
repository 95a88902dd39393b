import type { IsoDate } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';

/** Rows of the books beside the vouchers: what of them belongs to which bill, and which periods are closed. See rows.ts. */

/** How a party's amount belongs to bills, as Tally names it: it makes one, settles one, waits for one, or belongs to none. */
export type BillKind = 'new' | 'against' | 'advance' | 'on_account';

/**
 * What of a line on a party's account belongs to which bill. The allocations of a line add up to it and stand on its side. What is open of a
 * bill is the sum over all allocations of its name.
 */
export interface BillAllocation {
  readonly collegeId: Id;
  readonly id: Id;
  readonly voucherId: Id;
  readonly lineNo: number;
  readonly accountCode: string;
  readonly vendorId: Id;
  readonly kind: BillKind;
  /** The bill's own number; null on account. */
  readonly name: string | null;
  /** Of the posting. */
  readonly date: IsoDate;
  /** Of the bill, where this makes one: from here its age counts. */
  readonly billDate: IsoDate | null;
  readonly dueOn: IsoDate | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

/**
 * A month or financial year that was closed at least once. A month is closed softly: one person opens it again. A year is closed hard: one
 * person asks to open it, another one does.
 */
export interface Period {
  readonly collegeId: Id;
  readonly id: Id;
  readonly kind: 'month' | 'year';
  /** `2026-10` or `2026-27`. */
  readonly name: string;
  readonly isClosed: boolean;
  /** Who closed it last. */
  readonly closedBy: Id;
  readonly closedByName: string;
  readonly closedAt: number;
  /** Canonical text of `ClosingFigures`: what the books said when the year was closed, to be held against them for ever. */
  readonly figures: string | null;
  /** Who asks to open a closed year, and why; all null when nobody does. */
  readonly askedBy: Id | null;
  readonly askedByName: string | null;
  readonly askedAt: number | null;
  /** Why it was asked for, or why a month was opened again. */
  readonly reason: string | null;
  readonly revision: number;
}
