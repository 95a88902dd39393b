import type { BankAccount, PaymentOrder } from '../domain/bank-rows.ts';

/** An order as the books of this desk have it. */
export interface DeskOrder {
  readonly order: PaymentOrder;
  readonly account: BankAccount;
  /** Whether the server wrote the row as it is, and nothing of this desk waits on top of it. */
  readonly isConfirmed: boolean;
}
