import { addDays, type IsoDate, isIsoDate } from '../../../kernel/dates.ts';
import { decimalText, type Paise, parseRupees } from '../../../kernel/money.ts';

/** What Tally writes for an amount in rupees; amounts with a currency or a rate (`$ 5 @ Rs 80/$ = Rs 400`) are none. */
const AMOUNT = /^-?(?:\d[\d,]*(?:\.\d*)?|\.\d+)$/;

/** Reads an amount exactly: `-50000.00` is -5000000 paise. Undefined when it is not one in whole paise. */
export function readAmount(text: string): Paise | undefined {
  const bare = text.trim().replace(/^\(-\)\s*/, '-');
  if (!AMOUNT.test(bare)) return undefined;
  const read = parseRupees(bare);
  return read.ok ? read.value : undefined;
}

/** An amount on Tally's side: debit is below zero, credit above. */
export const signedAmount = (debitPaise: Paise, creditPaise: Paise): Paise => creditPaise - debitPaise;

export const writeAmount = (signed: Paise): string => decimalText(signed);

/** `2026-11-20` → `20261120`. */
export const writeDate = (date: IsoDate): string => date.replaceAll('-', '');

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `20261120` or, where a person sees it, `20-Nov-2026` and `20-Nov-26`. */
export function readDate(text: string): IsoDate | undefined {
  const bare = text.trim();
  const plain = /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (plain !== null) return realDay(plain[1], plain[2], plain[3]);
  const spoken = /^(\d{1,2})-([A-Za-z]{3})-(\d{4}|\d{2})$/.exec(bare);
  if (spoken === null) return undefined;
  const [, day = '', month = '', year = ''] = spoken;
  const monthNo = String(months.indexOf(month.toLowerCase()) + 1).padStart(2, '0');
  return realDay(year.length === 2 ? `20${year}` : year, monthNo, day.padStart(2, '0'));
}

function realDay(year = '', month = '', day = ''): IsoDate | undefined {
  const date = `${year}-${month}-${day}`;
  return isIsoDate(date) ? date : undefined;
}

/** A due date as Tally's field for the credit period takes it. */
export function writeDueDate(date: IsoDate): string {
  const month = months[Number(date.slice(5, 7)) - 1] ?? '';
  return `${Number(date.slice(8))}-${month.charAt(0).toUpperCase()}${month.slice(1)}-${date.slice(0, 4)}`;
}

/** The credit period of a bill is a day or a count of days from its voucher. */
export function readDueDate(text: string, from: IsoDate): IsoDate | undefined {
  const days = /^(\d{1,4})\s*days?$/i.exec(text.trim());
  return days === null ? readDate(text) : addDays(from, Number(days[1]));
}
