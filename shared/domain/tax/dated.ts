import type { IsoDate } from '../../kernel/dates.ts';

/** A row of `resources/tax` and the days for which it holds; `to` is null while it is in force. */
export interface Dated {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** The row of the day, of rows that follow each other; undefined for days before the first. */
export const inForce = <T extends Dated>(rows: readonly T[], date: IsoDate): T | undefined =>
  rows.find(({ from, to }) => from <= date && (to === null || date <= to));
