import { daysBetween, type IsoDate, monthOf } from '../../kernel/dates.ts';
import { type Paise, smallerOf, wholeRupees } from '../../kernel/money.ts';
import { feeRules, interestRules } from './calendar.gen.ts';
import { type Dated, inForce } from './dated.ts';

export type InterestOf = (typeof interestRules)[number]['of'];
export type FeeOf = (typeof feeRules)[number]['of'];

const monthsOfYear = 12;
const daysOfYear = 365n;
const wholeInBasisPoints = 10_000n;

/** The calendar months that two days and those between them lie in: a part of a month counts as one. */
export function monthsTouched(from: IsoDate, to: IsoDate): number {
  const count = (date: IsoDate): number => Number(date.slice(0, 4)) * monthsOfYear + Number(monthOf(date).slice(5));
  return to < from ? 0 : count(to) - count(from) + 1;
}

/**
 * Interest on tax deducted at source that was deducted or paid in too late. It runs from the day on which tax was to be deducted to that on
 * which it was, and from the day it was deducted to that on which it was paid in, by calendar months of which a part counts as a whole.
 * @param isLate whether the due day has passed; paid in by then nothing is owed, whatever months were touched
 */
export function tdsInterest(
  of: 'late_deduction' | 'late_deposit',
  taxPaise: Paise,
  from: IsoDate,
  to: IsoDate,
  isLate: boolean,
): Paise {
  const rule = rateOf(of, from);
  if (!isLate || rule === undefined) return 0n;
  return wholeRupees(taxPaise * rule * BigInt(monthsTouched(from, to)), wholeInBasisPoints);
}

/** Interest on the GST that is paid in cash after its due day, by days of a year of 365 (CGST Act s. 50). */
export function gstInterest(cashPaise: Paise, due: IsoDate, paid: IsoDate): Paise {
  const rule = rateOf('late_gst', due);
  if (rule === undefined) return 0n;
  return wholeRupees(cashPaise * rule * BigInt(Math.max(0, daysBetween(due, paid))), wholeInBasisPoints * daysOfYear);
}

function rateOf(of: InterestOf, date: IsoDate): bigint | undefined {
  const rules: readonly (Dated & { readonly of: InterestOf; readonly basisPoints: bigint })[] = interestRules;
  return inForce(
    rules.filter((rule) => rule.of === of),
    date,
  )?.basisPoints;
}

export interface LateReturn {
  readonly of: FeeOf;
  readonly due: IsoDate;
  readonly given: IsoDate;
  /** What the return is about: the tax of a statement of TDS, the turnover of the year before for GST. */
  readonly taxPaise: Paise;
  readonly turnoverPaise: Paise;
  readonly isNil: boolean;
}

interface FeeRule extends Dated {
  readonly of: FeeOf;
  readonly perDayPaise: Paise;
  readonly nilPerDayPaise: Paise;
  readonly most: 'tax' | readonly { readonly turnoverUpToPaise: Paise | null; readonly paise: Paise }[];
  readonly nilMostPaise: Paise | null;
}

/** The fee for a return that is given late: so much a day, and no more than its limit. */
export function lateFee({ of, due, given, taxPaise, turnoverPaise, isNil }: LateReturn): Paise {
  const rules: readonly FeeRule[] = feeRules;
  const rule = inForce(
    rules.filter((one) => one.of === of),
    due,
  );
  if (rule === undefined) return 0n;
  const fee = BigInt(Math.max(0, daysBetween(due, given))) * (isNil ? rule.nilPerDayPaise : rule.perDayPaise);
  return smallerOf(fee, mostOf(rule, isNil, taxPaise, turnoverPaise));
}

function mostOf({ most, nilMostPaise }: FeeRule, isNil: boolean, taxPaise: Paise, turnoverPaise: Paise): Paise {
  if (most === 'tax') return taxPaise;
  if (isNil && nilMostPaise !== null) return nilMostPaise;
  const step = most.find(({ turnoverUpToPaise: upTo }) => upTo === null || turnoverPaise <= upTo);
  return step?.paise ?? 0n;
}
