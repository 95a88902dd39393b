import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { VoucherKind } from '../rows.ts';
import type { ReportLanguage } from './file-words.ts';

/** Every statement that can be asked for by its name. */
export const reportNames = [
  'trial_balance',
  'ledger',
  'day_book',
  'cash_book',
  'income_expenditure',
  'receipts_payments',
  'balance_sheet',
  'ageing',
  'budget',
  'utilisation',
  'monthly',
  'number_gaps',
  'bank_reconciliation',
] as const;
export type ReportName = (typeof reportNames)[number];

/** What a report is about. A statement as at a date is as at `to`; what does not narrow a report is not looked at. */
export interface ReportQuestion {
  readonly report: ReportName;
  readonly collegeId: Id;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Of the ledger and the bank reconciliation, which need one, and of the bank and cash book. */
  readonly accountCode?: string | undefined;
  /** Of the ledger and of the outstanding bills. */
  readonly vendorId?: Id | undefined;
  /** A department, fund or grant; the utilisation certificate needs a fund or grant. */
  readonly centreCode?: string | undefined;
  /** Of the day book. */
  readonly kinds?: readonly VoucherKind[] | undefined;
  readonly text?: string | undefined;
  readonly language: ReportLanguage;
}
