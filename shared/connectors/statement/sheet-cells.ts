import { latinDigits } from '../../domain/import/clean-text.ts';
import { parseAmount } from '../../domain/import/parse-amount.ts';
import { type DateOrder, parseImportDate } from '../../domain/import/parse-date.ts';
import { isBlankCell, type RawCell } from '../../domain/import/raw-cell.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { wordsOf } from './statement-text.ts';

/** The text of a cell, without the apostrophe or the ="…" by which exports keep leading zeros. */
export function plainText(cell: RawCell): string | null {
  if (cell.kind === 'empty' || cell.kind === 'error' || cell.kind === 'formula') return null;
  const words = wordsOf(cell.text);
  const bare = words === null ? null : (/^="([^"]*)"$/.exec(words)?.[1] ?? words).replace(/^'/, '').trim();
  // A dash, a stroke or asterisks stand for nothing.
  return bare === null || !/[\p{L}\p{N}]/u.test(bare) ? null : bare;
}

/** A day in a cell. Bare numbers are amounts of a summary here, never days. */
export function cellDay(cell: RawCell, order: DateOrder): IsoDate | null {
  if (cell.kind === 'date') return cell.text;
  if (!looksLikeDay(cell)) return null;
  const read = parseImportDate({ kind: 'text', text: plainText(cell) ?? '' }, order);
  return read.ok ? read.value.date : null;
}

/** Whether a text could be a day; how it is meant is another question. */
export const looksLikeDay = (cell: RawCell): boolean =>
  cell.kind === 'date' ||
  (cell.kind === 'text' &&
    cell.text.length <= 40 &&
    /^\s*'?(?:\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|\p{L}{3,9})\s*[-/. ,]+\s*\d{1,4}(?!\d|[.,]\d)|\p{L}{3,9}\s+\d{1,2},?\s+\d{4})/u.test(
      latinDigits(cell.text),
    ));

/** `debit` and `credit` as the cell itself says it (`500.00 Dr`, `-500`, `(500)`); `none` leaves it to the column. */
export interface SignedCell {
  readonly magnitude: Paise;
  readonly side: 'debit' | 'credit' | 'none';
  readonly negative: boolean;
}

const SIDE = /^(.*?)[\s(]*\b(dr|cr|d|c)\b\.?\)?$/i;
const SIDE_FIRST = /^\(?(dr|cr)\)?\.?\s+(.*)$/i;
const AMOUNT_CHARS_MAX = 60;

/** Null for an empty cell or a lone dash; undefined for what is no amount. */
export function signedCell(cell: RawCell): SignedCell | null | undefined {
  if (isBlankCell(cell)) return null;
  if (cell.kind === 'number') return amountOf(cell, 'none');
  if (cell.kind !== 'text' || cell.text.length > AMOUNT_CHARS_MAX * 4) return undefined;
  const text = plainText(cell) ?? '';
  if (text.length > AMOUNT_CHARS_MAX) return undefined;
  const behind = SIDE.exec(text.replace(/(\d)(dr|cr)/i, '$1 $2'));
  if (behind) return amountOf({ kind: 'text', text: behind[1] ?? '' }, sideOf(behind[2]));
  const before = SIDE_FIRST.exec(text);
  if (before) return amountOf({ kind: 'text', text: before[2] ?? '' }, sideOf(before[1]));
  return amountOf({ kind: 'text', text }, 'none');
}

/** `Dr`, `Debit`, `D`, `Withdrawal` in a column of its own. */
export function sideOf(text: string | null | undefined): 'debit' | 'credit' | 'none' {
  const word = SIDE_WORD.exec(text ?? '')?.[1]?.toLowerCase();
  if (word === undefined) return 'none';
  return word.startsWith('c') || word.startsWith('dep') ? 'credit' : 'debit';
}

const SIDE_WORD = /^\s*\(?(dr?|db|debit|w|wdl|withdrawal|cr?|credit|dep|deposit)\.?\)?\s*$/i;

function amountOf(cell: RawCell, side: SignedCell['side']): SignedCell | null | undefined {
  const read = parseAmount(cell);
  if (!read.ok) return read.error === 'empty' ? null : undefined;
  // A sheet's float of a bank has at most two decimals; more of them is not what the bank wrote.
  if (read.value.rounded) return undefined;
  const { paise } = read.value;
  return { magnitude: paise < 0n ? -paise : paise, side, negative: paise < 0n };
}

/** What moved, a debit below zero, when the column itself says the side. */
export function movedIn(cell: RawCell, column: 'debit' | 'credit'): Paise | undefined {
  const read = signedCell(cell);
  if (read === undefined) return undefined;
  if (read === null) return 0n;
  const isDebit = column === 'debit';
  return isDebit === read.negative ? read.magnitude : -read.magnitude;
}

/** Overdrawn is below zero, whether by a minus or by Dr. */
export function balanceIn(cell: RawCell, sign: RawCell): Paise | null | undefined {
  const read = signedCell(cell);
  if (read === null || read === undefined) return read;
  const side = read.side === 'none' ? sideOf(plainText(sign)) : read.side;
  const negative = side === 'debit' ? !read.negative : read.negative;
  return negative ? -read.magnitude : read.magnitude;
}

export interface Instrument {
  readonly chequeNo: string | null;
  readonly reference: string | null;
}

/** One column for both: cheques have six figures, behind zeros when the bank fills its column with them. */
export function instrumentOf(text: string | null): Instrument {
  if (text === null || /^0*$/.test(text)) return { chequeNo: null, reference: null };
  if (/^\d{1,6}$/.test(text)) return { chequeNo: text, reference: null };
  if (/^0+\d{6}$/.test(text)) return { chequeNo: text.slice(-6), reference: null };
  return { chequeNo: null, reference: text };
}
