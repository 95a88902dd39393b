import { type IsoDate, isIsoDate, parseDate } from '../../shared/kernel/dates.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

/**
 * A day as people type it in a hurry, besides what `parseDate` reads: `t` for today, `21` for that day of this month, `2111` or `21/11`
 * for that day of this year, `211126` and `21112026`. What is left out is taken from today.
 */
export function readDay(text: string, today: IsoDate): Result<IsoDate, 'empty' | 'not_a_date'> {
  const bare = text.trim().toLowerCase();
  if (bare === '') return err('empty');
  if (bare === 't' || bare === 'आ') return ok(today);
  const whole = parseDate(bare);
  if (whole.ok) return whole;
  const year = today.slice(0, 4);
  const short =
    /^(?<day>\d{1,2})$/.exec(bare) ??
    /^(?<day>\d{1,2})[-/. ](?<month>\d{1,2})$/.exec(bare) ??
    /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4}|\d{2})?$/.exec(bare);
  const groups = short?.groups;
  if (groups === undefined) return err('not_a_date');
  const typedYear = groups.year;
  const fullYear = typedYear === undefined ? year : typedYear.length === 2 ? `20${typedYear}` : typedYear;
  const iso = `${fullYear}-${(groups.month ?? today.slice(5, 7)).padStart(2, '0')}-${(groups.day ?? '').padStart(2, '0')}`;
  return isIsoDate(iso) ? ok(iso) : err('not_a_date');
}
