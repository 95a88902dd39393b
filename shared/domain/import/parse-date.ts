import { addDays, type IsoDate, isIsoDate } from '../../kernel/dates.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { cleanText, foldText, latinDigits } from './clean-text.ts';
import type { RawCell } from './raw-cell.ts';

export type DateProblem = 'empty' | 'not_a_date' | 'ambiguous' | 'error_value' | 'no_value';

/** What the whole column says about the order of day and month: how many of its texts can only be read one way. */
export interface DateEvidence {
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly either: number;
}
export const noDateEvidence: DateEvidence = { dayFirst: 0, monthFirst: 0, either: 0 };

/** `assumed`: nothing in the column decides, so the Indian order (day first) is taken and said. `mixed`: the column contradicts itself. */
export type DateOrder = 'day_first' | 'month_first' | 'assumed' | 'mixed';

export interface ReadDate {
  readonly date: IsoDate;
  /** Day and month could be swapped and nothing in the column decided between them. */
  readonly assumed: boolean;
}

const NUMERIC = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/;
const CLOCK = /[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:am|pm|z)?$/i;

/** Adds one cell of the date column to the evidence. */
export function withDateCell(evidence: DateEvidence, cell: RawCell): DateEvidence {
  if (cell.kind !== 'text') return evidence;
  const match = NUMERIC.exec(bareDate(cell.text));
  if (!match) return evidence;
  const [first, second] = [Number(match[1]), Number(match[2])];
  if (first > 12 && second <= 12) return { ...evidence, dayFirst: evidence.dayFirst + 1 };
  if (second > 12 && first <= 12) return { ...evidence, monthFirst: evidence.monthFirst + 1 };
  return first === second ? evidence : { ...evidence, either: evidence.either + 1 };
}

export function dateOrder(evidence: DateEvidence): DateOrder {
  if (evidence.dayFirst > 0) return evidence.monthFirst > 0 ? 'mixed' : 'day_first';
  return evidence.monthFirst > 0 ? 'month_first' : 'assumed';
}

/**
 * Reads a day from a cell: a real date, `dd-mm-yyyy`, `dd/mm/yy`, ISO, `5 Apr 2026`, `Apr 5, 2026`, Hindi months and digits, or the
 * bare serial number Excel keeps for a day (1900 system) when the cell lost its date format. A time of day behind it is ignored.
 */
export function parseImportDate(cell: RawCell, order: DateOrder): Result<ReadDate, DateProblem> {
  switch (cell.kind) {
    case 'empty':
      return err('empty');
    case 'error':
      return err('error_value');
    case 'formula':
      return err('no_value');
    case 'date':
      return sure(cell.text);
    case 'number':
      return serialDate(cell.text);
    case 'text':
      return textDate(cell.text, order);
    default:
      return err('not_a_date');
  }
}

const sure = (date: string): Result<ReadDate, DateProblem> =>
  isIsoDate(date) ? ok({ date, assumed: false }) : err('not_a_date');

const bareDate = (text: string): string =>
  latinDigits(cleanText(text))
    .replace(CLOCK, '')
    .replace(/\s*([-/.])\s*/g, '$1');

/** Only serials of the years 2000 to 2099 count as days: smaller numbers are amounts or bare years in the wrong column. */
function serialDate(text: string): Result<ReadDate, DateProblem> {
  const days = Number(/^\d{5}(?=\.|$)/.exec(text)?.[0] ?? Number.NaN);
  if (!(days >= 36_526 && days <= 73_050)) return err('not_a_date');
  return ok({ date: addDays('1899-12-30', days), assumed: false });
}

function textDate(original: string, order: DateOrder): Result<ReadDate, DateProblem> {
  const text = bareDate(original);
  if (text === '' || text === '-') return err('empty');
  if (/^\d{5}$/.test(text)) return serialDate(text);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return sure(isoOf(iso[1], iso[2], iso[3]));
  const numeric = NUMERIC.exec(text);
  if (numeric) return numericDate(numeric, order);
  return namedDate(text);
}

function numericDate(match: RegExpExecArray, order: DateOrder): Result<ReadDate, DateProblem> {
  const [, first = '', second = '', year = ''] = match;
  const dayFirst = isoOf(year, second, first);
  const monthFirst = isoOf(year, first, second);
  if (Number(first) > 12 || first.padStart(2, '0') === second.padStart(2, '0')) return sure(dayFirst);
  if (Number(second) > 12) return order === 'day_first' ? err('not_a_date') : sure(monthFirst);
  if (order === 'mixed') return err('ambiguous');
  const chosen = order === 'month_first' ? monthFirst : dayFirst;
  return isIsoDate(chosen) ? ok({ date: chosen, assumed: order === 'assumed' }) : err('not_a_date');
}

function namedDate(text: string): Result<ReadDate, DateProblem> {
  const words = foldText(text).split(' ');
  const months = words.filter((word) => monthOfName(word) !== undefined);
  const numbers = words
    .filter((word) => /^\d{1,4}(?:st|nd|rd|th)?$/.test(word))
    .map((word) => word.replace(/\D+$/, ''));
  const [month] = months;
  if (month === undefined || months.length !== 1 || numbers.length !== 2) return err('not_a_date');
  if (words.some((word) => !months.includes(word) && !/^\d/.test(word) && !WEEKDAY.test(word)))
    return err('not_a_date');
  const [first = '', second = ''] = numbers;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  if (year.length !== 4 && year.length !== 2) return err('not_a_date');
  return sure(isoOf(year, String(monthOfName(month)), day));
}

const WEEKDAY = /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday|sday)?$/;

const isoOf = (year = '', month = '', day = ''): string =>
  `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'january', 'जनवरी', 'जन'],
  ['feb', 'february', 'फरवरी', 'फर'],
  ['mar', 'march', 'मार्च'],
  ['apr', 'april', 'अप्रैल', 'अप्रेल'],
  ['may', 'मई'],
  ['jun', 'june', 'जून'],
  ['jul', 'july', 'जुलाई'],
  ['aug', 'august', 'अगस्त'],
  ['sep', 'sept', 'september', 'सितंबर', 'सितम्बर'],
  ['oct', 'october', 'अक्टूबर', 'अक्तूबर'],
  ['nov', 'november', 'नवंबर', 'नवम्बर'],
  ['dec', 'december', 'दिसंबर', 'दिसम्बर'],
];
const monthNames = new Map(MONTHS.flatMap((names, index) => names.map((name) => [foldText(name), index + 1] as const)));
const monthOfName = (word: string): number | undefined => monthNames.get(word);
