import { formatDate, isIsoDate } from '../../shared/kernel/dates.ts';
import { type ErrorDetails, errorCatalogue, fillText, isErrorCode } from '../../shared/kernel/errors.ts';
import { formatRupees } from '../../shared/kernel/money.ts';
import { nowMs } from '../host/system.ts';
import { errorsHi } from '../i18n/hi/errors.ts';
import type { Language } from '../i18n/language.ts';
import { nameOf, type Text, textOf } from '../i18n/text.ts';
import { formatInstant } from './instant.ts';
import { monthName } from './month.ts';

export interface ErrorText {
  readonly code: string;
  readonly cause: string;
  readonly next: string;
}

/** Details that are amounts: paise as decimal digits. */
const MONEY = new Set([
  'available',
  'required',
  'used',
  'threshold',
  'difference',
  'debit',
  'credit',
  'open',
  'stated',
  'made',
  'total',
  'seen',
  'amount',
  'released',
  'bank',
  'books',
  'limit',
]);
/** Details that are words of the program and have a name in the catalogue under this prefix. */
const NAMED: Readonly<Record<string, string>> = {
  status: 'status',
  orderStatus: 'orderStatus',
  action: 'action',
  decision: 'status',
  field: 'field',
  what: 'what',
  role: 'role',
  reason: 'reason',
  setting: 'connection.field',
};

type Detail = ErrorDetails[string];

function readable(name: string, value: Detail, text: Text, language: Language): string | number {
  if (value === null) return '';
  if (typeof value === 'boolean') return String(value);
  const digits = String(value);
  if (MONEY.has(name) && /^-?\d+$/.test(digits)) return formatRupees(BigInt(digits));
  if (name === 'at' && /^\d+$/.test(digits)) return formatInstant(Number(value), nowMs(), text);
  if (typeof value === 'number') return value;
  if (isIsoDate(value)) return formatDate(value);
  if (name === 'month' && /^\d{4}-\d{2}$/.test(value)) return monthName(value, language);
  if (name === 'fields')
    return value
      .split(/,\s*/)
      .map((field) => nameOf(text, 'field', field))
      .join(', ');
  const prefix = NAMED[name];
  return prefix === undefined ? value : nameOf(text, prefix, value);
}

/** Cause and next step of an error in the person's language; a code this version does not know is shown as INTERNAL, by its own name. */
export function errorText(code: string, details: ErrorDetails, language: Language): ErrorText {
  const known = isErrorCode(code) ? code : 'INTERNAL';
  const entry = language === 'hi' ? errorsHi[known] : errorCatalogue[known];
  const text = textOf(language);
  // A name out of the books comes in both languages.
  const translated = (name: string, value: Detail): Detail =>
    language === 'hi' ? (details[`${name}Hi`] ?? value) : value;
  const shown = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, readable(name, translated(name, value), text, language)]),
  );
  return { code, cause: fillText(entry.cause, shown), next: fillText(entry.next, shown) };
}
