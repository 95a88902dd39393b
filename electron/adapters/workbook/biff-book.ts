import { MunimError } from '../../../shared/kernel/errors.ts';
import { BiffCursor, recordAt } from './biff-reader.ts';
import { isDateFormat } from './cell-values.ts';

/** Numbers of records ([MS-XLS] 2.3). */
const BOF = 0x0809;
const OLD_BOFS: ReadonlySet<number> = new Set([0x0009, 0x0209, 0x0409]);
const EOF = 0x000a;
const FILE_PASS = 0x002f;
const DATE_1904 = 0x0022;
const BOUND_SHEET = 0x0085;
const FORMAT = 0x041e;
const XF = 0x00e0;
const SST = 0x00fc;
const BIFF8 = 0x0600;
/** A real workbook has a handful; each of them is read from its place to its end. */
const SHEETS_MAX = 255;

export interface BiffSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Where its own records begin. */
  readonly at: number;
}

/** What all sheets share. */
export interface BiffBook {
  readonly view: DataView;
  readonly sheets: readonly BiffSheet[];
  readonly strings: readonly string[];
  /** By the style of a cell. */
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
}

/**
 * Reads the global part of the stream `Workbook`.
 * Errors: IMPORT_ENCRYPTED, IMPORT_OLD_XLS (Excel 95 and before), IMPORT_CORRUPT
 */
export function readBiffBook(stream: Uint8Array): BiffBook {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  checkVersion(view);
  const sheets: BiffSheet[] = [];
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let strings: readonly string[] = [];
  let date1904 = false;
  for (let record = recordAt(view, 0); record !== null && record.type !== EOF; record = recordAt(view, record.to)) {
    const cursor = new BiffCursor(view, record);
    if (record.type === FILE_PASS) throw new MunimError('IMPORT_ENCRYPTED');
    else if (record.type === DATE_1904) date1904 = cursor.short() === 1;
    else if (record.type === BOUND_SHEET) {
      const [at, visibility, kind, length] = [cursor.long(), cursor.byte(), cursor.byte(), cursor.byte()];
      // Charts and macros have no rows.
      if (sheets.length >= SHEETS_MAX) throw new MunimError('IMPORT_CORRUPT');
      if (kind === 0) sheets.push({ at, hidden: (visibility & 3) !== 0, name: cursor.string(length) });
    } else if (record.type === FORMAT) formats.set(cursor.short(), cursor.string(cursor.short()));
    else if (record.type === XF) {
      cursor.short();
      styles.push(cursor.short());
    } else if (record.type === SST) strings = readStrings(cursor);
  }
  return { view, sheets, strings, date1904, dateStyles: styles.map((id) => isDateFormat(id, formats.get(id))) };
}

function checkVersion(view: DataView): void {
  const first = recordAt(view, 0);
  if (first !== null && OLD_BOFS.has(first.type)) throw new MunimError('IMPORT_OLD_XLS');
  if (first === null || first.type !== BOF || first.to - first.from < 4) throw new MunimError('IMPORT_CORRUPT');
  const version = view.getUint16(first.from, true);
  if (version < BIFF8) throw new MunimError('IMPORT_OLD_XLS');
  if (version !== BIFF8) throw new MunimError('IMPORT_CORRUPT');
}

/** Each text takes three bytes at least, so a count that promises more than there are ends at the end. */
function readStrings(cursor: BiffCursor): readonly string[] {
  cursor.long();
  const count = cursor.long();
  const strings: string[] = [];
  for (let index = 0; index < count; index += 1) strings.push(cursor.string(cursor.short()));
  return strings;
}
