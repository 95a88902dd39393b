/**
 * Why a record of Tally was left out. cancelled, optional, deleted: it is not part of Tally's books. kind: a type of voucher that the books
 * here do not have (payroll, memorandum, stock). parent: nobody can tell of which kind its group is. sign: ISDEEMEDPOSITIVE says debit and
 * the amount says credit, or the other way round.
 */
export type SkipReason =
  | 'cancelled'
  | 'optional'
  | 'deleted'
  | 'kind'
  | 'name'
  | 'parent'
  | 'date'
  | 'amount'
  | 'sign'
  | 'bill'
  | 'lines'
  | 'unbalanced'
  | 'outside_period';

export interface SkippedRecord {
  /** The element: LEDGER, VOUCHER and so on. */
  readonly record: string;
  readonly name: string;
  readonly reason: SkipReason;
  readonly line: number;
}
