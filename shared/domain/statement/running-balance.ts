import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { StatementEntry } from './model.ts';

/** What of a line the balance depends on. */
export type BalanceLine = Pick<StatementEntry, 'date' | 'debitPaise' | 'creditPaise' | 'balancePaise'>;

export interface BalanceMisfit {
  /** Of the line in the order that was given, from 0; the last line when the closing balance does not fit. */
  readonly index: number;
  readonly date: IsoDate;
  readonly statedPaise: Paise;
  readonly madePaise: Paise;
}

export interface StatedEnds {
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
}

export interface Balanced<Line> extends StatedEnds {
  /** Oldest first. */
  readonly lines: readonly Line[];
}

/**
 * Puts lines into the bank's order, oldest first, and checks that opening balance, credits and debits make every balance that is stated
 * and the closing one. Exports that begin with the newest line are turned round, those that sort days one way and the lines of a day the
 * other way are put right; where the balances allow several orders, the dates decide. Opening and closing balance are worked out from
 * the lines where the statement has none of its own. Refuses with the first line that does not fit.
 */
export function balanced<Line extends BalanceLine>(
  given: readonly Line[],
  ends: StatedEnds,
): Result<Balanced<Line>, BalanceMisfit> {
  const [first, ...others] = candidates(given);
  if (first === undefined) return ok({ ...ends, lines: [] });
  const judged = walk(first, ends);
  if (judged.ok) return judged;
  for (const order of others) {
    const other = walk(order, ends);
    if (other.ok) return other;
  }
  const line = first[judged.error.index];
  return err({ ...judged.error, index: line === undefined ? 0 : given.indexOf(line) });
}

/** Orders worth trying, the likeliest first. */
function candidates<Line extends BalanceLine>(given: readonly Line[]): readonly (readonly Line[])[] {
  if (given.length === 0) return [];
  const turned = given.toReversed();
  const byDay = (lines: readonly Line[]): readonly Line[] =>
    lines.toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  return isNewestFirst(given) ? [turned, byDay(given), given] : [given, turned, byDay(given), byDay(turned)];
}

/** More steps of the dates lead backwards than forwards: one line booked with an earlier day does not turn a whole statement. */
function isNewestFirst(lines: readonly BalanceLine[]): boolean {
  let steps = 0;
  let before: IsoDate | undefined;
  for (const { date } of lines) {
    if (before !== undefined && date !== before) steps += date > before ? 1 : -1;
    before = date;
  }
  return steps < 0;
}

function walk<Line extends BalanceLine>(
  lines: readonly Line[],
  { openingPaise, closingPaise }: StatedEnds,
): Result<Balanced<Line>, BalanceMisfit> {
  const opening = openingPaise ?? openingOf(lines, closingPaise);
  if (opening === null) return ok({ openingPaise, closingPaise, lines });
  let made = opening;
  for (const [index, { date, debitPaise, creditPaise, balancePaise }] of lines.entries()) {
    made += creditPaise - debitPaise;
    if (balancePaise !== null && balancePaise !== made)
      return err({ index, date, statedPaise: balancePaise, madePaise: made });
  }
  const last = lines.at(-1);
  if (closingPaise !== null && closingPaise !== made && last !== undefined)
    return err({ index: lines.length - 1, date: last.date, statedPaise: closingPaise, madePaise: made });
  return ok({ openingPaise: opening, closingPaise: made, lines });
}

/** Back from the first balance that is stated, or from the end. */
function openingOf(lines: readonly BalanceLine[], closingPaise: Paise | null): Paise | null {
  let moved = 0n;
  for (const { debitPaise, creditPaise, balancePaise } of lines) {
    moved += creditPaise - debitPaise;
    if (balancePaise !== null) return balancePaise - moved;
  }
  return closingPaise === null ? null : closingPaise - moved;
}
