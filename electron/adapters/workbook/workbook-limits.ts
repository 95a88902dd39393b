import { limits } from '../../../shared/kernel/limits.ts';

/** What a file that is read may cost at most; tests draw them tighter. */
export interface WorkbookLimits {
  readonly fileBytesMax: number;
  /** Of an .xls, which is read whole. */
  readonly oldBytesMax: number;
  readonly inflatedBytesMax: number;
  readonly inflateRatioMax: number;
  readonly entriesMax: number;
  readonly rowsMax: number;
  readonly batchRows: number;
}

export const defaultLimits: WorkbookLimits = {
  fileBytesMax: limits.file.importBytesMax,
  oldBytesMax: limits.import.oldWorkbookBytesMax,
  inflatedBytesMax: limits.import.inflatedBytesMax,
  inflateRatioMax: limits.import.inflateRatioMax,
  entriesMax: limits.import.entriesMax,
  rowsMax: limits.import.rowsMax,
  batchRows: limits.import.batchRows,
};
