import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';

/**
 * The days that can be posted to: the financial year of `today` and the one before it, whose books stay open for late bills until the
 * audit. What was closed within this window is in the books (closed.ts).
 */
export function openDays(today: IsoDate): { readonly first: IsoDate; readonly last: IsoDate } {
  const { first, last } = financialYearBounds(financialYearOf(today));
  return { first: `${Number(first.slice(0, 4)) - 1}-04-01`, last };
}

export function isOpenDay(date: IsoDate, today: IsoDate): boolean {
  const { first, last } = openDays(today);
  return date >= first && date <= last;
}

export type DateCode =
  | 'EXPENSE_DATE_INVALID'
  | 'PAYMENT_DATE_INVALID'
  | 'REVERSAL_DATE_INVALID'
  | 'VOUCHER_DATE_INVALID';

/** Why `date` lies outside the open days, or undefined. Refusals: PERIOD_CLOSED; the given code for a day that has not come. */
export function postingDateRefusal(date: IsoDate, today: IsoDate, code: DateCode): Refusal | undefined {
  if (!isOpenDay(date, today)) return refusal('PERIOD_CLOSED', { date });
  return date > today ? refusal(code, { date, reason: 'future' }) : undefined;
}
