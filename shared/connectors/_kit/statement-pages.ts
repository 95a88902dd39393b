import { z } from 'zod';
import type { StatementEntry } from '../../domain/statement/model.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { StatementPage } from './bank.ts';

/** A line as a page gave it, with the name by which the bank knows it. */
export interface PageLine {
  readonly key: string;
  readonly entry: StatementEntry;
}

/** What a page says of itself. */
export interface PageCounts {
  readonly page: number;
  readonly pages: number;
  readonly records: number;
}

/** What of the pages before has to be known to see that one is missing or came twice. It travels in `nextPage`. */
interface PageMark {
  readonly page: number;
  readonly seen: number;
  readonly records: number;
  readonly balance: string;
  readonly last: string;
}

/**
 * What is wrong with a page: it is another than was asked for; it repeats a line; it has more or fewer lines than were promised; its lines
 * do not lead from one balance to the next; a line is of another period; its newest lines stand first though there are several pages.
 */
export type PageFault =
  | 'other_page'
  | 'line_repeated'
  | 'line_count'
  | 'balance_broken'
  | 'outside_period'
  | 'newest_first';

const PAGES_MAX = 100_000;
const zMark = z.strictObject({
  page: z.int().min(2).max(PAGES_MAX),
  seen: z.int().min(1),
  records: z.int().min(1),
  balance: z.string().regex(/^-?\d{1,20}$/),
  last: z.string().max(200),
});

const readMark = (text: string): PageMark | undefined => {
  try {
    return zMark.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Whether a text is what `joinPage` gave as `nextPage`. */
export const isPageMark = (text: string): boolean => readMark(text) !== undefined;

/** The number of the page to ask for. */
export const pageNumberOf = (mark: string | null): number => (mark === null ? 1 : (readMark(mark)?.page ?? 1));

/**
 * A page of a statement after it was compared with the pages before: nothing is missing between them and nothing is there twice, which the
 * running balances show whatever the counts say. More records than a page ago are fine, since the day goes on while a statement is read.
 * @param mark `nextPage` of the page before
 */
export function joinPage(
  given: readonly PageLine[],
  counts: PageCounts,
  asked: { readonly from: IsoDate; readonly to: IsoDate; readonly page: string | null },
): Result<StatementPage, PageFault> {
  const mark = asked.page === null ? undefined : readMark(asked.page);
  const expected = mark?.page ?? 1;
  if (counts.page !== expected || counts.pages > PAGES_MAX) return err('other_page');
  if (given.some(({ entry: { date } }) => date < asked.from || date > asked.to)) return err('outside_period');
  const keys = new Set(given.map(({ key }) => key));
  if (keys.size !== given.length || (mark !== undefined && keys.has(mark.last))) return err('line_repeated');
  const isLast = counts.page >= counts.pages;
  const seen = (mark?.seen ?? 0) + given.length;
  if (!countsAgree(counts, mark, { seen, lines: given.length, isLast })) return err('line_count');
  const ordered = oldestFirst(given, mark === undefined ? null : BigInt(mark.balance));
  if (ordered === undefined) return err('balance_broken');
  if (ordered !== given && !(isLast && mark === undefined)) return err('newest_first');
  const entries = ordered.map(({ entry }) => entry);
  const last = ordered.at(-1);
  const closingPaise = last?.entry.balancePaise ?? null;
  const next = (): string =>
    JSON.stringify({
      ...{ page: expected + 1, seen, records: counts.records, balance: String(closingPaise), last: last?.key },
    });
  const [first] = entries;
  return ok({
    entries,
    openingPaise: first === undefined ? null : balanceBefore(first),
    closingPaise,
    nextPage: isLast ? null : next(),
  });
}

function countsAgree(
  counts: PageCounts,
  mark: PageMark | undefined,
  { seen, lines, isLast }: { readonly seen: number; readonly lines: number; readonly isLast: boolean },
): boolean {
  if (mark !== undefined && counts.records < mark.records) return false;
  return isLast ? seen === counts.records : lines > 0 && seen < counts.records;
}

/**
 * The given lines, or turned round where their days fall; undefined where a balance does not follow from the one before. The days are asked
 * first, since balances may run both ways where what came in went out again.
 */
function oldestFirst(given: readonly PageLine[], before: Paise | null): readonly PageLine[] | undefined {
  const turned = given.toReversed();
  if (!daysRise(given) && daysRise(turned) && balancesRun(turned, before)) return turned;
  return balancesRun(given, before) ? given : undefined;
}

function balancesRun(lines: readonly PageLine[], before: Paise | null): boolean {
  let balance = before;
  for (const { entry } of lines) {
    if (entry.balancePaise === null || (balance !== null && balanceBefore(entry) !== balance)) return false;
    balance = entry.balancePaise;
  }
  return true;
}

const daysRise = (lines: readonly PageLine[]): boolean =>
  lines.every(({ entry }, index) => index === 0 || (lines[index - 1]?.entry.date ?? '') <= entry.date);

const balanceBefore = ({ balancePaise, creditPaise, debitPaise }: StatementEntry): Paise | null =>
  balancePaise === null ? null : balancePaise - creditPaise + debitPaise;
