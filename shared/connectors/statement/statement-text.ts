import { cleanText } from '../../domain/import/clean-text.ts';
import { transferReferences } from '../../domain/statement/utr.ts';
import { type IsoDate, isIsoDate, istDate } from '../../kernel/dates.ts';
import { MunimError } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { type Paise, parseRupees } from '../../kernel/money.ts';

const MiB = 1024 * 1024;

export const unreadable = (line: number, detail: string): MunimError =>
  new MunimError('STATEMENT_UNREADABLE', { line, detail });

/**
 * The text of a statement: by its mark or its first signs UTF-16, else UTF-8, else what old Windows programs write.
 * @throws MunimError STATEMENT_TOO_LARGE, STATEMENT_EMPTY
 */
export function statementText(bytes: Uint8Array): string {
  const { fileBytesMax } = limits.statement;
  if (bytes.length > fileBytesMax)
    throw new MunimError('STATEMENT_TOO_LARGE', { limitMiB: Math.floor(fileBytesMax / MiB) });
  const text = decoded(bytes);
  if (text.trim() === '') throw new MunimError('STATEMENT_EMPTY');
  return text;
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0))
    return new TextDecoder('utf-16le').decode(bytes);
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c))
    return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A text of the bank on one line, no longer than any bank's; null when nothing is left. */
export function wordsOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const { fieldCharsMax } = limits.statement;
  // Cut before cleaning too, so that a field of megabytes costs nothing.
  const clean = cleanText(text.slice(0, fieldCharsMax * 4)).slice(0, fieldCharsMax);
  return clean.toWellFormed().trim() || null;
}

/** Texts one after the other, without what another of them already says. */
export function joinWords(parts: readonly (string | null)[]): string {
  let joined = '';
  for (const part of parts) {
    if (part === null || joined.includes(part)) continue;
    joined = part.includes(joined) ? part : `${joined} ${part}`;
  }
  return wordsOf(joined) ?? '';
}

/** The one by which the transfer is known everywhere, else the first that says anything. */
export function bestReference(candidates: readonly (string | null)[]): string | null {
  const said = candidates.flatMap((text) => {
    const words = wordsOf(text);
    return words === null || /^(?:NONREF|NOTPROVIDED|NOT PROVIDED|N\/?A|-|0+)$/i.test(words) ? [] : [words];
  });
  const known = said.find((reference) => transferReferences({ narration: '', reference }).length > 0);
  return known ?? said[0] ?? null;
}

/** Figures with one decimal sign, comma or point; without a sign. @throws MunimError STATEMENT_UNREADABLE */
export function plainAmount(text: string, line: number): Paise {
  const bare = text.trim();
  const read = /^\d{1,18}(?:[.,]\d{0,8})?$/.test(bare) ? parseRupees(bare.replace(',', '.')) : null;
  if (read === null || !read.ok) throw unreadable(line, 'an amount');
  return read.value;
}

/** `YYMMDD`. @throws MunimError STATEMENT_UNREADABLE */
export function shortDate(text: string, line: number): IsoDate {
  return sureDate(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`, line);
}

/** @throws MunimError STATEMENT_UNREADABLE */
export function sureDate(text: string, line: number): IsoDate {
  if (!isIsoDate(text)) throw unreadable(line, 'a date');
  return text;
}

/** The day in India of an instant that is given with its distance from Greenwich in minutes; the day as written where that is missing. */
export function indianDay(day: IsoDate, clock: string | null, offsetMinutes: number | null): IsoDate {
  if (clock === null || offsetMinutes === null) return day;
  const at = Date.parse(`${day}T${clock}Z`);
  return Number.isNaN(at) ? day : istDate(at - offsetMinutes * 60_000);
}
