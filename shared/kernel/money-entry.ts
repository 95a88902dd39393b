import { type MoneyProblem, PAISE_MAX, type Paise, shareOf } from './money.ts';
import { err, ok, type Result } from './result.ts';

/**
 * What an accountant may type into an amount field: `1,25,000`, `1.25L`, `2cr`, `50k`, `12000+18%`, `500+250-20`.
 * `+18%` adds 18 % of what stands before it, as on a desk calculator. Worked exactly, in paise.
 */
export function readAmount(text: string): Result<Paise, MoneyProblem> {
  const bare = text.replace(/[\s\u00a0₹,]/g, '').toLowerCase();
  if (bare === '') return err('empty');
  const terms = [...bare.matchAll(/([+-]?)(\d+(?:\.\d+)?|\.\d+)(%|l|lac|lakh|cr|crore|k)?(?=[+-]|$)/g)];
  if (terms.map((term) => term[0]).join('') !== bare) return err('not_a_number');
  let total = 0n;
  for (const [, sign = '', digits = '', suffix = ''] of terms) {
    const negative = sign === '-';
    if (suffix === '%') {
      const rate = scaled(digits, 2n);
      if (rate === undefined) return err('more_than_two_decimals');
      const part = shareOf(total, rate);
      total += negative ? -part : part;
      continue;
    }
    const part = scaled(digits, POWER[suffix] ?? 2n);
    if (part === undefined) return err('more_than_two_decimals');
    total += negative ? -part : part;
  }
  if (total > PAISE_MAX || total < -PAISE_MAX) return err('too_large');
  return ok(total);
}

/** How many decimal places lie between the typed unit and the paisa. */
const POWER: Readonly<Record<string, bigint>> = { '': 2n, k: 5n, l: 7n, lac: 7n, lakh: 7n, cr: 9n, crore: 9n };

function scaled(digits: string, places: bigint): bigint | undefined {
  const [whole = '', fraction = ''] = digits.split('.');
  const trimmed = fraction.replace(/0+$/, '');
  if (BigInt(trimmed.length) > places) return undefined;
  return BigInt(whole || '0') * 10n ** places + BigInt(trimmed.padEnd(Number(places), '0') || '0');
}
