import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BankRule, MatchPass } from '../bank-rows.ts';
import type { StatementEntry, StatementFormat } from '../statement/model.ts';

/** A line of a statement, which line of it, and which of several that are equal in everything. */
export interface StatementLineFields extends StatementEntry {
  readonly lineNo: number;
  /** 1 for the first, or only, one. */
  readonly occurrence: number;
}

/** Lines of the bank and lines of vouchers on the ledger account of the bank that are the same money. */
export interface MatchFields {
  readonly matchId: Id;
  readonly lineIds: readonly Id[];
  /** Of voucher lines. */
  readonly entryIds: readonly Id[];
  readonly pass: MatchPass;
  /** Canonical text of why. */
  readonly because: string;
}

export type BankRuleFields = Pick<
  BankRule,
  'bankAccountId' | 'words' | 'direction' | 'accountCode' | 'narration' | 'isActive'
>;

/** What a portal holds against the bank, see `fees.reconcile`. */
export interface FeeDiscrepancy {
  readonly reference: string | null;
  readonly amountPaise: Paise | null;
  readonly reason: string;
}

/** A line of the voucher that a line of the bank becomes: debit or credit, never both. What it is to a party is on account. */
export interface PostedSide {
  readonly accountCode: string;
  readonly vendorId: Id | null;
  readonly departmentCode: string | null;
  readonly fundCode: string | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

/** The commands about statements and what of them the books have. */
export interface ReconcilingArgs {
  /** A statement in one or several parts. Lines that are there already, from whichever statement, add nothing. */
  readonly 'statement.import': {
    readonly statementId: Id;
    readonly bankAccountId: Id;
    readonly format: StatementFormat;
    readonly fileName: string | null;
    readonly sha256: string | null;
    readonly from: IsoDate;
    readonly to: IsoDate;
    readonly openingPaise: Paise | null;
    readonly closingPaise: Paise | null;
    readonly lines: readonly StatementLineFields[];
  };
  /** All of them or none. */
  readonly 'reconciliation.match': { readonly bankAccountId: Id; readonly matches: readonly MatchFields[] };
  readonly 'reconciliation.undo': { readonly matchId: Id; readonly reason: string };
  /**
   * Enters what the bank has and the books have not (charges, interest, what a gateway kept of a settlement), and matches lines, entries and
   * the new voucher. It comes to what the lines have beyond the entries; `lines` are its other side.
   */
  readonly 'reconciliation.post': {
    readonly bankAccountId: Id;
    readonly match: MatchFields;
    readonly voucherId: Id;
    readonly narration: string;
    readonly lines: readonly PostedSide[];
  };
  /** `revision` is the one that was seen; 0 for a new rule. */
  readonly 'bankRule.set': { readonly ruleId: Id; readonly revision: number; readonly fields: BankRuleFields };
  /** What the fee portal says of a month, held against statements and books. */
  readonly 'fees.reconcile': {
    readonly month: string;
    readonly bankAccountId: Id;
    readonly collectionsPaise: Paise;
    readonly depositsPaise: Paise;
    readonly status: 'matched' | 'discrepancies';
    readonly discrepancies: readonly FeeDiscrepancy[];
  };
}
