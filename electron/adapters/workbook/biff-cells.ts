import type { RawCell } from '../../../shared/domain/import/raw-cell.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { BiffBook, BiffSheet } from './biff-book.ts';
import { BiffCursor, type BiffRecord, recordAt } from './biff-reader.ts';
import { dateOfSerial, plainNumber, textCell } from './cell-values.ts';

/** As in the sheets of .xlsx: beyond it no list reaches. */
const COLUMNS_MAX = 1_000;
const BOF = 0x0809;
const EOF = 0x000a;
const FORMULA = 0x0006;
const STRING = 0x0207;
const MUL_RK = 0x00bd;
const RK = 0x027e;
const NUMBER = 0x0203;
const LABEL_SST = 0x00fd;
/** A text within its cell, plain or formatted; seldom in this version. */
const LABELS: ReadonlySet<number> = new Set([0x0204, 0x00d6]);
const BOOL_ERR = 0x0205;
const CELL_HEAD_BYTES = 6;
const NUMBER_BYTES = 8;

/** What an error cell shows ([MS-XLS] 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** Cells by row and column, from 0. Rows are sparse: a cell far out costs no more than one near. */
export type BiffRows = ReadonlyMap<number, ReadonlyMap<number, RawCell>>;

/** The saved cells of a sheet. Errors: IMPORT_CORRUPT, IMPORT_TOO_MANY_ROWS */
export function readBiffRows(book: BiffBook, sheet: BiffSheet, rowsMax: number): BiffRows {
  const cells = new SheetCells(book, rowsMax);
  let depth = 0;
  for (let record = recordAt(book.view, sheet.at); record !== null; record = recordAt(book.view, record.to)) {
    // Charts lie in the sheet with a beginning and an end of their own.
    if (record.type === BOF) depth += 1;
    else if (record.type === EOF) depth -= 1;
    else if (depth === 1) cells.take(record);
    if (depth === 0) return cells.rows;
  }
  throw new MunimError('IMPORT_CORRUPT');
}

class SheetCells {
  readonly rows = new Map<number, Map<number, RawCell>>();
  readonly #book: BiffBook;
  readonly #rowsMax: number;
  /** The formula whose text comes in the next record. */
  #textOf: { readonly row: number; readonly column: number } | null = null;

  constructor(book: BiffBook, rowsMax: number) {
    this.#book = book;
    this.#rowsMax = rowsMax;
  }

  take(record: BiffRecord): void {
    const { view } = this.#book;
    const { type, from } = record;
    if (type === STRING) {
      const cursor = new BiffCursor(view, record);
      if (this.#textOf !== null) {
        const text = cursor.string(cursor.short());
        this.#put(this.#textOf.row, this.#textOf.column, { ...textCell(text), formula: true });
      }
      this.#textOf = null;
      return;
    }
    if (record.to - from < CELL_HEAD_BYTES) return;
    const [row, column, style] = [
      view.getUint16(from, true),
      view.getUint16(from + 2, true),
      view.getUint16(from + 4, true),
    ];
    const body = from + CELL_HEAD_BYTES;
    const need = (bytes: number): void => {
      if (record.to - body < bytes) throw new MunimError('IMPORT_CORRUPT');
    };
    if (type === LABEL_SST) {
      need(4);
      this.#put(row, column, textCell(this.#book.strings[view.getUint32(body, true)] ?? ''));
    } else if (type === NUMBER) {
      need(NUMBER_BYTES);
      this.#put(row, column, this.#number(view.getFloat64(body, true), style));
    } else if (type === RK) {
      need(4);
      this.#put(row, column, this.#number(rkNumber(view.getUint32(body, true)), style));
    } else if (type === MUL_RK) this.#takeMany(row, column, record);
    else if (type === BOOL_ERR) {
      need(2);
      this.#put(row, column, boolOrError(view.getUint8(body), view.getUint8(body + 1) === 1));
    } else if (type === FORMULA) {
      need(NUMBER_BYTES);
      this.#takeFormula(row, column, style, body);
    } else if (LABELS.has(type)) {
      const cursor = new BiffCursor(view, { ...record, from: body });
      this.#put(row, column, textCell(cursor.string(cursor.short())));
    }
  }

  /** Row, first column, a style and a number for each column, last column. */
  #takeMany(row: number, first: number, { from, to }: BiffRecord): void {
    const { view } = this.#book;
    const count = Math.floor((to - from - CELL_HEAD_BYTES) / 6);
    for (let index = 0; index < count; index += 1) {
      const at = from + 4 + index * 6;
      const value = rkNumber(view.getUint32(at + 2, true));
      this.#put(row, first + index, this.#number(value, view.getUint16(at, true)));
    }
  }

  /** The value that was saved: a number, or what two bytes of ones in its place announce. */
  #takeFormula(row: number, column: number, style: number, body: number): void {
    const { view } = this.#book;
    this.#textOf = null;
    if (view.getUint16(body + 6, true) !== 0xffff) {
      this.#put(row, column, { ...this.#number(view.getFloat64(body, true), style), formula: true });
      return;
    }
    const [kind, value] = [view.getUint8(body), view.getUint8(body + 2)];
    if (kind === 0) this.#textOf = { row, column };
    else if (kind === 1 || kind === 2) this.#put(row, column, { ...boolOrError(value, kind === 2), formula: true });
  }

  #number(value: number, style: number): RawCell {
    const number = plainNumber(String(value));
    if (number === undefined) return { kind: 'error', text: '#NUM!' };
    const isDate = this.#book.dateStyles[style] === true;
    return isDate ? dateOfSerial(number, this.#book.date1904) : { kind: 'number', text: number };
  }

  #put(row: number, column: number, cell: RawCell): void {
    if (column >= COLUMNS_MAX || cell.kind === 'empty') return;
    const cells = this.rows.get(row) ?? new Map<number, RawCell>();
    if (cells.size === 0) {
      this.rows.set(row, cells);
      if (this.rows.size > this.#rowsMax) throw new MunimError('IMPORT_TOO_MANY_ROWS', { limit: this.#rowsMax });
    }
    cells.set(column, cell);
  }
}

const boolOrError = (value: number, isError: boolean): RawCell =>
  isError
    ? { kind: 'error', text: ERRORS[value] ?? '#N/A' }
    : { kind: 'boolean', text: value === 0 ? 'FALSE' : 'TRUE' };

/** A number in 30 bits: whole, or the upper part of a double; perhaps a hundredth of it. */
function rkNumber(rk: number): number {
  const scratch = new DataView(new ArrayBuffer(8));
  scratch.setUint32(4, rk & 0xffff_fffc, true);
  const value = (rk & 2) === 0 ? scratch.getFloat64(0, true) : (rk | 0) >> 2;
  return (rk & 1) === 0 ? value : value / 100;
}
