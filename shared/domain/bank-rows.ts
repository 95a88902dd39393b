import type { IsoDate } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';
import type { FailureReason, PaymentMode } from './payment-order/news.ts';
import type { StatementFormat } from './statement/model.ts';

/** Rows of the books about the college's bank accounts: what is paid out of them, and what their statements say. See rows.ts. */

/** An account the college has at a bank, and the ledger account that stands for it. */
export interface BankAccount {
  readonly collegeId: Id;
  readonly id: Id;
  readonly name: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly ifsc: string;
  /** A GL code with the role `bank`; one bank account for each. */
  readonly accountCode: string;
  /** Over which connector it is asked and paid from; null where all goes by file. */
  readonly connector: string | null;
  /** The preset of the bulk-upload file its bank takes; null where none was chosen. */
  readonly fileFormat: string | null;
  /** The most of one payment and of one day. Nothing can be released before a principal has set them. */
  readonly paymentLimitPaise: Paise | null;
  readonly dailyLimitPaise: Paise | null;
  readonly isActive: boolean;
  readonly revision: number;
}

/**
 * The bank details of a vendor that payments may use: its id is the vendor's. Whoever changed them cannot approve them, and they can be
 * paid to only some time after they were approved, so that a false change can be noticed.
 */
export interface Beneficiary {
  readonly collegeId: Id;
  readonly id: Id;
  readonly accountName: string;
  readonly accountNumber: string;
  readonly ifsc: string;
  readonly changedBy: Id;
  readonly changedByName: string;
  readonly changedAt: number;
  /** All null while nobody has approved these very details. */
  readonly approvedBy: Id | null;
  readonly approvedByName: string | null;
  readonly approvedAt: number | null;
  readonly usableFrom: number | null;
  readonly revision: number;
}

/**
 * `prepared` by the maker; `released` by the checker; `sending` one desk holds the right to send it and may have done so; `exported` it
 * stands in a file for the bank; `in_doubt` nobody knows whether the bank has it; `not_received` the bank has not, and a checker may release it again;
 * `accepted` the bank works on it; `paid`, `failed`, `returned` after it was paid; `withdrawn` before anything was sent.
 */
export type PaymentOrderStatus =
  | 'prepared'
  | 'released'
  | 'sending'
  | 'exported'
  | 'in_doubt'
  | 'not_received'
  | 'accepted'
  | 'paid'
  | 'failed'
  | 'returned'
  | 'withdrawn';

/**
 * What a person has to look at. `older_paid` an earlier sending was paid while a later one is under way; `paid_twice` the bank paid a bill that was
 * settled otherwise, or paid it twice; `failed_after_paid` the bank says of a payment it made that it failed; `alive_after_end` the bank works
 * on a payment that was withdrawn.
 */
export type OrderAttention = 'older_paid' | 'paid_twice' | 'failed_after_paid' | 'alive_after_end';

/**
 * One intent to pay one bill through a bank. Its id and `reference` name it for ever. `fence` counts its sendings: what the bank says of an
 * earlier one is not news of this one.
 */
export interface PaymentOrder {
  readonly collegeId: Id;
  readonly id: Id;
  /** Gapless, given by the server. */
  readonly number: string | null;
  /** Those that were prepared together; a batch of one where it was alone. */
  readonly batchId: Id;
  readonly expenseId: Id;
  readonly vendorId: Id;
  readonly bankAccountId: Id;
  readonly status: PaymentOrderStatus;
  /** The state the expense goes back to when it is not paid after all. */
  readonly statusBefore: 'approved' | 'payable';
  readonly mode: PaymentMode;
  readonly amountPaise: Paise;
  /** As they were approved when it was prepared. */
  readonly beneficiaryName: string;
  readonly accountNumber: string;
  readonly ifsc: string;
  readonly purpose: string;
  /** Follows from the id: 14 letters and figures. Each sending adds its fence; see payment-order/reference.ts. */
  readonly reference: string;
  readonly makerId: Id;
  readonly makerName: string;
  readonly preparedAt: number;
  readonly checkerId: Id | null;
  readonly checkerName: string | null;
  readonly releasedAt: number | null;
  /** The Indian day it was released on, against whose limit it counts. */
  readonly releasedOn: IsoDate | null;
  /** Not sent before this moment: the bank of the beneficiary was away. */
  readonly notBefore: number | null;
  readonly fence: number;
  /** The desk that holds the right to send it, or sent it. */
  readonly deviceId: Id | null;
  readonly senderName: string | null;
  readonly takenAt: number | null;
  readonly providerId: string | null;
  readonly utr: string | null;
  readonly failureReason: FailureReason | null;
  readonly failureText: string | null;
  readonly chargesPaise: Paise | null;
  readonly paidOn: IsoDate | null;
  readonly paymentVoucherId: Id | null;
  readonly returnedOn: IsoDate | null;
  readonly returnVoucherId: Id | null;
  readonly attention: OrderAttention | null;
  readonly revision: number;
}

/** One statement as it was read, from a file or from the bank. Its lines are rows of their own. */
export interface BankStatement {
  readonly collegeId: Id;
  readonly id: Id;
  readonly bankAccountId: Id;
  readonly format: StatementFormat;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
  /** Lines it brought that were not there yet. */
  readonly lineCount: number;
  readonly importedBy: Id;
  readonly importedByName: string;
  readonly importedAt: number;
}

/**
 * One line of the bank. Its id follows from account, day, amounts, reference, narration, balance and which of several equal ones it is, so that the same line
 * of overlapping statements is there once and two equal payments of one day are two.
 */
export interface BankLine {
  readonly collegeId: Id;
  readonly id: Id;
  readonly bankAccountId: Id;
  readonly statementId: Id;
  readonly lineNo: number;
  readonly date: IsoDate;
  readonly valueDate: IsoDate | null;
  readonly narration: string;
  readonly reference: string | null;
  readonly chequeNo: string | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly balancePaise: Paise | null;
  /** The match it belongs to; null while it is open. */
  readonly matchId: Id | null;
}

/** How a match was found: by an automatic pass, a rule, or a person. */
export type MatchPass = 'utr' | 'reference' | 'party' | 'batch' | 'rule' | 'manual';

/** Lines of the bank and lines of the books that are the same money. Their sums are equal. */
export interface BankMatch {
  readonly collegeId: Id;
  readonly id: Id;
  readonly bankAccountId: Id;
  readonly pass: MatchPass;
  /** Canonical text of why: which words, which amounts. */
  readonly because: string;
  /** The day of its last bank line. */
  readonly clearedOn: IsoDate;
  readonly matchedBy: Id;
  readonly matchedByName: string;
  readonly matchedAt: number;
  /** False once it was undone. */
  readonly isActive: boolean;
  readonly undoneByName: string | null;
  readonly undoneReason: string | null;
  readonly revision: number;
}

/** A line of the books on a bank account that met its line of the bank. Its id is that of the voucher line. */
export interface ClearedEntry {
  readonly collegeId: Id;
  readonly id: Id;
  readonly bankAccountId: Id;
  readonly voucherId: Id;
  /** Null once the match was undone. */
  readonly matchId: Id | null;
  readonly clearedOn: IsoDate | null;
  readonly revision: number;
}

/** What lines of the bank with certain words are: charges, interest, a standing order. */
export interface BankRule {
  readonly collegeId: Id;
  readonly id: Id;
  /** Null for every account. */
  readonly bankAccountId: Id | null;
  /** All of them stand in the narration, letter case aside. */
  readonly words: string;
  readonly direction: 'in' | 'out';
  readonly accountCode: string;
  readonly narration: string;
  readonly isActive: boolean;
  readonly revision: number;
}
