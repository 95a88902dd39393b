import { addDays, financialYearOf, type IsoDate, istDate, monthOf } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { Period } from '../ledger-rows.ts';
import { type DateCode, postingDateRefusal } from './open-days.ts';

type Naming = Pick<CommandContext, 'namedId'>;
type Periods = Pick<BooksReader, 'get'>;

/** The id of a month or year, the same on every desk. */
export const periodId = (kind: Period['kind'], name: string, context: Naming): Id =>
  context.namedId(nameOf('period', kind, name));

export const findPeriod = (kind: Period['kind'], name: string, context: Naming, books: Periods) =>
  books.get('periods', periodId(kind, name, context));

/** Whether the month of the day was closed, or its year. */
export async function isClosedDay(date: IsoDate, context: Naming, books: Periods): Promise<boolean> {
  const month = await findPeriod('month', monthOf(date), context, books);
  if (month?.isClosed === true) return true;
  return (await findPeriod('year', financialYearOf(date), context, books))?.isClosed === true;
}

/** Why nothing can be posted on `date`, or undefined. Refusals: PERIOD_CLOSED; the given code for a day that has not come. */
export async function postingRefusal(
  date: IsoDate,
  code: DateCode,
  context: CommandContext,
  books: Periods,
): Promise<Refusal | undefined> {
  const outside = postingDateRefusal(date, istDate(context.occurredAt), code);
  if (outside !== undefined) return outside;
  return (await isClosedDay(date, context, books)) ? refusal('PERIOD_CLOSED', { date }) : undefined;
}

/** Why an entry cannot be taken back on `date`, or undefined. Refusals: PERIOD_CLOSED, REVERSAL_DATE_INVALID. */
export async function reversalRefusal(
  date: IsoDate,
  entryDate: IsoDate,
  context: CommandContext,
  books: Periods,
): Promise<Refusal | undefined> {
  const closed = await postingRefusal(date, 'REVERSAL_DATE_INVALID', context, books);
  if (closed !== undefined || date >= entryDate) return closed;
  return refusal('REVERSAL_DATE_INVALID', { date, reason: 'before_entry' });
}

/**
 * The day on which a paper of `date` is posted: its own, or the first day after it that is not closed. A month is closed only when it is
 * over, so there always is one; it may lie after the day on which a desk without a network entered the paper.
 */
export async function postingDay(date: IsoDate, context: Naming, books: Periods): Promise<IsoDate> {
  let day = date;
  while (await isClosedDay(day, context, books)) day = firstOfNextMonth(day);
  return day;
}

const firstOfNextMonth = (date: IsoDate): IsoDate => `${monthOf(addDays(`${monthOf(date)}-28`, 4))}-01`;
