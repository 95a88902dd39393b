import { err, ok, type Result } from './result.ts';

/** A calendar day `YYYY-MM-DD`. Accounting dates are days in India, never instants. */
export type IsoDate = string;
/** An Indian financial year, April to March, as `2026-27`. */
export type FinancialYear = string;
/** Milliseconds since 1970, UTC. */
export type EpochMs = number;

const IST_OFFSET_MS = 330 * 60_000;
const DAY_MS = 86_400_000;

/** Whether the text is a real day of the calendar (no 31 April). */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The day it is in India at an instant. */
export const istDate = (at: EpochMs): IsoDate => new Date(at + IST_OFFSET_MS).toISOString().slice(0, 10);
/** The moment at which the day begins in India. */
export const istMidnight = (date: IsoDate): EpochMs => Date.parse(`${date}T00:00:00Z`) - IST_OFFSET_MS;
/** The clock time in India at an instant, `HH:MM`. */
export const istTime = (at: EpochMs): string => new Date(at + IST_OFFSET_MS).toISOString().slice(11, 16);

/** `2027-03-31` → `2026-27`: the year runs from 1 April to 31 March (Income-tax Act, previous year). */
export function financialYearOf(date: IsoDate): FinancialYear {
  const year = Number(date.slice(0, 4));
  const start = Number(date.slice(5, 7)) >= 4 ? year : year - 1;
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
}

export function financialYearBounds(year: FinancialYear): { readonly first: IsoDate; readonly last: IsoDate } {
  const start = Number(year.slice(0, 4));
  return { first: `${start}-04-01`, last: `${start + 1}-03-31` };
}

export const isFinancialYear = (text: string): boolean =>
  /^\d{4}-\d{2}$/.test(text) && (Number(text.slice(0, 4)) + 1) % 100 === Number(text.slice(5));

/** The twelve months of a financial year as `2026-04`, April first. */
export const monthsOf = (year: FinancialYear): readonly string[] => {
  const first = Number.parseInt(year.slice(0, 4), 10);
  return Array.from({ length: 12 }, (_, index) =>
    index < 9 ? `${first}-${String(index + 4).padStart(2, '0')}` : `${first + 1}-0${index - 8}`,
  );
};

/** The calendar month of a day, `YYYY-MM`. */
export const monthOf = (date: IsoDate): string => date.slice(0, 7);

export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one day to another; negative where the other comes first. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** `2026-11-21` → `21-11-2026`, as dates are written in India. */
export const formatDate = (date: IsoDate): string => `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;

/** Reads `dd-mm-yyyy`, `dd/mm/yy`, `d.m.yyyy` or ISO. Two-digit years are of this century. */
export function parseDate(text: string): Result<IsoDate, 'empty' | 'not_a_date'> {
  const bare = text.trim();
  if (bare === '') return err('empty');
  if (isIsoDate(bare)) return ok(bare);
  const match = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(bare);
  if (!match) return err('not_a_date');
  const [, day = '', month = '', year = ''] = match;
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? ok(iso) : err('not_a_date');
}
