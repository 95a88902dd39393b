import type { RawRow } from '../../../shared/domain/import/raw-cell.ts';

export interface SheetInfo {
  readonly name: string;
  /** From the size of the sheet and its first rows: for a progress line, not for counting. */
  readonly rowsEstimate: number;
  readonly hidden: boolean;
}

export interface RowBatch {
  /** Blank rows are left out; row numbers stay those of the sheet. */
  readonly rows: readonly RawRow[];
  /** How much of the sheet has been read, 0 to 1. */
  readonly fraction: number;
}

/** By content: `xls` is the binary workbook of Excel 97 and before, in an OLE container. */
export type WorkbookFormat = 'xlsx' | 'xls' | 'csv';

/** A file that is open for reading in this thread. */
export interface SheetSource {
  readonly format: WorkbookFormat;
  readonly sheets: readonly SheetInfo[];
  /** Can be called again for another pass. Throws MunimError IMPORT_…. */
  batches(sheet: string): AsyncGenerator<RowBatch, void>;
  close(): void;
}
