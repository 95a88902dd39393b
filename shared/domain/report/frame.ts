import { addDays, financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import type { College } from '../rows.ts';
import type { ReportColumn, ReportHead, ReportLanguage, RunningColumns } from './document.ts';
import { type Words, wordsOf } from './words.ts';

/** What every report of a college is built with. */
export interface ReportFrame {
  readonly college: Pick<College, 'name' | 'address'>;
  readonly language: ReportLanguage;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Vouchers of the period that the server has not numbered yet. */
  readonly unconfirmed: number;
}

interface HeadParts {
  readonly title: string;
  readonly period: string;
  readonly columns: readonly ReportColumn[];
  readonly notes?: readonly string[];
  readonly running?: RunningColumns;
  readonly signatures?: readonly string[];
}

/** The head of a report. As long as vouchers wait for the server, a statement says that it is provisional. */
export function headOf(frame: ReportFrame, parts: HeadParts): ReportHead {
  const words = wordsOf(frame.language);
  const { title, period, columns, notes = [], running } = parts;
  return {
    ...{ title, period, columns, collegeName: frame.college.name, collegeAddress: frame.college.address },
    notes: [...notes, ...(frame.unconfirmed === 0 ? [] : [words.provisional(frame.unconfirmed)])],
    ...(running === undefined ? {} : { running }),
    signatures: parts.signatures ?? [words.signatures.accountant, words.signatures.principal],
    language: frame.language,
  };
}

export const periodText = ({ from, to, language }: ReportFrame): string => {
  const words = wordsOf(language);
  return words.period(dayText(from, words), dayText(to, words));
};

export const asAtText = (frame: ReportFrame, date: IsoDate = frame.to): string => {
  const words = wordsOf(frame.language);
  return words.asAt(dayText(date, words));
};

/** `2026-04-01` → `1 April 2026`. */
export const dayText = (date: IsoDate, { months }: Words): string =>
  `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;

/** The first day of the financial year in which a day lies. */
export const yearStart = (date: IsoDate): IsoDate => financialYearBounds(financialYearOf(date)).first;

/** The same day a year before; 29 February becomes the 28th. */
export function yearBefore(date: IsoDate): IsoDate {
  const year = Number(date.slice(0, 4)) - 1;
  return date.endsWith('-02-29') ? `${year}-02-28` : `${year}${date.slice(4)}`;
}

/** The period against which this one is held: the same days of the year before, up to the end of February where this one ends there. */
export function periodBefore({ from, to }: { readonly from: IsoDate; readonly to: IsoDate }): {
  readonly from: IsoDate;
  readonly to: IsoDate;
} {
  const isMonthEnd = addDays(to, 1).endsWith('-01');
  const last = yearBefore(to);
  return { from: yearBefore(from), to: isMonthEnd && addDays(last, 1).endsWith('-29') ? addDays(last, 1) : last };
}

/** The first and the last day of the month in which a day lies. */
export function monthBounds(date: IsoDate): { readonly from: IsoDate; readonly to: IsoDate } {
  const from = `${date.slice(0, 7)}-01`;
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}
