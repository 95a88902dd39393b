import { formatDate, type IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { formatPaise, type Paise } from '../../kernel/money.ts';

export type ReportLanguage = 'en' | 'hi';

export interface ReportColumn {
  /** Of the cells in each row. */
  readonly key: string;
  readonly header: string;
  /** `balance` is signed paise, debit positive, and is shown as `1,234.00 Dr` or `1,234.00 Cr`. */
  readonly kind: 'text' | 'money' | 'date' | 'int' | 'balance';
  /** Takes the room that the other columns leave: names and narrations. */
  readonly wide?: boolean;
}

/** text is a string, money and balance bigint paise, date an IsoDate, int a number or bigint; null or no cell is empty. */
export type ReportCell = string | bigint | number | null;
export type ReportCells = Readonly<Record<string, ReportCell>>;

/** Where a row leads when it is opened on screen. */
export type ReportLink =
  | { readonly to: 'voucher'; readonly id: Id }
  | { readonly to: 'account'; readonly accountCode: string }
  | { readonly to: 'vendor'; readonly id: Id }
  | { readonly to: 'expense'; readonly id: Id }
  /** Another report by its name, over what `of` narrows it to (a month, an account, a cost centre). */
  | { readonly to: 'report'; readonly report: string; readonly of: Readonly<Record<string, string>> };

/** Rows by their place in the report, from 0, both ends included. */
export type RowRange = readonly [from: number, to: number];

export interface ReportHeading {
  readonly kind: 'heading';
  /** 0 is the outermost. */
  readonly depth: number;
  readonly label: string;
}

export interface ReportLine {
  readonly kind: 'line';
  readonly depth: number;
  readonly cells: ReportCells;
  readonly link?: ReportLink;
}

export interface ReportTotal {
  readonly kind: 'total';
  readonly depth: number;
  /** Stands in the first wide column, else in the first column of text. */
  readonly label: string;
  /** A column that is not totalled has no cell. */
  readonly cells: ReportCells;
  /** The rows above whose cells make this total: all that lie in the ranges, subtotals among them; headings count nothing. */
  readonly adds: readonly RowRange[];
  readonly subtracts?: readonly RowRange[];
  /** The last word of a statement: ruled twice. */
  readonly strong?: boolean;
}

export type ReportRow = ReportHeading | ReportLine | ReportTotal;

/**
 * The columns of a ledger. Each line's balance is the balance before it, plus its debit, less its credit, from nothing at the start; a
 * line with neither debit nor credit states a balance from which the next ones go on (the opening balance, of every account in turn). A
 * total has the balance of the last line that it adds.
 */
export interface RunningColumns {
  readonly debit: string;
  readonly credit: string;
  readonly balance: string;
}

export interface ReportHead {
  readonly title: string;
  readonly collegeName: string;
  readonly collegeAddress: string;
  /** In words: "1 April 2026 to 31 March 2027", "As at 31 March 2027". */
  readonly period: string;
  /** What a reader must know besides (provisional, which cost centre), one sentence each. */
  readonly notes: readonly string[];
  readonly columns: readonly ReportColumn[];
  readonly running?: RunningColumns;
  /** Who signs at the end, by office. */
  readonly signatures: readonly string[];
  readonly language: ReportLanguage;
}

/** A statement built once, of which the screen, the workbook, the CSV file and the print are four readings. */
export interface ReportDocument extends ReportHead {
  readonly rows: readonly ReportRow[];
}

/** The column in which headings and the labels of totals stand. */
export const labelColumn = (columns: readonly ReportColumn[]): ReportColumn | undefined =>
  columns.find(({ kind, wide }) => kind === 'text' && wide === true) ??
  columns.find(({ kind }) => kind === 'text') ??
  columns[0];

export const isAmount = ({ kind }: ReportColumn): boolean => kind === 'money' || kind === 'balance';

/** `-123400n` → `1,234.00 Cr`; nothing is neither. */
export const balanceText = (balance: Paise): string =>
  balance === 0n ? formatPaise(0n) : balance > 0n ? `${formatPaise(balance)} Dr` : `${formatPaise(-balance)} Cr`;

/** A cell as people read it; a value of the wrong kind is a fault of whoever built the report (TypeError). */
export function cellText(column: ReportColumn, cell: ReportCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  switch (column.kind) {
    case 'money':
      return formatPaise(amountCell(column, cell));
    case 'balance':
      return balanceText(amountCell(column, cell));
    case 'date':
      return formatDate(dateCell(column, cell));
    case 'int':
      return integerCell(column, cell).toString();
    case 'text':
      return textCell(column, cell);
  }
}

export function amountCell({ key }: ReportColumn, cell: ReportCell): Paise {
  if (typeof cell !== 'bigint') throw new TypeError(`column ${key}: an amount is bigint paise`);
  return cell;
}

export function dateCell({ key }: ReportColumn, cell: ReportCell): IsoDate {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(cell))
    throw new TypeError(`column ${key}: a date is YYYY-MM-DD`);
  return cell;
}

export function integerCell({ key }: ReportColumn, cell: ReportCell): number | bigint {
  if (typeof cell === 'bigint' || (typeof cell === 'number' && Number.isSafeInteger(cell))) return cell;
  throw new TypeError(`column ${key}: not an integer`);
}

export function textCell({ key }: ReportColumn, cell: ReportCell): string {
  if (typeof cell !== 'string') throw new TypeError(`column ${key}: not a text`);
  return cell;
}
