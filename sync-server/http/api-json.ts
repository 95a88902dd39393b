import { numberText } from '../../shared/kernel/money.ts';

/** A value of the contract's JSON. A bigint is an amount in paise. */
export type ApiValue =
  | null
  | boolean
  | number
  | string
  | bigint
  | readonly ApiValue[]
  | { readonly [key: string]: ApiValue };

/** JSON in which amounts are rupees, as the samples of 001 sections 1.2 and 1.3 have them. Written by hand, since a float would round. */
export function rupeesJson(value: ApiValue): string {
  if (typeof value === 'bigint') return numberText(value);
  if (Array.isArray(value)) return `[${value.map(rupeesJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}:${rupeesJson(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/** A number of a body as it was written: an amount must not pass through a float. */
export class ApiNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON of another program, its numbers as they were written. @throws SyntaxError */
export const parseApiJson = (text: string): unknown => JSON.parse(text, asWritten);

function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new ApiNumber(context?.source ?? String(value)) : value;
}
