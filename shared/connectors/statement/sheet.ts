import { type DateEvidence, dateOrder, noDateEvidence, withDateCell } from '../../domain/import/parse-date.ts';
import { cellAt, emptyCell, type RawCell, type RawRow } from '../../domain/import/raw-cell.ts';
import type { Statement } from '../../domain/statement/model.ts';
import { MunimError, type Refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Result } from '../../kernel/result.ts';
import { checkLineCount, type DraftLine, finishStatement, refusing } from './draft.ts';
import { Banner, isSummary, rowText } from './sheet-banner.ts';
import {
  balanceIn,
  cellDay,
  instrumentOf,
  looksLikeDay,
  movedIn,
  plainText,
  sideOf,
  signedCell,
} from './sheet-cells.ts';
import { headerOf, type SheetColumn, type SheetHeader } from './sheet-header.ts';
import { unreadable } from './statement-text.ts';

/** A row with a day and an amount, before the day is read: how days are meant is known when all were seen. */
interface MoneyRow {
  readonly number: number;
  readonly row: RawRow;
  readonly header: SheetHeader;
  /** A debit is below zero; null while nothing says the side of a lone amount. */
  readonly moved: Paise;
  readonly isSided: boolean;
  readonly balance: Paise | null;
}

/**
 * Reads the rows of a bank's CSV, TSV or Excel export. The row of headings is found by their names, whatever stands above; below it every
 * row with a day and an amount is a line, and what else there is (asterisks, totals, legends) is passed over. Where there are balances,
 * they prove that nothing was passed over wrongly. Refusals: STATEMENT_…
 */
export const readSheet = (rows: Iterable<RawRow>): Result<Statement, Refusal> =>
  refusing(() => {
    const reading = new SheetReading();
    for (const row of rows) reading.take(row);
    return reading.finish();
  });

/** The same row by row, for sheets that arrive in batches. `take` and `finish` throw MunimError STATEMENT_… */
export class SheetReading {
  readonly #accounts = new Set<string>();
  readonly #banner = new Banner();
  readonly #lines: MoneyRow[] = [];
  #header: SheetHeader | null = null;
  #evidence: DateEvidence = noDateEvidence;
  #rows = 0;
  /** Below the lines: a row without a day is no line any more, whatever its columns hold. */
  #isBelow = false;

  get hasHeader(): boolean {
    return this.#header !== null;
  }

  get hasLines(): boolean {
    return this.#lines.length > 0;
  }

  take(row: RawRow): void {
    this.#rows += 1;
    if (this.#header === null && this.#rows > limits.statement.headerRowsMax) return;
    const header = headerOf(row);
    if (header !== null) {
      this.#begin(header);
      return;
    }
    if (this.#header === null) {
      this.#banner.above(rowText(row));
      return;
    }
    const line = this.#isBelow || looksLikeDay(this.#cell(row, 'date')) ? this.#dated(row) : this.#undated(row);
    if (line === null) return;
    checkLineCount(this.#lines.length + 1);
    this.#lines.push(line);
    this.#evidence = withDateCell(this.#evidence, this.#cell(row, 'date'));
  }

  finish(): Statement {
    if (this.#rows === 0) throw new MunimError('STATEMENT_EMPTY');
    if (this.#header === null) throw new MunimError('STATEMENT_NO_HEADER');
    if (this.#lines.length === 0) throw new MunimError('STATEMENT_EMPTY');
    const unsided = this.#lines.every(({ isSided }) => !isSided) && this.#lines.some(({ balance }) => balance === null);
    if (unsided) throw new MunimError('STATEMENT_NO_HEADER');
    const order = dateOrder(this.#evidence);
    const lines = this.#lines.map((line) => entryOf(line, order === 'assumed' ? 'day_first' : order));
    const { from, to } = this.#banner;
    const part = { line: this.#lines[0]?.number ?? 1, openingPaise: null, closingPaise: null, lines };
    return finishStatement({ format: 'sheet', accounts: this.#accounts, from, to, parts: [part] });
  }

  /** The first header, or one repeated on a further page. What stands above it may name an account. */
  #begin(header: SheetHeader): void {
    this.#header = header;
    this.#isBelow = false;
    const account = this.#banner.takeAccount();
    if (account !== null) this.#accounts.add(account);
  }

  #cell(row: RawRow, column: SheetColumn): RawCell {
    const index = this.#header?.[column];
    return index === undefined ? emptyCell : cellAt(row, index);
  }

  #dated(row: RawRow): MoneyRow | null {
    if (!looksLikeDay(this.#cell(row, 'date'))) {
      this.#banner.between(rowText(row));
      return null;
    }
    const moved = this.#moved(row);
    const balance = balanceIn(this.#cell(row, 'balance'), this.#cell(row, 'balanceSign'));
    if (moved === undefined || balance === undefined) {
      if (this.#isBelow) return null;
      throw unreadable(row.number, 'an amount');
    }
    // A balance brought forward, or a row about a day on which nothing moved.
    if (moved === null) return null;
    return { number: row.number, row, header: this.#header ?? {}, balance, ...moved };
  }

  /** Nothing, but for a line whose day was spoilt. */
  #undated(row: RawRow): null {
    const text = rowText(row);
    if (isSummary(text)) {
      this.#isBelow = this.#lines.length > 0;
      return null;
    }
    this.#banner.between(text);
    const hasMoney = this.#moved(row) != null;
    const balance = balanceIn(this.#cell(row, 'balance'), emptyCell);
    const hasBalance = this.#header?.balance === undefined || (balance !== null && balance !== undefined);
    if (hasMoney && hasBalance && plainText(this.#cell(row, 'narration')) !== null)
      throw unreadable(row.number, 'a date');
    return null;
  }

  /** Null when nothing moved, undefined when the amounts cannot be read. */
  #moved(row: RawRow): { readonly moved: Paise; readonly isSided: boolean } | null | undefined {
    if (this.#header?.amount === undefined) {
      const debit = movedIn(this.#cell(row, 'debit'), 'debit');
      const credit = movedIn(this.#cell(row, 'credit'), 'credit');
      if (debit === undefined || credit === undefined || (debit !== 0n && credit !== 0n)) return undefined;
      const moved = debit + credit;
      return moved === 0n ? null : { moved, isSided: true };
    }
    const read = signedCell(this.#cell(row, 'amount'));
    if (read === undefined) return undefined;
    if (read === null || read.magnitude === 0n) return null;
    const column = sideOf(plainText(this.#cell(row, 'sign')));
    const side = read.side === 'none' ? column : read.side;
    if (this.#header.sign !== undefined && side === 'none') return undefined;
    const negative = side === 'debit' ? !read.negative : read.negative;
    return { moved: negative ? -read.magnitude : read.magnitude, isSided: side !== 'none' || read.negative };
  }
}

function entryOf({ number, row, header, moved, balance }: MoneyRow, order: ReturnType<typeof dateOrder>): DraftLine {
  const cell = (column: SheetColumn): RawCell => {
    const index = header[column];
    return index === undefined ? emptyCell : cellAt(row, index);
  };
  const date = cellDay(cell('date'), order);
  if (date === null) throw unreadable(number, 'a date');
  const both = instrumentOf(plainText(cell('chequeOrReference')));
  const cheque = instrumentOf(plainText(cell('cheque')));
  return {
    line: number,
    date,
    valueDate: cellDay(cell('valueDate'), order),
    narration: plainText(cell('narration')) ?? '',
    reference: plainText(cell('reference')) ?? both.reference ?? cheque.reference,
    chequeNo: cheque.chequeNo ?? both.chequeNo,
    debitPaise: moved < 0n ? -moved : 0n,
    creditPaise: moved > 0n ? moved : 0n,
    balancePaise: balance,
  };
}
