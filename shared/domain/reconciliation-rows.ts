import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';

/**
 * What the fee portal says of a month's collections and of what reached the bank, held against statements and books. Its id follows from
 * what was said, so that the same is there once. See rows.ts.
 */
export interface FeeReconciliation {
  readonly collegeId: Id;
  readonly id: Id;
  /** `2026-10`. */
  readonly month: string;
  readonly bankAccountId: Id;
  /** As they were told. */
  readonly collectionsPaise: Paise;
  readonly depositsPaise: Paise;
  /** Credits of the account in the statements of this month; null where no statement reaches into it. */
  readonly statementPaise: Paise | null;
  /** What the books have to debit of the bank account in this month. */
  readonly booksPaise: Paise;
  readonly status: 'matched' | 'discrepancies';
  /** Canonical text of what does not agree: what was told, and what was found here. */
  readonly discrepancies: string;
  readonly reportedBy: Id;
  readonly reportedByName: string;
  readonly verifiedAt: number;
}
