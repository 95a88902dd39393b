import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Edits } from '../command/field-edit.ts';
import type { PaymentFailure, PaymentState } from './news.ts';

/** An account at a bank as a person enters it. */
export interface BankAccountFields {
  readonly name: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly ifsc: string;
  /** A GL code with the role `bank`. */
  readonly accountCode: string;
  readonly connector: string | null;
  readonly fileFormat: string | null;
}
export type BankAccountEditable = BankAccountFields & { readonly isActive: boolean };

/** Who says what became of a payment: the answer to sending it, the answer to a question, the bank unasked, a person, a bank statement. */
export type NewsSource = 'send' | 'enquiry' | 'webhook' | 'person' | 'statement';

/** `in_doubt` no answer came; `refused` the bank declined at once and has taken nothing. */
export type NewsState = PaymentState | 'in_doubt' | 'refused';

/** What became of one sending of an order. */
export interface OrderOutcome {
  readonly orderId: Id;
  /** Which sending it is about. */
  readonly fence: number;
  readonly state: NewsState;
  readonly providerId: string | null;
  readonly utr: string | null;
  readonly bookedOn: IsoDate | null;
  readonly failure: PaymentFailure | null;
  readonly chargesPaise: Paise | null;
}

/** The commands about paying through banks. */
export interface PaymentArgs {
  readonly 'bankAccount.create': { readonly bankAccountId: Id; readonly fields: BankAccountFields };
  readonly 'bankAccount.edit': { readonly bankAccountId: Id; readonly edits: Edits<BankAccountEditable> };
  /** `revision` is the account that was seen; null stops payments from it. */
  readonly 'bankAccount.setLimits': {
    readonly bankAccountId: Id;
    readonly revision: number;
    readonly paymentLimitPaise: Paise | null;
    readonly dailyLimitPaise: Paise | null;
  };
  /** The bank details of a vendor as they were seen; `revision` 0 where the vendor is older than the list of beneficiaries. */
  readonly 'beneficiary.approve': {
    readonly vendorId: Id;
    readonly accountNumber: string;
    readonly ifsc: string;
    readonly accountName: string;
    readonly revision: number;
  };
  readonly 'order.prepare': {
    readonly batchId: Id;
    readonly bankAccountId: Id;
    /** `revision` is the expense that was seen, where the screen shows one. */
    readonly orders: readonly { readonly orderId: Id; readonly expenseId: Id; readonly revision?: number }[];
    readonly purpose: string;
  };
  /** `totalPaise` is the sum that the checker saw. */
  readonly 'order.release': {
    readonly batchId: Id;
    readonly orderIds: readonly Id[];
    readonly totalPaise: Paise;
  };
  readonly 'order.withdraw': { readonly batchId: Id; readonly orderIds: readonly Id[]; readonly reason: string };
  /** Takes the right to send upon the desk it is entered on, of those orders that can be sent. */
  readonly 'order.take': { readonly batchId: Id; readonly orderIds: readonly Id[] };
  /** They go into a file for the bank. */
  readonly 'order.export': { readonly batchId: Id; readonly orderIds: readonly Id[]; readonly format: string };
  readonly 'order.record': {
    readonly batchId: Id;
    readonly source: NewsSource;
    readonly outcomes: readonly OrderOutcome[];
  };
  /** A person has looked at what the order wants looked at. */
  readonly 'order.settle': { readonly batchId: Id; readonly orderId: Id; readonly reason: string };
}
