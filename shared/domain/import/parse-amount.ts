import { PAISE_MAX, type Paise, parseRupees } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { cleanText, latinDigits } from './clean-text.ts';
import type { RawCell } from './raw-cell.ts';

export type AmountProblem =
  | 'empty'
  | 'not_an_amount'
  | 'unclear'
  | 'too_many_decimals'
  | 'too_large'
  | 'error_value'
  | 'no_value';

export interface ReadAmount {
  readonly paise: Paise;
  /** The file held more than two decimals and the amount was rounded to the paisa. */
  readonly rounded: boolean;
}

const CURRENCY = /(?:₹|\brs\.?|\binr\b|\brupees\b|रुपये|रुपए|रू\.?|रु\.?)/giu;
const MINUS = /[\u2010-\u2015\u2212]/g;

/**
 * Reads an amount in rupees from a cell, exactly. Number cells may carry more decimals than money has (a formula's 9 % of a value):
 * those are rounded half away from zero to the paisa, as the sheet showed them, and say so. Typed texts must be exact. A lone dash or
 * `nil` counts as empty. `Cr`, parentheses and a minus on either side make the amount negative; `Dr` does not.
 */
export function parseAmount(cell: RawCell): Result<ReadAmount, AmountProblem> {
  switch (cell.kind) {
    case 'empty':
      return err('empty');
    case 'error':
      return err('error_value');
    case 'formula':
      return err('no_value');
    case 'number':
      return roundedAmount(cell.text);
    case 'text':
      return amountOfText(cell.text);
    default:
      return err('not_an_amount');
  }
}

function roundedAmount(text: string): Result<ReadAmount, AmountProblem> {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return err('not_an_amount');
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
  const rest = fraction.slice(2);
  const magnitude = rest !== '' && rest.charCodeAt(0) >= 0x35 ? kept + 1n : kept;
  if (magnitude > PAISE_MAX) return err('too_large');
  return ok({ paise: sign === '-' ? -magnitude : magnitude, rounded: /[1-9]/.test(rest) });
}

function amountOfText(original: string): Result<ReadAmount, AmountProblem> {
  let text = latinDigits(cleanText(original)).replace(MINUS, '-').replace(CURRENCY, ' ').trim();
  if (text === '' || /^(?:-|nil|na|n\/a|शून्य)$/i.test(text)) return err('empty');
  let negative = false;
  const brackets = /^\((.*)\)$/.exec(text);
  if (brackets) {
    negative = true;
    text = (brackets[1] ?? '').trim();
  }
  text = text.replace(/\s*(?:only|मात्र)\.?$/iu, '').replace(/\s*\/[-=]$/, '');
  const side = /^(.*?)\s*(dr|cr)\.?$/i.exec(text);
  if (side) {
    text = side[1] ?? '';
    if (side[2]?.toLowerCase() === 'cr') negative = !negative;
  }
  if (/^-\s*[\d.]/.test(text)) {
    negative = !negative;
    text = text.slice(1).trim();
  } else if (/\d\s*-$/.test(text)) {
    negative = !negative;
    text = text.slice(0, -1).trim();
  } else if (text.startsWith('+')) text = text.slice(1).trim();
  return exactAmount(text, negative);
}

/** `1,25,000.50` and `125,000.50` have three digits after the last comma; `1250,50` could be a decimal comma, so nobody guesses. */
function exactAmount(text: string, negative: boolean): Result<ReadAmount, AmountProblem> {
  const match = /^(\d[\d, ]*|)(?:\.(\d*))?$/.exec(text);
  if (!match || !/\d/.test(text)) return err(/^[\d.,]+$/.test(text) ? 'unclear' : 'not_an_amount');
  const whole = (match[1] ?? '').trim();
  if (/[, ]/.test(whole) && !/^\d{1,3}(?:[, ]\d{2,3})*[, ]\d{3}$/.test(whole)) return err('unclear');
  const read = parseRupees(`${whole.replace(/[, ]/g, '')}.${match[2] ?? ''}`);
  if (!read.ok) {
    if (read.error === 'more_than_two_decimals') return err('too_many_decimals');
    return err(read.error === 'too_large' ? 'too_large' : 'not_an_amount');
  }
  return ok({ paise: negative ? -read.value : read.value, rounded: false });
}

/** A GST rate such as `18`, `18%`, `0.18` in a percent-formatted cell, `GST 18 %`, in basis points (1800). Empty stays empty. */
export function parseRate(cell: RawCell): Result<number, AmountProblem> {
  if (cell.kind === 'empty') return err('empty');
  if (cell.kind === 'error') return err('error_value');
  if (cell.kind === 'formula') return err('no_value');
  if (cell.kind !== 'number' && cell.kind !== 'text') return err('not_an_amount');
  const text = latinDigits(cleanText(cell.text)).replace(/^(?:i?gst|gst rate)?\s*@?\s*/i, '');
  if (text === '' || /^(?:-|nil|na|n\/a|exempt)$/i.test(text)) return err('empty');
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?\s*%?$/.exec(text);
  if (!match) return err('not_an_amount');
  const percent = `${match[1] ?? '0'}${(match[2] ?? '').padEnd(4, '0')}`;
  // A number cell below 1 is a fraction: percent-formatted cells store 18 % as 0.18. No GST rate lies between 0.25 % and 1 % but 0.25 itself.
  const isFraction = cell.kind === 'number' && match[1] === '0' && cell.text !== '0.25' && cell.text !== '0.1';
  const scaled = isFraction ? Number(percent) : Number(percent) / 100;
  if (!Number.isInteger(scaled)) return err('too_many_decimals');
  return scaled > 10_000 ? err('too_large') : ok(scaled);
}
