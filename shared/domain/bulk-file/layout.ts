/**
 * How a bank wants a file of payments: what stands in which place of which row. The banks publish no common form and change theirs, so a layout is
 * data: there are presets, and a college can keep one of its own.
 */
export interface BulkLayout {
  /** With `{dd}`, `{mm}`, `{yyyy}`, `{serial}` (three figures) and `{client}` filled in. */
  readonly fileName: string;
  readonly delimiter: BulkDelimiter;
  readonly lineEnd: 'crlf' | 'lf';
  /** Before the payments and after them; null where the bank wants none. */
  readonly head: readonly BulkCell[] | null;
  readonly row: readonly BulkCell[];
  readonly foot: readonly BulkCell[] | null;
  /** What the bank calls each way of paying; `own` is an account at the same bank. */
  readonly modes: { readonly neft: string; readonly rtgs: string; readonly own: string };
  readonly dates: 'dd/mm/yyyy' | 'dd-mm-yyyy' | 'ddmmyyyy' | 'yyyy-mm-dd';
  /** Whether letters outside A to Z, figures and simple signs are replaced by spaces, as most banks refuse them. */
  readonly isPlainText: boolean;
}

export const bulkDelimiters = [',', '|', '^', '~', '#', ';', '\t'] as const;
export type BulkDelimiter = (typeof bulkDelimiters)[number];

export type BulkCell =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'value';
      readonly value: BulkValue;
      /** Longest that the bank takes; names and words are cut, anything else that is longer refuses the file. */
      readonly max: number;
    };

export const bulkValues = [
  'mode',
  'beneficiaryName',
  'beneficiaryAccount',
  'beneficiaryIfsc',
  'amount',
  'reference',
  'purpose',
  'debitAccount',
  'debitIfsc',
  'date',
  'serial',
  'count',
  'total',
  'client',
] as const;
export type BulkValue = (typeof bulkValues)[number];

/** What may be cut to the length that the bank takes. A number or an account that is too long must never be. */
export const isCut = (value: BulkValue): boolean => value === 'beneficiaryName' || value === 'purpose';
