import { foldText } from '../../domain/import/clean-text.ts';
import { parseImportDate } from '../../domain/import/parse-date.ts';
import type { RawRow } from '../../domain/import/raw-cell.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import { checkCurrency } from './draft.ts';

const ROW_CHARS_MAX = 600;

/** The cells of a row as one text, not more of it than a banner has. */
export function rowText({ cells }: RawRow): string {
  let text = '';
  for (const cell of cells.slice(0, 60)) {
    if (cell.kind === 'empty') continue;
    text += `${text === '' ? '' : ' '}${cell.text.slice(0, ROW_CHARS_MAX)}`;
    if (text.length > ROW_CHARS_MAX) break;
  }
  return text.slice(0, ROW_CHARS_MAX).replace(/\s+/g, ' ');
}

const ACCOUNT = /\b(?:account|a\/c|acct)\.? ?(?:no|num|number)\b[ .:;_'"=-]{0,12}([0-9x*]{4,24}[0-9])(?![0-9x*])/i;
const DAY = '(\\d{1,2}[-/. ](?:\\d{1,2}|[a-z]{3,9})[-/. ,]{1,2}\\d{2,4})';
const PERIOD = new RegExp(
  `\\bfrom(?: date)?\\b[ :-]{0,6}${DAY}[ ,]{0,3}(?:\\bto(?: date)?\\b|\\btill\\b|-)[ :-]{0,6}${DAY}`,
  'i',
);
const BETWEEN = new RegExp(`\\bperiod\\b[ :-]{0,6}${DAY} (?:to|till) ${DAY}`, 'i');
const START = new RegExp(`\\b(?:start|from) date\\b[ :-]{0,6}${DAY}`, 'i');
const END = new RegExp(`\\b(?:end|to) date\\b[ :-]{0,6}${DAY}`, 'i');
const CURRENCY = /\b(?:Currency|CURRENCY|currency)\b ?[:-]{1,2} ?([A-Z]{3})\b/;

/** What stands around the lines: of which account, from when to when. */
export class Banner {
  from: IsoDate | null = null;
  to: IsoDate | null = null;
  #account: string | null = null;

  /** The number that this banner names; null where it names none. */
  takeAccount(): string | null {
    const account = this.#account;
    this.#account = null;
    return account;
  }

  /** A row above the first heading. @throws MunimError STATEMENT_CURRENCY */
  above(text: string): void {
    this.between(text);
    const period = PERIOD.exec(text) ?? BETWEEN.exec(text);
    this.from ??= dayOf(period?.[1] ?? START.exec(text)?.[1]);
    this.to ??= dayOf(period?.[2] ?? END.exec(text)?.[1]);
  }

  /** A row among or below the lines: perhaps the banner of a further page or account. @throws MunimError STATEMENT_CURRENCY */
  between(text: string): void {
    this.#account ??= ACCOUNT.exec(text)?.[1]?.toUpperCase() ?? null;
    const currency = CURRENCY.exec(text)?.[1];
    if (currency !== undefined) checkCurrency(currency);
  }
}

function dayOf(text: string | undefined): IsoDate | null {
  if (text === undefined) return null;
  const read = parseImportDate({ kind: 'text', text }, 'day_first');
  return read.ok ? read.value.date : null;
}

/** What banks write below the lines or between them: totals, summaries, balances brought forward, legends. */
export const isSummary = (text: string): boolean =>
  /\b(?:summary|totals?|opening|closing|brought|carried|count|legends?|b f|c f)\b/.test(foldText(text));
