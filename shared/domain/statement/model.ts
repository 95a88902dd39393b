import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';

/** One line of a bank statement as the bank shows it. Exactly one of debit and credit is above zero; both are the bank's words. */
export interface StatementEntry {
  readonly date: IsoDate;
  readonly valueDate: IsoDate | null;
  readonly narration: string;
  /** The bank's own reference of the line: a UTR, an RRN, its transaction id; null where the statement has no such column. */
  readonly reference: string | null;
  readonly chequeNo: string | null;
  /** Money that left the account. */
  readonly debitPaise: Paise;
  /** Money that came in. */
  readonly creditPaise: Paise;
  /** After this line; null where the statement does not say. */
  readonly balancePaise: Paise | null;
}

export type StatementFormat = 'mt940' | 'camt053' | 'ofx' | 'sheet' | 'api';

/** What one statement says, oldest line first, lines of one day in the order in which the bank booked them. */
export interface Statement {
  readonly format: StatementFormat;
  /** As the statement gives it, perhaps with its middle hidden; null where it names none. */
  readonly accountNumber: string | null;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
  readonly entries: readonly StatementEntry[];
}
