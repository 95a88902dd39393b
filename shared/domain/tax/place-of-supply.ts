import { unionTerritories } from './gst-rules.gen.ts';

/** Stands for a place outside India in returns. */
export const outsideIndia = '96';

/** Where a supply ends up, as far as it decides on the tax. State codes are those of GST. */
export type SupplyPlace =
  /** Goods that move: where their movement ends, or the principal place of who had them sent to somebody else (IGST Act s. 10(1)(a), (b)). */
  | { readonly of: 'goods'; readonly deliveredIn: string; readonly orderedFrom: string | null }
  /** Services in general: where the recipient is (s. 12(2)). */
  | { readonly of: 'service' }
  /** On land and buildings, lodging and halls: where these are (s. 12(3)). */
  | { readonly of: 'property'; readonly propertyIn: string }
  /** Training and appraisal: of a registered recipient where he is, else where it is performed (s. 12(5)). */
  | { readonly of: 'training'; readonly performedIn: string }
  /** Admission to events: where they are held (s. 12(6)). */
  | { readonly of: 'event'; readonly heldIn: string };

export interface Recipient {
  readonly isRegistered: boolean;
  /** Of the registration, or of the address that is on record; null where there is none. */
  readonly stateCode: string | null;
  readonly isAbroad: boolean;
}

/** The state in whose name the tax is: 96 outside India. */
export function placeOfSupply(supplierState: string, supply: SupplyPlace, recipient: Recipient): string {
  switch (supply.of) {
    case 'goods':
      return recipient.isAbroad ? outsideIndia : (supply.orderedFrom ?? supply.deliveredIn);
    case 'property':
      return supply.propertyIn;
    case 'event':
      return supply.heldIn;
    case 'training':
      if (recipient.isAbroad || !recipient.isRegistered) return supply.performedIn;
      return recipient.stateCode ?? supply.performedIn;
    case 'service':
      if (recipient.isAbroad) return outsideIndia;
      return recipient.stateCode ?? supplierState;
  }
}

/** intra: tax of the centre and of the state in halves; inter: the integrated tax. */
export type SupplyKind = 'intra' | 'inter';

/** To a special economic zone and abroad every supply is one between states (IGST Act s. 7(5)). */
export function supplyKind(supplierState: string, place: string, isSez: boolean): SupplyKind {
  return supplierState === place && !isSez && place !== outsideIndia ? 'intra' : 'inter';
}

/** Whether the half that is not of the centre is a tax of a Union territory, and so called (UTGST). */
export const isUnionTerritory = (stateCode: string): boolean => unionTerritories.includes(stateCode);
