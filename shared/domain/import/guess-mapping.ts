import { cleanText } from './clean-text.ts';
import { fieldOfHeading, type ImportField, importFields, type Mapping } from './columns.ts';
import { cellAt, isBlankCell, type RawCell, type RawRow } from './raw-cell.ts';
import { type ImportKind, missingSheetFields } from './sheet-kinds.ts';

/** How far down a sheet the column names are looked for, below letterheads and titles. */
export const HEADER_SEARCH_ROWS = 30;

export interface ColumnGuess {
  readonly index: number;
  /** The heading, of two rows joined where a merged heading spans several columns. */
  readonly title: string;
  readonly field: ImportField | null;
  readonly confidence: number;
}

export interface HeaderGuess {
  /** Row number of the (last) heading row; data begins below it. */
  readonly headerRow: number;
  readonly columns: readonly ColumnGuess[];
}

/** Headings that mean nothing without the merged heading above them, as in `CGST` over `Rate` and `Amount`. */
const PART_OF_GROUP =
  /^(?:amount|amt|rate|%|no\.?|number|date|name|value|राशि|दर|संख्या|दिनांक|नाम)(?:\s*\(?(?:₹|%|rs\.?|inr)\)?)?$/iu;

/**
 * Finds the heading row among the first rows of a sheet and guesses what each column means. The row that names the most fields wins,
 * the upper one on a tie; at least two fields must be named and one of them be a name or an amount, otherwise undefined.
 */
export function guessHeader(rows: readonly RawRow[], kind: ImportKind = 'expenses'): HeaderGuess | undefined {
  let best: { readonly guess: HeaderGuess; readonly score: number } | undefined;
  for (const [position, row] of rows.slice(0, HEADER_SEARCH_ROWS).entries()) {
    if (!couldBeHeading(row)) continue;
    const guess = columnsBelow(row, rows[position - 1], rows.slice(position + 1), kind);
    const named = guess.columns.filter((column) => column.field !== null && column.title !== '');
    const fields = new Set(named.map((column) => column.field));
    const isBill = fields.has('vendorName') || fields.has('total') || fields.has('taxable');
    const anchored = kind === 'expenses' ? isBill : missingFields(mappingOf(guess.columns), kind).length <= 1;
    const score = named.reduce((sum, column) => sum + column.confidence, 0);
    if (fields.size >= 2 && anchored && score > (best?.score ?? 0) + 0.001) best = { guess, score };
  }
  return best?.guess;
}

/** The columns under a heading row the person chose. `rows` are the first rows of the sheet, as for `guessHeader`. */
export function guessColumns(
  rows: readonly RawRow[],
  headerRow: number,
  kind: ImportKind = 'expenses',
): HeaderGuess | undefined {
  const position = rows.findIndex((row) => row.number === headerRow);
  const row = rows[position];
  return row === undefined ? undefined : columnsBelow(row, rows[position - 1], rows.slice(position + 1), kind);
}

/** A heading row is words: a row with amounts or real dates is data. */
function couldBeHeading(row: RawRow): boolean {
  const filled = row.cells.filter((cell) => !isBlankCell(cell));
  const words = filled.filter((cell) => cell.kind === 'text' && /\p{L}/u.test(cell.text) && cell.text.length <= 60);
  return words.length >= 2 && words.length >= filled.length * 0.8;
}

function columnsBelow(row: RawRow, above: RawRow | undefined, below: readonly RawRow[], kind: ImportKind): HeaderGuess {
  const upper = kind === 'expenses' && above !== undefined && isGroupRow(above, row) ? above : undefined;
  const width = Math.max(
    row.cells.length,
    upper?.cells.length ?? 0,
    ...below.slice(0, 20).map((next) => next.cells.length),
  );
  const titles = Array.from({ length: width }, (_, index) => titleOf(row, upper, index));
  const guesses = titles.map((title, index) =>
    kind === 'expenses' ? guessOf(title, sampleOf(below, index)) : fieldOfHeading(title, kind),
  );
  return { headerRow: row.number, columns: assign(titles, guesses) };
}

/** The row above belongs to the heading when it is directly above, is words only, and is not a title standing alone in one cell. */
function isGroupRow(above: RawRow, row: RawRow): boolean {
  if (above.number !== row.number - 1) return false;
  const filled = above.cells.filter((cell) => !isBlankCell(cell));
  if (filled.length === 0 || !filled.every((cell) => cell.kind === 'text')) return false;
  return filled.length >= 2 && filled.some((cell) => fieldOfHeading(cell.text) !== undefined);
}

function titleOf(row: RawRow, upper: RawRow | undefined, index: number): string {
  const own = cleanText(cellAt(row, index).text);
  if (upper === undefined) return own;
  const above = cleanText(cellAt(upper, index).text);
  if (own === '') return above;
  if (!PART_OF_GROUP.test(own)) return own;
  for (let at = index; at >= 0; at -= 1) {
    const group = cleanText(cellAt(upper, at).text);
    if (group !== '') return `${group} ${own}`;
    if (cleanText(cellAt(row, at).text) === '') break;
  }
  return own;
}

function sampleOf(below: readonly RawRow[], index: number): readonly RawCell[] {
  return below
    .slice(0, 20)
    .map((row) => cellAt(row, index))
    .filter((cell) => !isBlankCell(cell));
}

/** The heading decides; what stands in the column corrects it only where a form is unmistakable. */
function guessOf(
  title: string,
  sample: readonly RawCell[],
): { readonly field: ImportField; readonly confidence: number } | undefined {
  const named = fieldOfHeading(title);
  const share = (test: (cell: RawCell) => boolean): number =>
    sample.length === 0 ? 0 : sample.filter(test).length / sample.length;
  if (share((cell) => /^\s*\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}\s*$/i.test(cell.text)) >= 0.6)
    return { field: 'vendorGstin', confidence: 0.95 };
  if (share((cell) => /^\s*[A-Z]{5}\d{4}[A-Z]\s*$/i.test(cell.text)) >= 0.6)
    return { field: 'vendorPan', confidence: 0.95 };
  if (named === undefined) return undefined;
  const isDate = share((cell) => cell.kind === 'date');
  if (named.field !== 'billDate' && isDate >= 0.6) return { field: 'billDate', confidence: 0.45 };
  const words = share((cell) => cell.kind === 'text' && /\p{L}{4}/u.test(cell.text));
  if (AMOUNTS.has(named.field) && words >= 0.8 && sample.length >= 3) return undefined;
  // Many people head the tax amount with just `GST`; a column of amounts above any rate is not a rate.
  if (named.field === 'gstRate' && share((cell) => Number(cell.text) > 100) >= 0.4) return undefined;
  return named;
}

const AMOUNTS: ReadonlySet<ImportField> = new Set(['taxable', 'gstRate', 'cgst', 'sgst', 'igst', 'total', 'tds']);

/** Every field goes to its surest column, the leftmost on a tie; a column has one field. */
function assign(
  titles: readonly string[],
  guesses: readonly ({ readonly field: ImportField; readonly confidence: number } | undefined)[],
): ColumnGuess[] {
  const owner = new Map<ImportField, number>();
  for (const field of importFields) {
    let best = -1;
    guesses.forEach((guess, index) => {
      if (guess?.field === field && guess.confidence > (guesses[best]?.confidence ?? 0)) best = index;
    });
    if (best >= 0) owner.set(field, best);
  }
  return titles.map((title, index) => {
    const guess = guesses[index];
    const won = guess !== undefined && owner.get(guess.field) === index;
    return {
      index,
      title,
      field: won ? guess.field : null,
      confidence: won ? Math.round(guess.confidence * 100) / 100 : 0,
    };
  });
}

export const mappingOf = (columns: readonly Pick<ColumnGuess, 'index' | 'field'>[]): Mapping =>
  Object.fromEntries(columns.flatMap((column) => (column.field === null ? [] : [[column.field, column.index]])));

/** What must be mapped before rows can be read: who, when, which head, how much. */
export function missingFields(mapping: Mapping, kind: ImportKind = 'expenses'): readonly ImportField[] {
  if (kind !== 'expenses') return missingSheetFields(kind, (field) => mapping[field] !== undefined);
  const missing: ImportField[] = [];
  if (mapping.billDate === undefined) missing.push('billDate');
  if (mapping.vendorName === undefined) missing.push('vendorName');
  if (mapping.category === undefined && mapping.accountCode === undefined) missing.push('category');
  if (mapping.total === undefined && mapping.taxable === undefined) missing.push('total');
  return missing;
}

export type RowClass = 'data' | 'blank' | 'total' | 'heading';

const TOTAL =
  /^(?:(?:grand|sub|page|sheet)?\s*-?\s*total\b.*|total\b.*|कुल(?:\s.*)?|योग(?:\s.*)?|महायोग(?:\s.*)?|b\/f|c\/f|brought forward.*|carried forward.*)$/iu;

/** What a row of totals does not have. */
const namesOfRow: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  expenses: ['vendorName', 'billNo', 'billDate'],
  vouchers: ['account', 'party', 'voucherNo', 'voucherDate'],
  openings: ['account', 'party'],
  budgets: ['category'],
  accounts: ['code', 'name'],
};

/**
 * Which rows below the heading are bills. Blank rows, the heading repeated on each printed page, and rows of totals are not; a row of
 * totals has neither a vendor nor a bill number nor a date, and starts with a word for total.
 */
export function classifyRow(row: RawRow, mapping: Mapping, kind: ImportKind = 'expenses'): RowClass {
  const filled = row.cells.filter((cell) => !isBlankCell(cell));
  if (filled.length === 0) return 'blank';
  const at = (field: ImportField): RawCell | undefined => {
    const column = mapping[field];
    return column === undefined ? undefined : cellAt(row, column);
  };
  const own = (field: ImportField): boolean => {
    const cell = at(field);
    return cell !== undefined && !isBlankCell(cell) && !TOTAL.test(cleanText(cell.text));
  };
  const first = filled.find((cell) => cell.kind === 'text');
  if (first !== undefined && TOTAL.test(cleanText(first.text)) && !namesOfRow[kind].some(own)) return 'total';
  const repeats = importFields.filter((field) => {
    const cell = at(field);
    return cell?.kind === 'text' && fieldOfHeading(cell.text, kind)?.field === field;
  });
  return repeats.length >= 3 && repeats.length >= filled.length * 0.6 ? 'heading' : 'data';
}
