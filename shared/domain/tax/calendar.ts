import { addDays, financialYearBounds, financialYearOf, type IsoDate, monthOf } from '../../kernel/dates.ts';
import { compareText } from '../../kernel/order.ts';
import { type duties, dutyRules, stateGroups } from './calendar.gen.ts';

export type Duty = (typeof duties)[number];

/** What decides which duties a college has. */
export interface Taxpayer {
  /** Of its registration under GST: how often it gives returns; null where it has none. */
  readonly gst: 'monthly' | 'quarterly' | null;
  /** GST code of the state of the registration. */
  readonly stateCode: string;
  /** Whether it deducts tax at source under GST, as bodies of a government do (CGST Act s. 51). */
  readonly deductsGst: boolean;
  /** Whether it has a TAN. */
  readonly deductsTax: boolean;
}

export interface DutyDue {
  readonly duty: Duty;
  /** The days for which it is due. */
  readonly first: IsoDate;
  readonly last: IsoDate;
  readonly due: IsoDate;
  readonly source: string;
}

/** What the calendar of resources says of one duty between two days. */
interface DutyRule {
  readonly duty: Duty;
  readonly of: 'gst' | 'gst_monthly' | 'gst_quarterly' | 'gst_tds' | 'tds';
  readonly every: Every;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly due: {
    readonly monthsAfter: number;
    readonly day: number;
    readonly dayOfMarch: number;
    readonly monthsAfterMarch: number;
    readonly dayOfGroup: readonly (readonly [string, number])[];
  };
  readonly source: string;
}
type Every = 'month' | 'month_not_last_of_quarter' | 'quarter' | 'year';

/** The duties that fall due between two days, both included, by the day they are due. */
export function dutiesDue(taxpayer: Taxpayer, from: IsoDate, to: IsoDate): readonly DutyDue[] {
  const found: DutyDue[] = [];
  const rules: readonly DutyRule[] = dutyRules;
  for (const rule of rules) {
    if (!hasDuty(taxpayer, rule.of)) continue;
    for (const { first, last } of periodsAround(rule.every, from, to)) {
      if (last < rule.from || (rule.to !== null && last > rule.to)) continue;
      const due = dueOn(rule, last, taxpayer.stateCode);
      if (from <= due && due <= to) found.push({ duty: rule.duty, first, last, due, source: rule.source });
    }
  }
  return found.sort((one, other) => compareText(one.due, other.due) || compareText(one.duty, other.duty));
}

function hasDuty({ gst, deductsGst, deductsTax }: Taxpayer, of: DutyRule['of']): boolean {
  switch (of) {
    case 'gst':
      return gst !== null;
    case 'gst_monthly':
      return gst === 'monthly';
    case 'gst_quarterly':
      return gst === 'quarterly';
    case 'gst_tds':
      return deductsGst;
    case 'tds':
      return deductsTax;
  }
}

interface Period {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/** Nothing is due later than a year after the end of what it is for. */
const monthsBack = 12;
const monthsOfYear = 12;
const monthsOfQuarter = 3;

/** The periods of a kind that end between a year before the first day and the last day. */
function* periodsAround(every: Every, from: IsoDate, to: IsoDate): Generator<Period, void, void> {
  const end = monthOf(to);
  for (let month = monthAfter(monthOf(from), -monthsBack); month <= end; month = monthAfter(month, 1)) {
    const isLastOfQuarter = Number(month.slice(5)) % monthsOfQuarter === 0;
    const last = lastDay(month);
    if (every === 'month' || (every === 'month_not_last_of_quarter' && !isLastOfQuarter)) {
      yield { first: `${month}-01`, last };
    } else if (every === 'quarter' && isLastOfQuarter) {
      yield { first: `${monthAfter(month, 1 - monthsOfQuarter)}-01`, last };
    } else if (every === 'year' && last === financialYearBounds(financialYearOf(last)).last) {
      yield { first: `${monthAfter(month, 1 - monthsOfYear)}-01`, last };
    }
  }
}

function dueOn({ due }: DutyRule, last: IsoDate, stateCode: string): IsoDate {
  const isMarch = last === financialYearBounds(financialYearOf(last)).last;
  const ofGroup = due.dayOfGroup.find(([group]) => statesOf(group).includes(stateCode));
  const month = monthAfter(monthOf(last), isMarch ? due.monthsAfterMarch : due.monthsAfter);
  const day = ofGroup?.[1] ?? (isMarch ? due.dayOfMarch : due.day);
  const wanted = `${month}-${String(day).padStart(2, '0')}`;
  const latest = lastDay(month);
  return wanted < latest ? wanted : latest;
}

const statesOf = (group: string): readonly string[] => stateGroups[group as keyof typeof stateGroups] ?? [];

/** @param month `YYYY-MM` */
function monthAfter(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * monthsOfYear + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(count / monthsOfYear)}-${String((count % monthsOfYear) + 1).padStart(2, '0')}`;
}

const lastDay = (month: string): IsoDate => addDays(`${monthAfter(month, 1)}-01`, -1);
