import { addDays, type IsoDate, istDate } from '../../kernel/dates.ts';
import type { PaymentMode } from './news.ts';

const MINUTE = 60_000;
/** NEFT runs in 48 batches a day, all days of the year; the beneficiary has the money within two hours of its batch (RBI, since 16-12-2019). */
const BATCH_MS = 30 * MINUTE;
const NEFT_CREDIT_MS = 120 * MINUTE;
/** RTGS runs all days (RBI, since 14-12-2020); the beneficiary's bank has half an hour to credit. */
const RTGS_CREDIT_MS = 30 * MINUTE;

/** By when the beneficiary usually has the money of a payment that the bank takes at `at`. */
export function usualCreditBy(mode: PaymentMode, at: number): number {
  if (mode === 'rtgs') return at + RTGS_CREDIT_MS;
  return Math.ceil(at / BATCH_MS) * BATCH_MS + NEFT_CREDIT_MS;
}

/** Why a bank may leave a file or a query lying on a day, although the payment systems run. */
export type BankRest = 'sunday' | 'saturday' | 'holiday';

/** Branches rest on Sundays, on the second and fourth Saturday, and on the three national days. State holidays differ and are not known here. */
export function bankRestOn(date: IsoDate): BankRest | null {
  if (/-(?:01-26|08-15|10-02)$/.test(date)) return 'holiday';
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (weekday === 0) return 'sunday';
  const saturday = Math.ceil(Number(date.slice(8, 10)) / 7);
  return weekday === 6 && saturday % 2 === 0 ? 'saturday' : null;
}

/** The first day from this moment on, Indian time, on which branches work. */
export function nextWorkingDay(at: number): IsoDate {
  let day = istDate(at);
  while (bankRestOn(day) !== null) day = addDays(day, 1);
  return day;
}
