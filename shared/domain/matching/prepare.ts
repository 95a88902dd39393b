import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { compareText } from '../../kernel/order.ts';
import type { BookEntry, MatchLine } from './model.ts';
import { type NarrationWord, nameKeys, narrationWords, type PartyName, partyName } from './names.ts';
import { chequeNumber, type Reference, referencesOf, speaksOfCheque } from './references.ts';

/** What lines and entries have in common once they are read. */
export interface Item {
  /** Its place in the order of days and ids, by which everything is decided. */
  readonly at: number;
  readonly id: string;
  /** Days since 1970. */
  readonly day: number;
  /** Positive into the account, negative out of it. */
  readonly paise: Paise;
  /** Stands for the amount with its direction. */
  readonly amount: number;
  readonly references: readonly Reference[];
  readonly cheque: string | null;
  /** A cheque or said to be one: it may clear late. */
  readonly isCheque: boolean;
}

export interface LineItem extends Item {
  readonly line: MatchLine;
  readonly words: readonly NarrationWord[];
}

export interface EntryItem extends Item {
  readonly entry: BookEntry;
  readonly parties: readonly PartyName[];
}

const dayMs = 86_400_000;
export const dayNumber = (date: IsoDate): number => Math.floor(Date.parse(date) / dayMs);

/** Gives every different value a small number, in the order in which they come. */
export class Numbering<T> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get(value: T): number | undefined {
    return this.#numbers.get(value);
  }
}

/** Lists by a number; what the passes look things up in. */
export class Lists {
  readonly #lists = new Map<number, number[]>();

  add(key: number, at: number): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [at]);
    else list.push(at);
  }

  get(key: number): readonly number[] {
    return this.#lists.get(key) ?? none;
  }

  entries(): MapIterator<[number, number[]]> {
    return this.#lists.entries();
  }
}
const none: readonly number[] = [];

/**
 * In the order of days, and of ids within one: so nothing depends on the order in which things were handed in. Day by day, so that it can be
 * broken off.
 */
export function* inOrder<T extends { readonly date: IsoDate }>(
  items: readonly T[],
  from: IsoDate | null,
  idOf: (item: T) => string,
): Generator<number, T[], void> {
  const days = new Map<IsoDate, T[]>();
  for (const item of items) {
    if (from !== null && item.date < from) continue;
    const day = days.get(item.date);
    if (day === undefined) days.set(item.date, [item]);
    else day.push(item);
  }
  const sorted: T[] = [];
  for (const date of [...days.keys()].sort()) {
    const day = days.get(date) ?? [];
    day.sort((a, b) => compareText(idOf(a), idOf(b)));
    for (const item of day) sorted.push(item);
    yield day.length;
  }
  return sorted;
}

export function lineItem(line: MatchLine, at: number, amounts: Numbering<Paise>): LineItem {
  const paise = line.creditPaise - line.debitPaise;
  const fields = line.reference === null ? [] : [line.reference];
  const cheque = chequeNumber(line.chequeNo, fields, line.narration);
  return {
    at,
    id: line.id,
    day: dayNumber(line.date),
    paise,
    amount: amounts.of(paise),
    references: referencesOf(line.narration, fields),
    cheque,
    isCheque: cheque !== null || speaksOfCheque(line.narration),
    line,
    words: narrationWords(line.narration),
  };
}

const partiesMax = 4;
/** In words somebody wrote only what is long enough counts; the rest may mean anything. */
const writtenFrom = 10;

export function entryItem(entry: BookEntry, at: number, amounts: Numbering<Paise>): EntryItem {
  const paise = entry.debitPaise - entry.creditPaise;
  const fields = entry.billNo === null ? entry.references : [...entry.references, entry.billNo];
  const own = referencesOf('', fields);
  const written = referencesOf(entry.narration, []).filter(({ text }) => text.length >= writtenFrom);
  const names = new Set(own.map(({ text }) => text));
  const cheque = chequeNumber(null, entry.references, '');
  return {
    at,
    id: entry.voucherLineId,
    day: dayNumber(entry.date),
    paise,
    amount: amounts.of(paise),
    references: [...own, ...written.filter(({ text }) => !names.has(text))],
    cheque,
    isCheque: cheque !== null,
    entry,
    parties: entry.parties.slice(0, partiesMax).map(partyName),
  };
}

export const lineKeys = ({ words }: LineItem): readonly string[] => nameKeys(words.map(({ text }) => text));
export const entryKeys = ({ parties }: EntryItem): readonly string[] => nameKeys(parties.flatMap(({ words }) => words));
