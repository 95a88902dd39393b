import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { type Dated, inForce } from './dated.ts';
import { gstLimits, gstRates, gstr3bTables, hsnTables, reverseCharges, supplies } from './gst-rules.gen.ts';

export type GstLimit = keyof typeof gstLimits;
export type Supply = keyof typeof supplies;
export type ReverseChargeService = keyof typeof reverseCharges;

/** Whether there is such a rate on the day of the supply (CGST Act s. 14 says which day that is around a change). */
export function isGstRate(basisPoints: bigint, date: IsoDate): boolean {
  const rates: readonly (Dated & { readonly basisPoints: readonly bigint[] })[] = gstRates;
  return inForce(rates, date)?.basisPoints.includes(basisPoints) === true;
}

/** @returns undefined for days before the limit began */
export function gstLimit(limit: GstLimit, date: IsoDate): Paise | undefined {
  const rows: readonly (Dated & { readonly paise: Paise })[] = gstLimits[limit];
  return inForce(rows, date)?.paise;
}

/** Whether table 12 of GSTR-1 has a part for registered and one for other recipients. */
export const isHsnSplit = (date: IsoDate): boolean =>
  inForce<(typeof hsnTables)[number]>(hsnTables, date)?.tables === 'b2b_and_b2c';

/** Which tables GSTR-3B has for a month that begins on this day. */
export function gstr3bForm(date: IsoDate): { readonly hasOperators: boolean; readonly hasPlaces: boolean } {
  const { hasOperators = false, hasPlaces = false } = inForce<(typeof gstr3bTables)[number]>(gstr3bTables, date) ?? {};
  return { hasOperators, hasPlaces };
}

export interface SupplyRule extends Dated {
  readonly side: 'outward' | 'inward';
  readonly code: string;
  /** contested: courts and the department differ, so that the college decides. */
  readonly treatment: 'taxable' | 'exempt' | 'contested';
  readonly basisPoints: bigint;
  readonly source: string;
}

/** How the supply is taxed on its day; undefined before there was a rule. */
export function supplyRule(supply: Supply, date: IsoDate): SupplyRule | undefined {
  const { side, code } = supplies[supply];
  const rows: readonly Omit<SupplyRule, 'side' | 'code'>[] = supplies[supply].rows;
  const row = inForce(rows, date);
  return row === undefined ? undefined : { ...row, side, code };
}

/** Who supplies what the recipient may have to pay the tax on. */
export interface ServiceSupplier {
  readonly isBodyCorporate: boolean;
  readonly isRegistered: boolean;
  readonly isAbroad: boolean;
}

export interface ReverseChargeRule extends Dated {
  readonly code: string;
  readonly basisPoints: bigint;
  readonly supplier: 'any' | 'not_body_corporate' | 'unregistered' | 'abroad';
  readonly source: string;
}

/** The rule by which the recipient pays the tax on a service, or undefined where the supplier does (CGST Act s. 9(3), IGST Act s. 5(3)). */
export function reverseChargeOn(
  service: ReverseChargeService,
  date: IsoDate,
  supplier: ServiceSupplier,
): ReverseChargeRule | undefined {
  const rows: readonly Omit<ReverseChargeRule, 'code'>[] = reverseCharges[service].rows;
  const row = inForce(rows, date);
  return row !== undefined && isMeant(row.supplier, supplier)
    ? { ...row, code: reverseCharges[service].code }
    : undefined;
}

function isMeant(
  meant: ReverseChargeRule['supplier'],
  { isBodyCorporate, isRegistered, isAbroad }: ServiceSupplier,
): boolean {
  switch (meant) {
    case 'any':
      return !isAbroad;
    case 'not_body_corporate':
      return !isAbroad && !isBodyCorporate;
    case 'unregistered':
      return !isAbroad && !isRegistered;
    case 'abroad':
      return isAbroad;
  }
}
