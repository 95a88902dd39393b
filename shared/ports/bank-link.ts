import type { PaymentMode, PaymentNews } from '../domain/payment-order/news.ts';
import type { StatementEntry } from '../domain/statement/model.ts';
import type { IsoDate } from '../kernel/dates.ts';
import type { Refusal } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';
import type { Result } from '../kernel/result.ts';

/** paused: it failed so often that nothing goes to it for a while; probing: one request at a time, to see whether it is back. */
export type BankHealth = 'well' | 'probing' | 'paused';

/** A bank account that is set up on this desk: its connector is there, and what it needs is in the vault. */
export interface BankReach {
  readonly collegeId: Id;
  /** As it is called in the books, or by the process that has none, by the connection it goes over. */
  readonly bankAccountId: Id;
  /** By which the two are brought together. */
  readonly accountCode: string;
  readonly accountNumber: string;
  readonly connector: string;
  readonly canPay: boolean;
  readonly canEnquire: boolean;
  readonly canState: boolean;
  readonly health: BankHealth;
  /** How many payments one request takes; 1 where each goes alone. */
  readonly paymentsMax: number;
}

/** One sending of one order. The reference has the sending in it and names it for ever. */
export interface BankSending {
  readonly orderId: Id;
  readonly batchId: Id;
  readonly fence: number;
  readonly reference: string;
  readonly debitAccount: string;
  readonly debitIfsc: string;
  readonly beneficiaryName: string;
  readonly beneficiaryAccount: string;
  readonly beneficiaryIfsc: string;
  readonly amountPaise: Paise;
  readonly mode: PaymentMode;
  readonly purpose: string;
  /** It must not go out after this moment, however long it waits for its turn: others may then ask the bank and conclude that it never will. */
  readonly notAfter: number;
}

export interface BankQuestion {
  readonly orderId: Id;
  readonly batchId: Id;
  readonly fence: number;
  readonly reference: string;
  readonly providerId: string | null;
  readonly debitAccount: string;
}

/**
 * What came of one sending or one question. `in_doubt` the bank may have it, nobody knows; also what was not sent for a reason of our own, which a
 * question clears up. `refused` it declined at once and has taken nothing. A question that got no answer is `in_doubt`, too.
 */
export type BankAnswer = { readonly orderId: Id; readonly fence: number } & (
  | { readonly kind: 'news'; readonly news: PaymentNews }
  | { readonly kind: 'refused'; readonly news: PaymentNews }
  | { readonly kind: 'in_doubt'; readonly refusal: Refusal }
);

export interface BankBalance {
  readonly availablePaise: Paise;
  readonly currentPaise: Paise | null;
  readonly at: number;
}

export interface BankStatementPage {
  readonly entries: readonly StatementEntry[];
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
  readonly nextPage: string | null;
}

/**
 * The way to the banks, from the process with the vault and the network. Nothing here throws for what a bank does; a sending gets exactly one
 * answer, and the same (order, fence) is never sent a second time.
 */
export interface BankLink {
  accounts(): Promise<readonly BankReach[]>;
  /** All from one account, at most its `paymentsMax`. */
  send(bankAccountId: Id, sendings: readonly BankSending[]): Promise<readonly BankAnswer[]>;
  enquire(bankAccountId: Id, questions: readonly BankQuestion[]): Promise<readonly BankAnswer[]>;
  balance(bankAccountId: Id): Promise<Result<BankBalance, Refusal>>;
  statement(
    bankAccountId: Id,
    period: { readonly from: IsoDate; readonly to: IsoDate; readonly page: string | null },
  ): Promise<Result<BankStatementPage, Refusal>>;
}
