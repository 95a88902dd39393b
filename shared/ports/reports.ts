import type { ReportDocument } from '../domain/report/document.ts';
import type { EpochMs } from '../kernel/dates.ts';

export interface ReportOrder {
  readonly document: ReportDocument;
  readonly path: string;
  readonly format: 'xlsx' | 'csv' | 'pdf';
  /** Stands at the foot of every page. */
  readonly printed: { readonly at: EpochMs; readonly by: string };
  readonly signal: AbortSignal;
  /** Rows written so far, rising to the number of rows of the document. */
  readonly onProgress: (rows: number) => void;
}

export interface Reports {
  /**
   * Writes a report to a file, which appears only when it is whole. Errors: REPORT_TOTALS_DISAGREE, EXPORT_FAILED, CANCELLED, and for
   * `.xlsx` EXPORT_AMOUNT_TOO_LARGE and EXPORT_TOO_MANY_ROWS.
   */
  write(order: ReportOrder): Promise<void>;
}
