import type { RawCell, RawRow } from '../domain/import/raw-cell.ts';

/** A workbook or CSV file opened for reading, parsed away from the thread that answers the screens. Errors: IMPORT_…, CANCELLED. */
export interface OpenedWorkbook {
  readonly sheets: readonly { readonly name: string; readonly rowsEstimate: number }[];
  /** From the top, blank rows left out; every call is a new pass. */
  rows(sheet: string): AsyncIterable<RawRow>;
  close(): Promise<void>;
}

export interface ListColumn {
  readonly key: string;
  readonly header: string;
  /** text is a string, money bigint paise, date an IsoDate, int a number; null is empty. */
  readonly kind: 'text' | 'money' | 'date' | 'int';
}

export interface RefusedRow {
  readonly cells: readonly RawCell[];
  readonly reasons: readonly { readonly column: number | null; readonly text: string }[];
}

export interface Workbooks {
  open(path: string, options: { readonly signal: AbortSignal }): Promise<OpenedWorkbook>;
  /** @returns the number of rows. Errors: EXPORT_…, CANCELLED */
  writeList(list: {
    readonly columns: readonly ListColumn[];
    readonly rows: AsyncIterable<Readonly<Record<string, unknown>>>;
    readonly path: string;
    readonly format: 'xlsx' | 'csv';
    readonly title: string;
    readonly signal: AbortSignal;
    readonly onProgress: (rows: number) => void;
  }): Promise<number>;
  /** The refused rows with their reasons. @returns their number. Errors: EXPORT_…, CANCELLED */
  writeRefused(refused: {
    readonly path: string;
    readonly sheetName: string;
    readonly headings: readonly string[];
    readonly reasonHeading: string;
    readonly rows: AsyncIterable<RefusedRow>;
    readonly signal: AbortSignal;
  }): Promise<number>;
}
