import { type SQL, sql } from 'drizzle-orm';
import type { VoucherKind } from '../../domain/rows.ts';
import type { FoundVoucher } from '../../ipc/contract/search.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import { readAmount } from '../../kernel/money-entry.ts';
import { nearFrom, nearWords } from '../../kernel/near-words.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { columnList, type PageWindow } from './ordered-parts.ts';
import { big, int, type RawRow, runOne, runQuery, runWide, text, textOrNull } from './run-query.ts';
import { isOneOf } from './scope.ts';
import { containsText, voucherSearchText } from './search-text.ts';

const columns = columnList([
  'id',
  'date',
  'number',
  'kind',
  'party',
  'narration',
  'reference',
  'total_paise',
  'version',
]);

/** One word of a search: a voucher has it when it has any of these texts, or the amount as its total or on one of its lines. */
interface Wanted {
  readonly texts: readonly string[];
  readonly paise: Paise | null;
}

/**
 * Vouchers that have every word, the latest first. When none has, the words that no voucher of the college knows are taken for the nearest
 * ones that some do, and when that finds nothing either, all of them; `meant` says for which.
 */
export async function searchVouchers(
  db: Db,
  collegeId: Id,
  typed: string,
  window: PageWindow,
): Promise<{ readonly rows: readonly FoundVoucher[]; readonly meant: readonly string[] }> {
  const words = wordsOf(typed);
  const asTyped = words.map((word): Wanted => ({ texts: [word], paise: amountOf(word) }));
  const rows = await foundPage(db, collegeId, asTyped, window);
  if (rows.length > 0 || (window.offset > 0 && (await isAnyFound(db, collegeId, asTyped)))) return { rows, meant: [] };
  for (const guess of await guesses(db, collegeId, words)) {
    const found = await foundPage(db, collegeId, guess, window);
    const isEnd = found.length === 0 && window.offset > 0 && (await isAnyFound(db, collegeId, guess));
    if (found.length > 0 || isEnd) return { rows: found, meant: [...new Set(guess.flatMap(({ texts }) => texts))] };
  }
  return { rows: [], meant: [] };
}

/** What was typed as conditions on `vouchers` of these colleges, one for each word; nothing is guessed. */
export const typedConditions = (colleges: readonly Id[], typed: string): readonly SQL[] =>
  wordsOf(typed).map((word) =>
    wordCondition({ texts: [word], paise: amountOf(word) }, colleges, (ids) => sql`"vouchers"."id" in (${ids})`),
  );

/** The words of a search box, each once. A rupee sign that stands alone says nothing, and no text holds a zero byte. */
function wordsOf(typed: string): readonly string[] {
  const words = typed
    .normalize('NFC')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(/[\s\0]+/);
  return [...new Set(words.filter((word) => word !== '' && word !== '₹'))];
}

/** `12,345`, `₹12345.50` or `1.25L`, not a sum such as `2024-25`. */
function amountOf(word: string): Paise | null {
  if (!/^₹?[\d.,]+[a-z]*$/.test(word)) return null;
  const read = readAmount(word);
  return read.ok && read.value > 0n ? read.value : null;
}

/** Only a word of letters can be meant for another one: the vocabulary has no others. */
const isGuessed = (word: string): boolean =>
  [...word].length >= nearFrom && [...word].every((sign) => sign > '\x7f' || /[a-z]/.test(sign));

/** What the typed words may stand for, the likelier guess first. */
async function guesses(db: Db, collegeId: Id, words: readonly string[]): Promise<readonly (readonly Wanted[])[]> {
  if (!words.some(isGuessed)) return [];
  const { all } = await runOne(
    db,
    sql`select string_agg("word", ' ') as "all" from "voucher_words" where "college_id" = ${collegeId}::uuid`,
  );
  const vocabulary = (textOrNull(all) ?? '').split(' ');
  const read = words.map((word) => ({
    word,
    paise: amountOf(word),
    near: isGuessed(word) ? nearWords(word, vocabulary) : [],
    isKnown: vocabulary.some((known) => known.includes(word)),
  }));
  if (read.every(({ near }) => near.length === 0)) return [];
  const unknownOnly = read.map(({ word, paise, near, isKnown }) => ({
    texts: isKnown || near.length === 0 ? [word] : near,
    paise,
  }));
  const every = read.map(({ word, paise, near }) => ({ texts: [word, ...near], paise }));
  return [unknownOnly, every];
}

/** So many of the latest vouchers for each row of the page, and no fewer, show how common the words are. */
const probedPerRow = 5;
const probedMin = 500;
/** Where this many times as many would hardly fill the page, the index is asked instead. */
const walkedTimes = 24;

/**
 * Finds a page of ids in one of two ways. Words that many vouchers have fill it from the latest vouchers alone, which are read backwards by
 * date; of words that few have, the trigram index names all vouchers, and those are sorted. The planner knows how many vouchers have a
 * word, but not that a word of the admissions stands in June only, and would walk through a year to get there.
 */
async function foundPage(
  db: Db,
  collegeId: Id,
  wanted: readonly Wanted[],
  { offset, limit }: PageWindow,
): Promise<readonly FoundVoucher[]> {
  const needed = offset + limit;
  const probed = Math.max(probedMin, probedPerRow * needed);
  let ids = await walked(db, collegeId, wanted, probed, needed);
  if (ids.length < needed && ids.length * walkedTimes >= needed) {
    // Twice what it takes if they lie evenly.
    const times = Math.min(walkedTimes, Math.ceil((2 * needed) / ids.length));
    ids = await walked(db, collegeId, wanted, probed * times, needed);
  }
  const page = ids.length < needed ? await sortedIds(db, collegeId, wanted, { offset, limit }) : ids.slice(offset);
  return vouchersOf(db, collegeId, page);
}

const order = sql`order by "date" desc, "id" desc`;

async function walked(
  db: Db,
  collegeId: Id,
  wanted: readonly Wanted[],
  most: number,
  needed: number,
): Promise<readonly Id[]> {
  const latest = sql`select * from "vouchers" where "college_id" = ${collegeId}::uuid ${order} limit ${most}::int8`;
  const conditions = wanted.map((word) => wordCondition(word, [collegeId], (ids) => sql`"id" in (${ids})`));
  return idsOf(
    db,
    sql`select "id" from (${latest}) as "latest" where ${allOf([sql`true`, ...conditions])} ${order} limit ${needed}::int8`,
  );
}

/** The inner query is kept apart by its offset, so that it is answered from what the words say and never in the order of dates. */
async function sortedIds(db: Db, collegeId: Id, wanted: readonly Wanted[], window: PageWindow): Promise<readonly Id[]> {
  // An array of ids can be looked up in the key of the table, side by side with the other indexes.
  const conditions = wanted.map((word) => wordCondition(word, [collegeId], (ids) => sql`"id" = any(array(${ids}))`));
  const matching = sql`select "id", "date" from "vouchers"
    where ${allOf([sql`"college_id" = ${collegeId}::uuid`, ...conditions])} offset 0`;
  return idsOf(
    db,
    sql`select "id" from (${matching}) as "matching" ${order} limit ${window.limit}::int8 offset ${window.offset}::int8`,
  );
}

async function isAnyFound(db: Db, collegeId: Id, wanted: readonly Wanted[]): Promise<boolean> {
  return (await foundPage(db, collegeId, wanted, { offset: 0, limit: 1 })).length > 0;
}

function wordCondition({ texts, paise }: Wanted, colleges: readonly Id[], isAmong: (ids: SQL) => SQL): SQL {
  const ways = texts.flatMap((one) => containsText(voucherSearchText, one) ?? []);
  if (paise !== null) {
    const amount = sql`${String(paise)}::int8`;
    ways.push(sql`"total_paise" = ${amount}`);
    ways.push(
      isAmong(
        sql`select "voucher_id" from "voucher_lines" where ${isOneOf(sql`"college_id"`, colleges, 'uuid')} and ("debit_paise" + "credit_paise") = ${amount}`,
      ),
    );
  }
  return sql`(${sql.join(ways, sql` or `)})`;
}

async function idsOf(db: Db, select: SQL): Promise<readonly Id[]> {
  const rows = await runQuery(db, select);
  return rows.map(({ id }) => text(id));
}

async function vouchersOf(db: Db, collegeId: Id, ids: readonly Id[]): Promise<readonly FoundVoucher[]> {
  if (ids.length === 0) return [];
  const rows = await runWide(
    db,
    sql`select ${columns} from "vouchers" where "college_id" = ${collegeId}::uuid and ${isOneOf(sql`"id"`, ids, 'uuid')} ${order}`,
  );
  return rows.map(foundVoucher);
}

const foundVoucher = (row: RawRow): FoundVoucher => ({
  id: text(row.id),
  date: text(row.date),
  number: textOrNull(row.number),
  kind: text(row.kind) as VoucherKind,
  party: textOrNull(row.party),
  narration: text(row.narration),
  reference: textOrNull(row.reference),
  totalPaise: big(row.total_paise),
  // A desk writes version 0 on every row that it predicts.
  pending: int(row.version) === 0,
});
