import type { IsoDate } from '../../kernel/dates.ts';
import { largerOf, type Paise, shareOf, smallerOf } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type Dated, inForce } from './dated.ts';
import { cessRules, regimeRules } from './salary-rules.gen.ts';

export type Regime = 'new' | 'old';
/** On the last day of the year; only the old regime asks. */
export type AgeBand = 'below_60' | 'from_60' | 'from_80';

/** What one employee earns in a tax year, as far as it is known. */
export interface SalaryYear {
  /** Any day of the year. */
  readonly date: IsoDate;
  readonly regime: Regime;
  readonly age: AgeBand;
  /** Salary with perquisites, without what is exempt. */
  readonly grossPaise: Paise;
  /** Deductions that the regime allows beside the standard one, and professional tax. */
  readonly deductionsPaise: Paise;
}

export interface SalaryTax {
  readonly standardDeductionPaise: Paise;
  /** Rounded to ten rupees. */
  readonly taxablePaise: Paise;
  readonly slabTaxPaise: Paise;
  readonly rebatePaise: Paise;
  /** What marginal relief takes off, so that a rupee more of income never costs more than a rupee of tax. */
  readonly reliefPaise: Paise;
  readonly surchargePaise: Paise;
  readonly cessPaise: Paise;
  /** Rounded to ten rupees. */
  readonly taxPaise: Paise;
  readonly source: string;
}

interface Step {
  readonly upToPaise: Paise | null;
  readonly basisPoints: bigint;
}

interface RegimeRule extends Dated {
  readonly regime: Regime;
  readonly age: AgeBand | 'any';
  readonly standardDeductionPaise: Paise;
  readonly slabs: readonly Step[];
  readonly rebate: { readonly incomeUpToPaise: Paise; readonly mostPaise: Paise; readonly hasMarginalRelief: boolean };
  readonly surcharge: readonly Step[];
  readonly source: string;
}

/**
 * The tax of a resident employee on salary alone, for a whole year (Income-tax Act 1961 s. 192, 2025 s. 392): slabs, rebate, surcharge, cess,
 * with marginal relief at the limit of the rebate and at each step of the surcharge.
 */
export function salaryTax(year: SalaryYear): Result<SalaryTax, 'no_rule'> {
  const rule = ruleOf(year);
  const rules: readonly { readonly from: IsoDate; readonly to: IsoDate | null; readonly basisPoints: bigint }[] =
    cessRules;
  const cess = rules.find(({ from, to }) => from <= year.date && (to === null || year.date <= to));
  if (rule === undefined || cess === undefined) return err('no_rule');
  const standard = smallerOf(rule.standardDeductionPaise, positive(year.grossPaise));
  const taxablePaise = toTenRupees(positive(year.grossPaise - standard - year.deductionsPaise));
  const slabTaxPaise = taxBySteps(taxablePaise, rule.slabs);
  const rebatePaise = taxablePaise <= rule.rebate.incomeUpToPaise ? smallerOf(slabTaxPaise, rule.rebate.mostPaise) : 0n;
  const rebateRelief = rule.rebate.hasMarginalRelief ? reliefAtRebate(taxablePaise, slabTaxPaise, rule) : 0n;
  const own = slabTaxPaise - rebatePaise - rebateRelief;
  const full = shareOf(own, rateAt(taxablePaise, rule.surcharge));
  const surchargeRelief = reliefAtSurcharge(taxablePaise, own + full, rule);
  const surchargePaise = full - surchargeRelief;
  const cessPaise = shareOf(own + surchargePaise, cess.basisPoints);
  return ok({
    ...{ standardDeductionPaise: standard, taxablePaise, slabTaxPaise, rebatePaise },
    ...{ reliefPaise: rebateRelief + surchargeRelief, surchargePaise, cessPaise },
    taxPaise: toTenRupees(own + surchargePaise + cessPaise),
    source: rule.source,
  });
}

/**
 * What is to be deducted from the salary of a month: the tax of the year that is not deducted yet, in equal parts over the months that are left.
 * The last month settles whatever estimates have left over; too much that was deducted is given back by the return of the employee.
 * @param monthsLeft this one included
 */
export function monthlySalaryTds(yearTaxPaise: Paise, deductedPaise: Paise, monthsLeft: number): Paise {
  if (!Number.isInteger(monthsLeft) || monthsLeft < 1) throw new RangeError('the month itself is left at least');
  return upToRupee(positive(yearTaxPaise - deductedPaise), BigInt(monthsLeft));
}

function ruleOf({ regime, age, date }: SalaryYear): RegimeRule | undefined {
  const rules: readonly RegimeRule[] = regimeRules;
  return inForce(
    rules.filter((rule) => rule.regime === regime && (rule.age === 'any' || rule.age === age)),
    date,
  );
}

function taxBySteps(income: Paise, steps: readonly Step[]): Paise {
  let [tax, below] = [0n, 0n];
  for (const { upToPaise, basisPoints } of steps) {
    const upTo = upToPaise === null ? income : smallerOf(income, upToPaise);
    if (upTo > below) tax += shareOf(upTo - below, basisPoints);
    below = upToPaise ?? below;
  }
  return tax;
}

const rateAt = (income: Paise, steps: readonly Step[]): bigint =>
  steps.find(({ upToPaise }) => upToPaise === null || income <= upToPaise)?.basisPoints ?? 0n;

/** Just above the limit of the rebate no more tax is owed than income lies above it. */
function reliefAtRebate(income: Paise, tax: Paise, { rebate }: RegimeRule): Paise {
  return income > rebate.incomeUpToPaise ? positive(tax - (income - rebate.incomeUpToPaise)) : 0n;
}

/** Just above a step of the surcharge no more is owed than at the step and the income above it. */
function reliefAtSurcharge(income: Paise, owed: Paise, rule: RegimeRule): Paise {
  const step = rule.surcharge.findLast(({ upToPaise }) => upToPaise !== null && upToPaise < income);
  if (step?.upToPaise === undefined || step.upToPaise === null) return 0n;
  const tax = taxBySteps(step.upToPaise, rule.slabs);
  const atStep = tax + shareOf(tax, step.basisPoints);
  return positive(owed - atStep - (income - step.upToPaise));
}

const positive = (paise: Paise): Paise => largerOf(paise, 0n);

const paiseOfRupee = 100n;
const tenRupees = 10n * paiseOfRupee;
/** Income-tax Act 1961 s. 288A and 288B. */
const toTenRupees = (paise: Paise): Paise => ((paise + tenRupees / 2n) / tenRupees) * tenRupees;
/** Up, so that the last month is never the dearest. */
const upToRupee = (paise: Paise, parts: bigint): Paise => {
  const of = parts * paiseOfRupee;
  return ((paise + of - 1n) / of) * paiseOfRupee;
};
