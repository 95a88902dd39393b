import type { ErrorDetails } from '../../kernel/errors.ts';
import { formatPaise, type Paise } from '../../kernel/money.ts';
import { cleanText } from './clean-text.ts';
import type { ImportField, Mapping } from './columns.ts';
import { type AmountProblem, parseAmount, parseRate } from './parse-amount.ts';
import { type DateOrder, type DateProblem, parseImportDate, type ReadDate } from './parse-date.ts';
import { cellAt, emptyCell, type RawCell, type RawRow } from './raw-cell.ts';
import { type RowProblem, type RowProblemCode, rowProblem } from './row-problems.ts';

/** The cells of one row by field, collecting what is wrong with them and what had to be understood. */
export class RowCells {
  readonly problems: RowProblem[] = [];
  readonly notes: RowProblem[] = [];
  readonly #row: RawRow;
  readonly #mapping: Mapping;

  constructor(row: RawRow, mapping: Mapping) {
    this.#row = row;
    this.#mapping = mapping;
  }

  refuse(field: ImportField, code: RowProblemCode, details: ErrorDetails = {}): void {
    this.problems.push(rowProblem(field, code, details));
  }

  note(field: ImportField, code: RowProblemCode, details: ErrorDetails): void {
    this.notes.push(rowProblem(field, code, details));
  }

  cell(field: ImportField): RawCell {
    const column = this.#mapping[field];
    return column === undefined ? emptyCell : cellAt(this.#row, column);
  }

  /** The cleaned text, null when empty or refused. */
  text(field: ImportField, max: number): string | null {
    const cell = this.cell(field);
    if (cell.kind === 'error') this.refuse(field, 'IMPORT_ROW_FORMULA_ERROR', { text: cell.text });
    else if (cell.kind === 'formula') this.refuse(field, 'IMPORT_ROW_FORMULA_NO_VALUE');
    else {
      const text = cleanText(cell.text);
      if (text.length <= max) return text === '' ? null : text;
      this.refuse(field, 'IMPORT_ROW_TEXT_TOO_LONG', { length: text.length, max });
    }
    return null;
  }

  /** The amount, undefined when empty or refused. */
  amount(field: ImportField): Paise | undefined {
    const cell = this.cell(field);
    const read = parseAmount(cell);
    if (read.ok) {
      const { paise, rounded } = read.value;
      if (rounded) this.note(field, 'IMPORT_ROW_NOTE_ROUNDED', { text: cell.text, amount: formatPaise(paise) });
      return paise;
    }
    if (read.error !== 'empty') this.refuse(field, AMOUNT_CODES[read.error], { text: shortened(cell.text) });
    return undefined;
  }

  /** The GST rate in basis points, undefined when empty or refused. */
  rate(field: ImportField): number | undefined {
    const cell = this.cell(field);
    const read = parseRate(cell);
    if (read.ok) return read.value;
    if (read.error === 'error_value' || read.error === 'no_value')
      this.refuse(field, AMOUNT_CODES[read.error], { text: cell.text });
    else if (read.error !== 'empty') this.refuse(field, 'IMPORT_ROW_RATE_UNREADABLE', { text: shortened(cell.text) });
    return undefined;
  }

  date(field: ImportField, order: DateOrder): ReadDate | undefined {
    const cell = this.cell(field);
    const read = parseImportDate(cell, order);
    if (!read.ok) {
      this.refuse(field, DATE_CODES[read.error], { text: shortened(cell.text) });
      return undefined;
    }
    if (read.value.assumed) this.note(field, 'IMPORT_ROW_NOTE_DATE_ASSUMED', { text: cell.text });
    return read.value;
  }
}

/** Long cells are named by their beginning: a reason has to fit a comment. */
export const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}…`);

const AMOUNT_CODES: Readonly<Record<Exclude<AmountProblem, 'empty'>, RowProblemCode>> = {
  not_an_amount: 'IMPORT_ROW_AMOUNT_UNREADABLE',
  unclear: 'IMPORT_ROW_AMOUNT_UNCLEAR',
  too_many_decimals: 'IMPORT_ROW_AMOUNT_DECIMALS',
  too_large: 'IMPORT_ROW_AMOUNT_TOO_LARGE',
  error_value: 'IMPORT_ROW_FORMULA_ERROR',
  no_value: 'IMPORT_ROW_FORMULA_NO_VALUE',
};
const DATE_CODES: Readonly<Record<DateProblem, RowProblemCode>> = {
  empty: 'IMPORT_ROW_REQUIRED',
  not_a_date: 'IMPORT_ROW_DATE_UNREADABLE',
  ambiguous: 'IMPORT_ROW_DATE_AMBIGUOUS',
  error_value: 'IMPORT_ROW_FORMULA_ERROR',
  no_value: 'IMPORT_ROW_FORMULA_NO_VALUE',
};
