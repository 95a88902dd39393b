import { type FinancialYear, financialYearBounds, type IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import type { PanHolder } from '../identity/pan.ts';
import { type Dated, inForce } from './dated.ts';
import { tdsNatures, tdsPeriods, withoutPan } from './tds-rules.gen.ts';

export type TdsNature = (typeof tdsNatures)[number];

export const isTdsNature = (text: string): text is TdsNature => (tdsNatures as readonly string[]).includes(text);

/** Whose rate it is: individuals and Hindu undivided families, companies, or everybody whom no other row names. */
type TdsPayee = 'individual' | 'company' | 'other';

interface TdsRate {
  readonly payee: TdsPayee;
  readonly basisPoints: bigint;
  /** The payment code of the Income-tax Act, 2025; null under the Act of 1961, which had none. */
  readonly code: string | null;
}

/** What the law says of one nature of payment between two days. A sum as large as a limit does not exceed it. */
interface TdsPeriod extends Dated {
  readonly section: string;
  /** Once a limit is exceeded tax is counted on the whole, or only on what exceeds it. */
  readonly base: 'whole' | 'excess';
  readonly perPayment: Paise | null;
  readonly perMonth: Paise | null;
  readonly perYear: Paise | null;
  readonly rates: readonly TdsRate[];
  readonly source: string;
}

/** The rule that holds for one payment. */
export interface TdsRule extends TdsPeriod {
  readonly basisPoints: bigint;
  readonly code: string | null;
  /** The least rate where the payee has given no PAN that is in force (Income-tax Act 1961 s. 206AA, 2025 s. 397(2)). */
  readonly withoutPanBasisPoints: bigint;
}

/**
 * The rule of the day on which a sum is credited or paid, whichever is earlier.
 * @param holder by the fourth letter of the PAN; null where there is none
 * @returns undefined for days before the first row of `resources/tax/tds.json`
 */
export function tdsRuleOn(nature: TdsNature, date: IsoDate, holder: PanHolder | null): TdsRule | undefined {
  const periods: readonly TdsPeriod[] = tdsPeriods[nature];
  const period = inForce(periods, date);
  const least = inForce(withoutPan, date);
  if (period === undefined || least === undefined) return undefined;
  const payee = payeeOf(holder);
  const rate = period.rates.find((one) => one.payee === payee) ?? period.rates.find((one) => one.payee === 'other');
  if (rate === undefined) return undefined;
  return {
    ...period,
    basisPoints: rate.basisPoints,
    code: rate.code,
    withoutPanBasisPoints: nature === 'goods' ? least.goodsBasisPoints : least.basisPoints,
  };
}

function payeeOf(holder: PanHolder | null): TdsPayee {
  if (holder === 'person' || holder === 'huf') return 'individual';
  return holder === 'company' ? 'company' : 'other';
}

const coded = tdsNatures.flatMap((nature): readonly TdsPeriod[] =>
  tdsPeriods[nature].filter(({ rates }) => rates.some(({ code }) => code !== null)),
);
const codes: ReadonlySet<string | null> = new Set(coded.flatMap(({ rates }) => rates.map(({ code }) => code)));

/** Whether it is a payment code of the Act of 2025 that Munim has a rule for. */
export const isTdsCode = (code: string): boolean => codes.has(code);

/** Whether statements of the year have payment codes, as those of the Act of 2025 do; those before have sections and other forms. */
export const hasTdsCodes = (year: FinancialYear): boolean =>
  coded.some(({ from }) => from <= financialYearBounds(year).first);
