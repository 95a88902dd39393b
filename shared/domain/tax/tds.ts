import { financialYearOf, type IsoDate, monthOf } from '../../kernel/dates.ts';
import { largerOf, type Paise, smallerOf, sumPaise, wholeRupees } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { panHolder } from '../identity/pan.ts';
import { type TdsNature, type TdsRule, tdsRuleOn } from './tds-rules.ts';

/** What was credited or paid before, and on how much of it tax was deducted already. */
export interface EarlierSum {
  readonly date: IsoDate;
  /** Without GST; negative for a credit note. */
  readonly paise: Paise;
  readonly chargedPaise: Paise;
}

/** A certificate of the assessing officer for a lower rate or none (Income-tax Act 1961 s. 197, 2025 s. 395). */
export interface LowerCertificate {
  readonly number: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly basisPoints: bigint;
  /** What of the sum it is given for is not used up. */
  readonly leftPaise: Paise;
}

export interface TdsQuestion {
  readonly nature: TdsNature;
  /** The day of the credit or of the payment, whichever is earlier. */
  readonly date: IsoDate;
  /** Without the GST that the bill shows by itself (CBDT circular 23/2017). */
  readonly paise: Paise;
  /** As `checkPan` reads it; null where none was given or the one given is inoperative. */
  readonly pan: string | null;
  /** Everything else of this nature to the same PAN, whoever asked for it; other years are left out of the count. */
  readonly earlier: readonly EarlierSum[];
  readonly certificate: LowerCertificate | null;
}

export type TdsBecause = 'rate' | 'certificate' | 'no_pan';

/** Tax on a part of the sums at one rate; a deductee row of the statement. */
export interface TdsPart {
  readonly because: TdsBecause;
  readonly basePaise: Paise;
  readonly basisPoints: bigint;
  /** Whole rupees. */
  readonly taxPaise: Paise;
}

export interface TdsAnswer {
  readonly rule: TdsRule;
  /** Which limit is exceeded; none where the law has no limit, null where tax is not due. */
  readonly exceeded: 'payment' | 'month' | 'year' | 'none' | null;
  /** What of the base was credited earlier and had borne no tax, since no limit was exceeded yet. */
  readonly caughtUpPaise: Paise;
  readonly parts: readonly TdsPart[];
  readonly taxPaise: Paise;
}

/** no_rule: the day lies before the dated rules begin; not_positive: there is nothing to deduct from. */
export type TdsProblem = 'no_rule' | 'not_positive';

/**
 * How much tax is to be deducted at source from a sum to a resident. No surcharge and no cess: they are for salaries and non-residents.
 * Where a limit is exceeded only now, what went before is caught up at the rate of the day that exceeds it, since the duty to deduct
 * arises on that day. Tax is rounded to whole rupees, half a rupee up.
 */
export function tdsOn(question: TdsQuestion): Result<TdsAnswer, TdsProblem> {
  const { nature, date, paise, pan } = question;
  if (paise <= 0n) return err('not_positive');
  const rule = tdsRuleOn(nature, date, pan === null ? null : panHolder(pan));
  if (rule === undefined) return err('no_rule');
  const year = financialYearOf(date);
  const earlier = question.earlier.filter((one) => financialYearOf(one.date) === year);
  const { exceeded, basePaise } = baseOf(rule, date, paise, earlier);
  const parts = partsOf({ ...question, earlier }, rule, basePaise);
  return ok({
    rule,
    exceeded,
    caughtUpPaise: basePaise > paise ? basePaise - paise : 0n,
    parts,
    taxPaise: sumPaise(parts.map((part) => part.taxPaise)),
  });
}

interface Base {
  readonly exceeded: TdsAnswer['exceeded'];
  readonly basePaise: Paise;
}

function baseOf(rule: TdsRule, date: IsoDate, paise: Paise, earlier: readonly EarlierSum[]): Base {
  const { perPayment, perMonth, perYear } = rule;
  const year = totalOf(earlier);
  if (rule.base === 'excess') {
    const over = positive(year.paise + paise - (perYear ?? 0n));
    const base = positive(over - year.chargedPaise);
    return { exceeded: over > 0n ? 'year' : null, basePaise: base };
  }
  if (perPayment === null && perMonth === null && perYear === null) return { exceeded: 'none', basePaise: paise };
  if (perYear !== null && year.paise + paise > perYear) {
    return { exceeded: 'year', basePaise: positive(year.paise + paise - year.chargedPaise) };
  }
  const month = totalOf(earlier.filter((one) => monthOf(one.date) === monthOf(date)));
  if (perMonth !== null && month.paise + paise > perMonth) {
    return { exceeded: 'month', basePaise: positive(month.paise + paise - month.chargedPaise) };
  }
  return perPayment !== null && paise > perPayment
    ? { exceeded: 'payment', basePaise: paise }
    : { exceeded: null, basePaise: 0n };
}

const positive = (paise: Paise): Paise => largerOf(paise, 0n);

function totalOf(sums: readonly EarlierSum[]): { readonly paise: Paise; readonly chargedPaise: Paise } {
  return {
    paise: sumPaise(sums.map((one) => one.paise)),
    chargedPaise: sumPaise(sums.map((one) => one.chargedPaise)),
  };
}

/** A certificate is given to a PAN, so who has none has no use of one (Income-tax Rules, rule 28AA). */
function partsOf({ pan, ...question }: TdsQuestion, rule: TdsRule, basePaise: Paise): readonly TdsPart[] {
  if (basePaise === 0n) return [];
  if (pan === null) {
    const { basisPoints, withoutPanBasisPoints: least } = rule;
    return [part('no_pan', basePaise, largerOf(basisPoints, least))];
  }
  const { certificate } = question;
  const covered = certificate === null ? 0n : coveredOf(certificate, question, basePaise);
  const parts: TdsPart[] = [];
  if (certificate !== null && covered > 0n) {
    parts.push(part('certificate', covered, smallerOf(certificate.basisPoints, rule.basisPoints)));
  }
  if (basePaise > covered) parts.push(part('rate', basePaise - covered, rule.basisPoints));
  return parts;
}

/** What was credited before a certificate is in force bears the rate of the law, even if its tax is caught up later. */
function coveredOf(
  { from, to, leftPaise }: LowerCertificate,
  { date, paise, earlier }: Pick<TdsQuestion, 'date' | 'paise' | 'earlier'>,
  basePaise: Paise,
): Paise {
  const isIn = (day: IsoDate): boolean => from <= day && day <= to;
  if (!isIn(date)) return 0n;
  const uncharged = earlier.map((one) => (isIn(one.date) ? positive(one.paise - one.chargedPaise) : 0n));
  return [positive(leftPaise), basePaise, sumPaise(uncharged) + paise].reduce(smallerOf);
}

function part(because: TdsBecause, basePaise: Paise, basisPoints: bigint): TdsPart {
  return { because, basePaise, basisPoints, taxPaise: wholeRupees(basePaise * basisPoints, wholeInBasisPoints) };
}

const wholeInBasisPoints = 10_000n;
