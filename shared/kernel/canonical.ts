/** What can be signed, hashed and sent: JSON with exact integers. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | bigint
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

/**
 * One text for one value: keys sorted by code unit, no white space, `undefined` members left out, bigint as `{"$n":"…"}` so that
 * it can be told from a string. Numbers must be safe integers, since a float has no single honest spelling.
 */
export function canonicalText(value: Plain): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `{"$n":"${value}"}`;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
    return String(value);
  }
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalText(member)}`);
  }
  return `{${members.join(',')}}`;
}

export const canonicalBytes = (value: Plain): Uint8Array => new TextEncoder().encode(canonicalText(value));

/** Reads text written by `canonicalText` (or any JSON) back, with exact integers. */
export function parseCanonical(text: string): Plain {
  return JSON.parse(text, (_key, value: unknown) => reviveBigint(value)) as Plain;
}

function reviveBigint(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.length !== 1 || keys[0] !== '$n') return value;
  const digits = (value as { $n: unknown }).$n;
  return typeof digits === 'string' && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
}

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
