import type { FinancialYear, IsoDate } from '../../shared/kernel/dates.ts';
import type { Language } from '../i18n/language.ts';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN-u-nu-latn' };

/** The twelve months of a financial year as `2026-04`, April first. */
export const monthsOf = (year: FinancialYear): readonly string[] => {
  const first = Number.parseInt(year.slice(0, 4), 10);
  return Array.from({ length: 12 }, (_, index) =>
    index < 9 ? `${first}-${String(index + 4).padStart(2, '0')}` : `${first + 1}-0${index - 8}`,
  );
};

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
