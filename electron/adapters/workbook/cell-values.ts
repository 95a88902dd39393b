import { emptyCell, type RawCell } from '../../../shared/domain/import/raw-cell.ts';
import { addDays } from '../../../shared/kernel/dates.ts';

/**
 * The decimal text of a stored number. Office programs keep binary floats and write up to 17 digits of them (`1.1000000000000001`), but
 * show and calculate with 15; so 15 digits are what the person saw, and what a sum of paise is exact in up to ten lakh crore rupees.
 * Whole numbers are kept to the last digit while a float can hold them. Undefined when it is no number.
 */
export function plainNumber(stored: string): string | undefined {
  const bare = stored.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bare)) return undefined;
  const value = Number(bare);
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return '0';
  if (Number.isSafeInteger(value)) return String(value);
  return expand(value.toPrecision(15));
}

/** `1.25e+20` → `125000000000000000000`, `-4.5e-7` → `-0.00000045`, trailing zeros gone. */
function expand(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const left = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const right = (point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits).replace(/0+$/, '');
  return `${sign}${left}${right === '' ? '' : `.${right}`}`;
}

/**
 * A cell with a date format. Days count from 30-12-1899 (1900 system, right from 1-3-1900 on) or from 1-1-1904; the part of the day is
 * dropped. Numbers that can be no day, such as a bare time, stay numbers.
 */
export function dateOfSerial(number: string, date1904: boolean): RawCell {
  const days = Math.floor(Number(number));
  const isDay = date1904 ? days >= 1 && days <= 2_956_000 : days >= 61 && days <= 2_958_465;
  if (!isDay) return { kind: 'number', text: number };
  return { kind: 'date', text: addDays(date1904 ? '1904-01-01' : '1899-12-30', days) };
}

/** Built-in formats that show a day (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are the East Asian ones). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Whether a number format shows a day: it has d, m or y outside quotes and brackets, and not only as minutes of a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const [first = ''] = code.split(';');
  const bare = first
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*]./g, '')
    .toLowerCase();
  if (/general|[#0?]/.test(bare)) return false;
  return /[dy]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
}

export const textCell = (text: string): RawCell => (text === '' ? emptyCell : { kind: 'text', text });
