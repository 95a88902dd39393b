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
  if (isList(value)) {
    let list = '';
    for (const one of value) list += list === '' ? canonicalText(one) : `,${canonicalText(one)}`;
    return `[${list}]`;
  }
  let members = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    const text = `${quoted(key)}:${canonicalText(member)}`;
    members += members === '' ? text : `,${text}`;
  }
  return `{${members}}`;
}

/** What was read from canonical text is in order already, and finding that takes a fraction of sorting it. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort();
  }
  return keys;
}

/** `JSON.stringify` for a single text takes longer to call than to do. */
const quoted = (key: string): string => (/^\w+$/.test(key) ? `"${key}"` : JSON.stringify(key));

export const canonicalBytes = (value: Plain): Uint8Array => new TextEncoder().encode(canonicalText(value));

/** Reads text written by `canonicalText` (or any JSON) back, with exact integers. */
export const parseCanonical = (text: string): Plain => revived(JSON.parse(text)) as Plain;

/**
 * The value with bigints in the place of their spelling; changes it. Not by a reviver of `JSON.parse`, which calls for every member and
 * takes four times as long.
 */
function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  const keys = Object.keys(members);
  if (keys.length === 1 && keys[0] === '$n' && !Array.isArray(value)) {
    const digits = members.$n;
    return typeof digits === 'string' && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
  }
  for (const key of keys) {
    const member = members[key];
    if (typeof member !== 'object' || member === null) continue;
    const other = revived(member);
    // Plain assignment to a member of this name would set the prototype.
    if (other !== member)
      Object.defineProperty(members, key, { value: other, configurable: true, enumerable: true, writable: true });
  }
  return value;
}

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
