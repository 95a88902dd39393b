import { numberText, parseRupees } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/**
 * What the GST portal takes and gives as JSON. Numbers with decimals are hundredths as bigint (paise, hundredths of a percent or of a unit),
 * counts are numbers. Keys keep their order, since the offline tool writes them in one.
 */
export type PortalValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly PortalValue[]
  | { readonly [key: string]: PortalValue | undefined };

/** Numbers that count something; all others have decimals. */
const countKeys: ReadonlySet<string> = new Set(['num', 'doc_num', 'totnum', 'cancel', 'net_issue']);

/** Decimals without zeros at their end: 900, 900.5, 900.55. Keys without a value are left out. */
export function writePortalJson(value: PortalValue): string {
  if (typeof value === 'bigint') return numberText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writePortalJson).join(',')}]`;
  const members = Object.entries(value).flatMap(([key, one]) =>
    one === undefined ? [] : `${JSON.stringify(key)}:${writePortalJson(one)}`,
  );
  return `{${members.join(',')}}`;
}

const isList = (value: PortalValue): value is readonly PortalValue[] => Array.isArray(value);

/** not_json: no JSON at all; number: one with more than two decimals, in powers of ten, or too large to be money. */
export type PortalJsonProblem = 'not_json' | 'number';

/** Reads such a text so that it can be written again without a loss. */
export function readPortalJson(text: string): Result<PortalValue, PortalJsonProblem> {
  let isExact = true;
  // Numbers are taken as they are written: a float has no room for the paise of large ones.
  const asPortal = (key: string, value: unknown, context?: { readonly source?: string }): unknown => {
    if (typeof value !== 'number') return value;
    if (countKeys.has(key) && Number.isSafeInteger(value)) return value;
    const read = parseRupees(context?.source ?? String(value));
    if (read.ok) return read.value;
    isExact = false;
    return null;
  };
  try {
    const value: PortalValue = JSON.parse(text, asPortal);
    return isExact ? ok(value) : err('number');
  } catch (cause) {
    if (cause instanceof SyntaxError) return err('not_json');
    throw cause;
  }
}
