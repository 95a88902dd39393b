import { emptyCell, isBlankCell, type RawCell, type RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { isIsoDate } from '../../../shared/kernel/dates.ts';
import { dateOfSerial, plainNumber, textCell } from './cell-values.ts';
import type { XmlHandlers } from './xml-events.ts';

/** Beyond this column no list of bills reaches; a stray cell far out must not make every row wide. */
const COLUMNS_MAX = 1_000;

export interface SheetContext {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
}

/**
 * Gathers the rows of a worksheet part. Rows and cells may leave out their address and then follow the one before. Only the values
 * that were saved are taken: a formula is never worked out, it only marks its cell.
 */
export class SheetRows implements XmlHandlers {
  readonly #context: SheetContext;
  #done: RawRow[] = [];
  #cells: RawCell[] = [];
  #rowNumber = 0;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value: string | undefined;
  #hasFormula = false;
  #inRow = false;
  #inCell = false;
  #inPhonetic = false;
  #gathering = false;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  /** The finished rows that are not blank. */
  take(): RawRow[] {
    const rows = this.#done;
    this.#done = [];
    return rows;
  }

  // Handlers are called detached, so they are bound.
  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c' && this.#inRow) this.#openCell(attributes);
    else if (!this.#inCell) return;
    else if (name === 'f') this.#hasFormula = true;
    else if (name === 'rPh') this.#inPhonetic = true;
    else if (name === 'v' || (name === 't' && !this.#inPhonetic)) {
      this.#value ??= '';
      this.#gathering = true;
    }
  };

  readonly text = (text: string): void => {
    if (this.#gathering) this.#value = (this.#value ?? '') + text;
  };

  readonly close = (name: string): void => {
    if (name === 'row' && this.#inRow) this.#closeRow();
    else if (name === 'c' && this.#inCell) this.#closeCell();
    else if (name === 'v' || name === 't') this.#gathering = false;
    else if (name === 'rPh') this.#inPhonetic = false;
  };

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const number = Number(attributes.r);
    this.#rowNumber = Number.isSafeInteger(number) && number > this.#rowNumber ? number : this.#rowNumber + 1;
    this.#inRow = true;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    this.#column = columnOf(attributes.r) ?? this.#column + 1;
    this.#type = attributes.t ?? 'n';
    this.#style = Number(attributes.s ?? '0');
    this.#value = undefined;
    this.#hasFormula = false;
    this.#inCell = true;
  }

  #closeCell(): void {
    this.#inCell = false;
    this.#gathering = false;
    if (this.#column >= COLUMNS_MAX) return;
    const cell = this.#readCell();
    if (cell.kind === 'empty') return;
    while (this.#cells.length < this.#column) this.#cells.push(emptyCell);
    this.#cells[this.#column] = cell;
  }

  #closeRow(): void {
    this.#inRow = false;
    if (this.#cells.some((cell) => !isBlankCell(cell)))
      this.#done.push({ number: this.#rowNumber, cells: this.#cells });
  }

  #readCell(): RawCell {
    const value = this.#value;
    if (value === undefined) return this.#hasFormula ? { kind: 'formula', text: '' } : emptyCell;
    const cell = this.#typedCell(value);
    return this.#hasFormula && cell.kind !== 'empty' ? { ...cell, formula: true } : cell;
  }

  #typedCell(value: string): RawCell {
    const { strings, dateStyles, date1904 } = this.#context;
    switch (this.#type) {
      case 's':
        return textCell(strings[Number(value)] ?? '');
      case 'str':
      case 'inlineStr':
        return textCell(value);
      case 'b':
        return { kind: 'boolean', text: value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE' };
      case 'e':
        return { kind: 'error', text: value };
      case 'd':
        return isIsoDate(value.slice(0, 10)) ? { kind: 'date', text: value.slice(0, 10) } : textCell(value);
      default: {
        if (value.trim() === '') return emptyCell;
        const number = plainNumber(value);
        if (number === undefined) return { kind: 'error', text: value };
        return dateStyles[this.#style] === true ? dateOfSerial(number, date1904) : { kind: 'number', text: number };
      }
    }
  }
}

/** `AB12` → 27, undefined without an address. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0].toUpperCase();
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
