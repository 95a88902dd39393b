import { formatPaise, type Paise } from '../../kernel/money.ts';
import {
  amountCell,
  isAmount,
  type ReportColumn,
  type ReportDocument,
  type ReportRow,
  type ReportTotal,
  type RowRange,
} from './document.ts';

/** A figure of a report that is not what its rows make. */
export interface ReportFault {
  /** Its place in the report, from 0. */
  readonly row: number;
  readonly label: string;
  readonly column: string;
  /** Amounts as people read them; null where the ranges of a total name rows that are not above it. */
  readonly stated: string | null;
  readonly found: string | null;
}

/** Makes every total and every running balance again from the rows it names; answers with the first that does not agree. */
export function documentFault(document: ReportDocument): ReportFault | null {
  const columns = document.columns.filter(isAmount);
  const sums = new Map(columns.map((column) => [column.key, sumsTo(document.rows, column)]));
  const balances = runningBalances(document);
  for (const [index, row] of document.rows.entries()) {
    if (row.kind === 'heading') continue;
    if (row.kind === 'total' && !rangesLieAbove(row, index))
      return { row: index, label: row.label, column: '', stated: null, found: null };
    for (const column of columns) {
      const cell = row.cells[column.key] ?? null;
      if (cell === null) continue;
      const found =
        column.key === document.running?.balance
          ? balances[row.kind === 'line' ? index : (balanceRow(document, row) ?? index)]
          : row.kind === 'total'
            ? totalOf(row, sums.get(column.key) ?? [])
            : undefined;
      const stated = amountCell(column, cell);
      if (found === undefined || found === stated) continue;
      const label = row.kind === 'total' ? row.label : '';
      return { row: index, label, column: column.header, stated: formatPaise(stated), found: formatPaise(found) };
    }
  }
  return null;
}

/** The line whose running balance is that of a total: the last one with a balance in the ranges that it adds. */
export function balanceRow({ rows, running }: ReportDocument, total: ReportTotal): number | undefined {
  if (running === undefined) return undefined;
  for (const [from, to] of total.adds.toReversed()) {
    for (let index = to; index >= from; index -= 1) {
      const row = rows[index];
      if (row?.kind === 'line' && typeof row.cells[running.balance] === 'bigint') return index;
    }
  }
  return undefined;
}

/** Whether a line states the balance itself, so that the workbook has no formula there. */
export const statesBalance = (row: ReportRow, { debit, credit }: { debit: string; credit: string }): boolean =>
  row.kind === 'line' && (row.cells[debit] ?? null) === null && (row.cells[credit] ?? null) === null;

/** For each line with a running balance what it must be. */
function runningBalances({ rows, running }: ReportDocument): readonly (Paise | undefined)[] {
  if (running === undefined) return [];
  let balance = 0n;
  return rows.map((row) => {
    if (row.kind !== 'line') return undefined;
    const stated = row.cells[running.balance];
    if (typeof stated !== 'bigint') return undefined;
    balance = statesBalance(row, running)
      ? stated
      : balance + movement(row.cells[running.debit]) - movement(row.cells[running.credit]);
    return balance;
  });
}

const movement = (cell: unknown): Paise => (typeof cell === 'bigint' ? cell : 0n);

/** The sum of a column's cells above each place, so that a range costs two look-ups however long it is. */
function sumsTo(rows: readonly ReportRow[], column: ReportColumn): readonly Paise[] {
  const sums: Paise[] = [0n];
  let sum = 0n;
  for (const row of rows) {
    const cell = row.kind === 'heading' ? null : (row.cells[column.key] ?? null);
    if (cell !== null) sum += amountCell(column, cell);
    sums.push(sum);
  }
  return sums;
}

function totalOf({ adds, subtracts }: ReportTotal, sums: readonly Paise[]): Paise {
  const over = (ranges: readonly RowRange[]): Paise =>
    ranges.reduce((total, [from, to]) => total + (sums[to + 1] ?? 0n) - (sums[from] ?? 0n), 0n);
  return over(adds) - over(subtracts ?? []);
}

const rangesLieAbove = ({ adds, subtracts }: ReportTotal, index: number): boolean =>
  [...adds, ...(subtracts ?? [])].every(
    ([from, to]) => Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to < index,
  );
