import type { IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { decimalText, type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PaymentMode } from '../payment-order/news.ts';
import { type BulkCell, type BulkLayout, type BulkValue, isCut } from './layout.ts';

export interface BulkPayment {
  readonly beneficiaryName: string;
  readonly beneficiaryAccount: string;
  readonly beneficiaryIfsc: string;
  readonly amountPaise: Paise;
  readonly mode: PaymentMode;
  /** As the bank shall call it in its statement: base and sending, see payment-order/reference.ts. */
  readonly reference: string;
  readonly purpose: string;
}

export interface BulkOrder {
  readonly debitAccount: string;
  readonly debitIfsc: string;
  /** The name the bank gave the college for its files. */
  readonly client: string;
  readonly date: IsoDate;
  /** The how-manieth file of the day. */
  readonly serial: number;
  readonly payments: readonly BulkPayment[];
}

export interface BulkFile {
  readonly fileName: string;
  readonly text: string;
  /** The rows of payments as cells, for the preview. */
  readonly rows: readonly (readonly string[])[];
  readonly totalPaise: Paise;
}

/**
 * The file a bank takes payments in. No cell holds the delimiter or a line end, nothing but names and words is ever cut, and the sum of the amounts in it is that
 * of the payments. Refusal: BULK_VALUE_TOO_LONG with the row and the value.
 */
export function writeBulkFile(layout: BulkLayout, order: BulkOrder): Result<BulkFile, Refusal> {
  const totalPaise = sumPaise(order.payments.map(({ amountPaise }) => amountPaise));
  const facts = { ...order, totalPaise };
  const rows: string[][] = [];
  for (const [index, payment] of order.payments.entries()) {
    const cells = cellsOf(layout, layout.row, facts, payment, index + 1);
    if (!cells.ok) return cells;
    rows.push(cells.value);
  }
  const lines: string[][] = [];
  for (const edge of [layout.head, null, layout.foot]) {
    if (edge === null) continue;
    const cells = cellsOf(layout, edge, facts, null, 0);
    if (!cells.ok) return cells;
    lines.push(cells.value);
  }
  const [head, foot] = layout.head === null ? [undefined, lines[0]] : lines;
  const all = [...(head === undefined ? [] : [head]), ...rows, ...(foot === undefined ? [] : [foot])];
  const end = layout.lineEnd === 'crlf' ? '\r\n' : '\n';
  return ok({
    fileName: fileNameOf(layout, order),
    text: all.map((cells) => cells.join(layout.delimiter) + end).join(''),
    rows,
    totalPaise,
  });
}

interface Facts extends BulkOrder {
  readonly totalPaise: Paise;
}

function cellsOf(
  layout: BulkLayout,
  cells: readonly BulkCell[],
  facts: Facts,
  payment: BulkPayment | null,
  row: number,
): Result<string[], Refusal> {
  const written: string[] = [];
  for (const cell of cells) {
    if (cell.kind === 'text') {
      written.push(clean(layout, cell.text));
      continue;
    }
    const text = clean(layout, textOf(layout, cell.value, facts, payment, row));
    if (text.length > cell.max && !isCut(cell.value)) {
      return err(refusal('BULK_VALUE_TOO_LONG', { row, value: cell.value, length: text.length, max: cell.max }));
    }
    written.push(text.slice(0, cell.max).trim());
  }
  return ok(written);
}

function textOf(layout: BulkLayout, value: BulkValue, facts: Facts, payment: BulkPayment | null, row: number): string {
  switch (value) {
    case 'debitAccount':
      return facts.debitAccount;
    case 'debitIfsc':
      return facts.debitIfsc;
    case 'client':
      return facts.client;
    case 'date':
      return dateText(layout, facts.date);
    case 'count':
      return String(facts.payments.length);
    case 'total':
      return decimalText(facts.totalPaise);
    case 'serial':
      return String(row === 0 ? facts.serial : row);
    default:
      return payment === null ? '' : ofPayment(layout, value, facts, payment);
  }
}

function ofPayment(
  layout: BulkLayout,
  value: 'mode' | 'beneficiaryName' | 'beneficiaryAccount' | 'beneficiaryIfsc' | 'amount' | 'reference' | 'purpose',
  facts: Facts,
  payment: BulkPayment,
): string {
  switch (value) {
    case 'mode':
      return isOwnBank(facts, payment) ? layout.modes.own : layout.modes[payment.mode];
    case 'amount':
      return decimalText(payment.amountPaise);
    default:
      return payment[value];
  }
}

/** The first four letters of an IFSC are the bank. */
const isOwnBank = (facts: Facts, payment: BulkPayment): boolean =>
  facts.debitIfsc.slice(0, 4) === payment.beneficiaryIfsc.slice(0, 4);

function dateText({ dates }: BulkLayout, date: IsoDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  if (dates === 'yyyy-mm-dd') return date;
  if (dates === 'ddmmyyyy') return `${day}${month}${year}`;
  return [day, month, year].join(dates === 'dd/mm/yyyy' ? '/' : '-');
}

/** A name must not end a cell or a row, nor begin a formula where somebody opens the file in a workbook. */
function clean({ delimiter, isPlainText }: BulkLayout, text: string): string {
  const plain = isPlainText ? text.normalize('NFKD').replace(/[^A-Za-z0-9 .,()/&'#|^~;_-]/g, ' ') : text;
  return plain
    .replaceAll(delimiter, ' ')
    .replace(/[\r\n\t\0"]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^[\s=+@-]+(?=\D)/, '')
    .trim();
}

function fileNameOf({ fileName }: BulkLayout, { client, date, serial }: BulkOrder): string {
  const [yyyy = '', mm = '', dd = ''] = date.split('-');
  const parts: Readonly<Record<string, string>> = { yyyy, mm, dd, client, serial: String(serial).padStart(3, '0') };
  return fileName.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole).replace(/[^\w.-]/g, '_');
}
