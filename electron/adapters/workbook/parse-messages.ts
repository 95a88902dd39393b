import type { RawRow } from '../../../shared/domain/import/raw-cell.ts';
import type { ErrorCode, ErrorDetails } from '../../../shared/kernel/errors.ts';
import type { SheetInfo, WorkbookFormat } from './sheet-source.ts';
import type { WorkbookLimits } from './workbook-limits.ts';

/** What the parsing thread is started with. */
export interface ParseStart {
  readonly path: string;
  readonly limits: WorkbookLimits;
}

/** One batch is sent for each `next`, so that the reader sets the pace. A new `read` ends the one before. */
export type ToParser =
  | { readonly type: 'read'; readonly pass: number; readonly sheet: string }
  | { readonly type: 'next'; readonly pass: number };

export type FromParser =
  | { readonly type: 'opened'; readonly format: WorkbookFormat; readonly sheets: readonly SheetInfo[] }
  | { readonly type: 'batch'; readonly pass: number; readonly rows: readonly RawRow[]; readonly fraction: number }
  | { readonly type: 'end'; readonly pass: number }
  | {
      readonly type: 'failed';
      readonly code: ErrorCode | null;
      readonly details: ErrorDetails;
      readonly message: string;
    };
