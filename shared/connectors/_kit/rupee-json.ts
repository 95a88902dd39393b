import { z } from 'zod';
import { decimalText, PAISE_MAX, type Paise } from '../../kernel/money.ts';

/** A number of JSON by the digits it was written with, before anything could round it. */
export class WireNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/**
 * Reads JSON whose amounts are numbers of rupees. No number becomes a float: each comes as a WireNumber, which the schemas below turn into
 * paise or a count.
 * @throws SyntaxError, RangeError for what is nested without end
 */
export const parseRupeeJson = (text: string): unknown => JSON.parse(text, keepDigits);

function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  // Without its source the number might already be rounded.
  if (context?.source === undefined) throw new SyntaxError('a number without its digits');
  return new WireNumber(context.source);
}

const DIGITS_MAX = 40;
const numberForm = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;

/** The paise that a number of rupees stands for; undefined where it has parts of a paisa, or is larger than any amount. */
export function paiseOfNumber({ digits }: WireNumber): Paise | undefined {
  const match = digits.length > DIGITS_MAX ? null : numberForm.exec(digits);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const written = BigInt(whole + fraction);
  const shift = 2 - fraction.length + Number.parseInt(exponent, 10);
  const unit = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && written % unit !== 0n) return undefined;
  const magnitude = shift < 0 ? written / unit : written * unit;
  if (magnitude > PAISE_MAX) return undefined;
  return sign === '-' ? -magnitude : magnitude;
}

/** An amount: a number of rupees that is a whole number of paise. A text is none, since the documents have numbers. */
export const zRupees = z.instanceof(WireNumber).transform((value, context): Paise => {
  const paise = paiseOfNumber(value);
  if (paise !== undefined) return paise;
  context.addIssue({ code: 'custom', message: 'no amount in whole paise' });
  return z.NEVER;
});

/** A count: of pages, of records. */
export const zCount = z.instanceof(WireNumber).transform((value, context): number => {
  const count = /^\d{1,9}$/.test(value.digits) ? Number.parseInt(value.digits, 10) : undefined;
  if (count !== undefined) return count;
  context.addIssue({ code: 'custom', message: 'no count' });
  return z.NEVER;
});

/** What is written as JSON. A bigint is paise, and goes as a number of rupees with two decimals. */
export type RupeeJson =
  | string
  | number
  | boolean
  | null
  | Paise
  | readonly RupeeJson[]
  | { readonly [name: string]: RupeeJson };

/** The JSON of a value in which amounts are paise, with every paisa in its digits. */
export function rupeeJson(value: RupeeJson): string {
  if (typeof value === 'bigint') return decimalText(value);
  if (Array.isArray(value)) return `[${value.map(rupeeJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${rupeeJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('amounts are written from paise');
  return JSON.stringify(value);
}
