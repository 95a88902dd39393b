import { err, ok, type Result } from './result.ts';

/** Money is an integer number of paise. Nothing in Munim holds an amount in any other form. */
export type Paise = bigint;

export type MoneyProblem = 'empty' | 'not_a_number' | 'more_than_two_decimals' | 'too_large';

const RUPEE = 100n;
/** One thousand crore crore rupees: far above any college, far below the int8 of the database. */
export const PAISE_MAX: Paise = 10n ** 17n;

/**
 * Reads a decimal rupee text such as `1,25,000.50`, `₹ 500` or `-12.5` exactly, without a float on the way.
 * Commas may stand anywhere between digits, since people group by lakh and by thousand.
 */
export function parseRupees(text: string): Result<Paise, MoneyProblem> {
  const bare = text.replace(/[\s\u00a0₹,]/g, '');
  if (bare === '') return err('empty');
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(bare);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return err('not_a_number');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > 2) return err('more_than_two_decimals');
  const magnitude = BigInt(match[2] || '0') * RUPEE + BigInt(fraction.padEnd(2, '0'));
  if (magnitude > PAISE_MAX) return err('too_large');
  return ok(match[1] === '-' ? -magnitude : magnitude);
}

/** `1234567n` → `12,345.67`, grouped by thousand, lakh and crore. */
export function formatPaise(paise: Paise): string {
  const sign = paise < 0n ? '-' : '';
  const magnitude = paise < 0n ? -paise : paise;
  const rupees = (magnitude / RUPEE).toString();
  const last = rupees.slice(-3);
  const head = rupees.slice(0, -3).replace(/\B(?=(\d{2})+(?!\d))/g, ',');
  const fraction = (magnitude % RUPEE).toString().padStart(2, '0');
  return `${sign}${head ? `${head},` : ''}${last}.${fraction}`;
}

export const formatRupees = (paise: Paise): string =>
  paise < 0n ? `-₹${formatPaise(-paise)}` : `₹${formatPaise(paise)}`;

/** Plain decimal text without grouping, for files that other programs read: `1234567n` → `12345.67`. */
export const decimalText = (paise: Paise): string => formatPaise(paise).replaceAll(',', '');

/** A number of JSON without a zero too many, and without a float on the way: `500000n` → `5000`, `500050n` → `5000.5`. */
export const numberText = (paise: Paise): string => decimalText(paise).replace(/\.?0+$/, '');

/** `part` of `whole` in basis points (1/100 of a percent), rounded down; nothing of nothing is zero. */
export function basisPoints(part: Paise, whole: Paise): number {
  if (whole === 0n) return part > 0n ? 10_000 : 0;
  return Number((part * 10_000n) / whole);
}

/** `percentBasisPoints` of an amount, rounded half away from zero to the paisa. */
export function shareOf(amount: Paise, percentBasisPoints: bigint): Paise {
  const product = amount * percentBasisPoints;
  const half = product < 0n ? -5_000n : 5_000n;
  return (product + half) / 10_000n;
}

export const sumPaise = (amounts: Iterable<Paise>): Paise => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

export const smallerOf = (one: Paise, other: Paise): Paise => (one < other ? one : other);
export const largerOf = (one: Paise, other: Paise): Paise => (one < other ? other : one);

/** A product of paise over what it has to be divided by, in whole rupees, half a rupee up: tax by basis points is `wholeRupees(paise * bp, 10_000n)`. */
export function wholeRupees(product: bigint, of: bigint): Paise {
  const rupee = of * RUPEE;
  return ((product + rupee / 2n) / rupee) * RUPEE;
}
