import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BankLine, BankRule, MatchPass } from '../bank-rows.ts';

/** What of a line of the bank takes part in matching. */
export type MatchLine = Pick<
  BankLine,
  'id' | 'date' | 'narration' | 'reference' | 'chequeNo' | 'debitPaise' | 'creditPaise'
>;

/** A line of the books on the bank account, with what else of its voucher names the payment. */
export interface BookEntry {
  readonly voucherLineId: Id;
  readonly voucherId: Id;
  readonly voucherNumber: string;
  readonly kind: string;
  readonly date: IsoDate;
  /** Money into the bank account. */
  readonly debitPaise: Paise;
  /** Money out of it. */
  readonly creditPaise: Paise;
  readonly parties: readonly string[];
  /**
   * Everything the bank may print: UTR, RRN, cheque number, reference of the payment order, of its batch, of the settlement. Of a
   * reversal also those of the voucher it takes back, since a returned payment comes back under the number it went out with.
   */
  readonly references: readonly string[];
  readonly narration: string;
  readonly billNo: string | null;
}

/** An active rule for this account. */
export type MatchRule = Pick<BankRule, 'id' | 'words' | 'direction' | 'accountCode' | 'narration'>;

export interface MatchOptions {
  /** The first day of the books; what is dated earlier is left alone. Null where they have always been there. */
  readonly booksFrom: IsoDate | null;
  /** How far apart the days of the bank and of the books may be where only the party's name speaks for a match. */
  readonly partyDays: number;
  /** After how many days a cheque is no longer good. */
  readonly chequeDays: number;
  /** The same for any other reference that may come again, such as a bill's number. */
  readonly referenceDays: number;
  /** The same for a UTR; they do not come again, but what is half a year apart is looked at by somebody. */
  readonly utrDays: number;
  /** How many days after the receipts a gateway settles them. */
  readonly settlementDays: number;
  /** The most a gateway keeps, before the tax on it. */
  readonly chargeMaxBasisPoints: bigint;
}

export const defaultMatchOptions: MatchOptions = { booksFrom: null, ...limits.matching.defaults };

export type ProposalPass = Exclude<MatchPass, 'manual'>;

/**
 * Why a proposal needs somebody to look at it. `several_fit` others fit as well; `common_reference` a reference that may name more than one
 * payment; `reference_elsewhere` the reference of one stands beside something else on the other side; `many_alike` too many of the same amount
 * around; `names_another` another line or entry of the amount has the name; `references_differ` both sides have a number of the same kind, and
 * not the same; `far_apart` in days; `name_in_part`; `amounts_only` nothing but amounts and day met; `charge_unproved` the difference is not a
 * known share of the amounts; `no_charge_rule` nobody said what the difference is; `nearly_same_reference` an entry that is left has nearly the
 * reference; `no_shared_reference`; `perhaps_in_books` an open entry of this amount may be the same.
 */
export const doubts = [
  'several_fit',
  'common_reference',
  'reference_elsewhere',
  'many_alike',
  'names_another',
  'references_differ',
  'far_apart',
  'name_in_part',
  'amounts_only',
  'charge_unproved',
  'no_charge_rule',
  'nearly_same_reference',
  'no_shared_reference',
  'perhaps_in_books',
] as const;
export type Doubt = (typeof doubts)[number];

/** The facts from which a screen says why. */
export interface Because {
  /** The reference that stands on both sides, without its signs and leading zeros. */
  readonly reference: string | null;
  readonly party: string | null;
  /** Words of the party's name that stand in the narration, as far as they do. */
  readonly partyWords: readonly string[];
  /** Positive into the account, negative out of it. */
  readonly linesPaise: Paise;
  readonly entriesPaise: Paise;
  /** The bank's days after the books'; of several the furthest. Null where the books have nothing yet. */
  readonly daysApart: number | null;
  readonly doubts: readonly Doubt[];
}

/** What has to be posted before the match can be: of a rule the whole line, of a settlement what the gateway kept. */
export interface ProposedPosting {
  readonly ruleId: Id | null;
  readonly accountCode: string | null;
  readonly narration: string | null;
  /** Positive into the bank account, negative out of it. */
  readonly paise: Paise;
  /** What of a gateway's charge is the fee and what the tax on it; null where that is not known. */
  readonly fee: { readonly paise: Paise; readonly taxPaise: Paise; readonly basisPoints: bigint | null } | null;
}

export interface Proposal {
  readonly pass: ProposalPass;
  readonly lineIds: readonly Id[];
  /** None where a rule proposes a new voucher. */
  readonly voucherLineIds: readonly Id[];
  /** It may be accepted together with others, without somebody looking at each; so exactly if there are no doubts. */
  readonly isAutomatic: boolean;
  readonly because: Because;
  readonly posting: ProposedPosting | null;
}
