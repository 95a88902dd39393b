import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';

/**
 * The days that can be posted to: the financial year of `today` and the one before it, whose books stay open for late bills until the
 * audit. Closing single months comes on top of this window.
 */
export function openDays(today: IsoDate): { readonly first: IsoDate; readonly last: IsoDate } {
  const { first, last } = financialYearBounds(financialYearOf(today));
  return { first: `${Number(first.slice(0, 4)) - 1}-04-01`, last };
}

export function isOpenDay(date: IsoDate, today: IsoDate): boolean {
  const { first, last } = openDays(today);
  return date >= first && date <= last;
}

type DateCode = 'EXPENSE_DATE_INVALID' | 'PAYMENT_DATE_INVALID' | 'REVERSAL_DATE_INVALID' | 'VOUCHER_DATE_INVALID';

/** Why an entry cannot be taken back on `date`, or undefined. Refusals: PERIOD_CLOSED, REVERSAL_DATE_INVALID. */
export function reversalDateRefusal(date: IsoDate, today: IsoDate, entryDate: IsoDate): Refusal | undefined {
  const closed = postingDateRefusal(date, today, 'REVERSAL_DATE_INVALID');
  if (closed !== undefined || date >= entryDate) return closed;
  return refusal('REVERSAL_DATE_INVALID', { date, reason: 'before_entry' });
}

/** Why nothing can be posted on `date`, or undefined. Refusals: PERIOD_CLOSED; the given code for a day that has not come. */
export function postingDateRefusal(date: IsoDate, today: IsoDate, code: DateCode): Refusal | undefined {
  if (!isOpenDay(date, today)) return refusal('PERIOD_CLOSED', { date });
  return date > today ? refusal(code, { date, reason: 'future' }) : undefined;
}
