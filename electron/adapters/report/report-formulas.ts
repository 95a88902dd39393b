import { balanceRow, statesBalance } from '../../../shared/domain/report/check-document.ts';
import type { ReportColumn, ReportDocument, ReportTotal, RowRange } from '../../../shared/domain/report/document.ts';

/** A function takes at most 255 arguments. */
const ARGUMENTS_MAX = 200;
/** A formula has at most 8,192 letters. */
const FORMULA_CHARS_MAX = 8_000;

/** Where a cell of the report lies in the sheet. */
export interface SheetPlace {
  /** `D` */
  readonly letter: (key: string) => string;
  /** The row of the sheet, from 1, of a row of the report. */
  readonly row: (index: number) => number;
}

/**
 * The formula that makes an amount of the report again, without the equals sign; undefined where the cell is a figure of its own.
 * Balances and differences are rounded to the paisa, since sums of floats leave a rest that would show as `0.00 Cr`. The total of more
 * parts than one formula holds is left as the figure it is.
 */
export function formulaOf(
  document: ReportDocument,
  index: number,
  column: ReportColumn,
  place: SheetPlace,
  balanceBefore: number | undefined,
): string | undefined {
  const row = document.rows[index];
  if (row === undefined || row.kind === 'heading') return undefined;
  const { running } = document;
  const at = (key: string, of: number): string => `${place.letter(key)}${place.row(of)}`;
  if (running !== undefined && column.key === running.balance) {
    if (row.kind === 'total') {
      const last = balanceRow(document, row);
      return last === undefined ? undefined : at(running.balance, last);
    }
    if (statesBalance(row, running)) return undefined;
    const before = balanceBefore === undefined ? '0' : at(running.balance, balanceBefore);
    return `ROUND(${before}+${at(running.debit, index)}-${at(running.credit, index)},2)`;
  }
  if (row.kind !== 'total') return undefined;
  const formula = totalFormula(row, column, place);
  return formula.length > FORMULA_CHARS_MAX ? undefined : formula;
}

function totalFormula({ adds, subtracts = [] }: ReportTotal, column: ReportColumn, place: SheetPlace): string {
  const letter = place.letter(column.key);
  const sum = (ranges: readonly RowRange[]): string =>
    sumOf(
      joined(ranges).map(([from, to]) =>
        from === to ? `${letter}${place.row(from)}` : `${letter}${place.row(from)}:${letter}${place.row(to)}`,
      ),
    );
  if (subtracts.length === 0) return column.kind === 'balance' ? `ROUND(${sum(adds)},2)` : sum(adds);
  return `ROUND(${adds.length === 0 ? '0' : sum(adds)}-${sum(subtracts)},2)`;
}

function sumOf(parts: readonly string[]): string {
  if (parts.length === 0) return '0';
  if (parts.length <= ARGUMENTS_MAX) return `SUM(${parts.join(',')})`;
  const inner: string[] = [];
  for (let from = 0; from < parts.length; from += ARGUMENTS_MAX)
    inner.push(sumOf(parts.slice(from, from + ARGUMENTS_MAX)));
  return sumOf(inner);
}

/** Ranges of which one begins where the one before it ends, as one. */
function joined(ranges: readonly RowRange[]): readonly RowRange[] {
  const whole: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = whole.at(-1);
    if (last !== undefined && last[1] + 1 === from) last[1] = to;
    else whole.push([from, to]);
  }
  return whole;
}
