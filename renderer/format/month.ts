import type { IsoDate } from '../../shared/kernel/dates.ts';
import type { Language } from '../i18n/language.ts';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN-u-nu-latn' };

/** `2026-04` as `Apr 2026`. */
export const monthName = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** The first and the last day of a month given as `2026-04`. */
export function monthBounds(month: string): { readonly first: IsoDate; readonly last: IsoDate } {
  const [year = 0, number = 0] = month.split('-').map((part) => Number.parseInt(part, 10));
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { first: `${month}-01`, last: `${month}-${String(last).padStart(2, '0')}` };
}
