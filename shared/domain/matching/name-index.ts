import type { Doubt } from './model.ts';
import { withinDays } from './pairs.ts';
import { type EntryItem, entryKeys, type LineItem, Lists, lineKeys, Numbering } from './prepare.ts';
import { meetParties, type Step, type Work } from './work.ts';

/** More of one amount with one beginning of a name within some days are a crowd in which names do not tell. */
const crowdFrom = 32;
/** To speak against a number more of them are looked through. */
export const rivalsMax = 256;
const amountsMax = 2 ** 26;
const slice = 1_000;

/** Lines and entries by amount and by the beginnings of the words of their names. */
export class NameIndex {
  readonly #work: Work;
  readonly #keys = new Numbering<string>();
  readonly #lines = new Lists();
  readonly #entries = new Lists();
  readonly #linesOf = new Lists();
  readonly #entriesOf = new Lists();
  /** How much of a name the pair has whose numbers met, by its line and by its entry. */
  readonly #fitOfLine = new Map<number, number>();
  readonly #fitOfEntry = new Map<number, number>();

  constructor(work: Work) {
    this.#work = work;
  }

  *fill(): Step {
    const { lines, entries } = this.#work;
    for (const { at, amount } of lines) this.#linesOf.add(amount, at);
    for (const { at, amount } of entries) this.#entriesOf.add(amount, at);
    for (const line of lines) {
      if (line.at % slice === slice - 1) yield slice;
      // Nothing of this amount is there to look for it.
      if (this.#entriesOf.get(line.amount).length === 0) continue;
      for (const key of lineKeys(line)) this.#lines.add(this.#keyOf(key, line.amount), line.at);
    }
    for (const entry of entries) {
      if (entry.at % slice === slice - 1) yield slice;
      if (this.#linesOf.get(entry.amount).length === 0) continue;
      for (const key of entryKeys(entry)) this.#entries.add(this.#keyOf(key, entry.amount), entry.at);
    }
  }

  #keyOf(key: string, amount: number): number {
    return this.#keys.of(key) * amountsMax + amount;
  }

  /** All lines of an amount, taken or not, in the order of days. */
  linesOf(amount: number): readonly number[] {
    return this.#linesOf.get(amount);
  }

  entriesOf(amount: number): readonly number[] {
    return this.#entriesOf.get(amount);
  }

  /** Entries of the amount of a line that may be named in it, of the days between; null where they are a crowd. */
  entriesNear(line: LineItem, from: number, to: number, most = crowdFrom): readonly number[] | null {
    const dayOf = (at: number): number => this.#work.entry(at).day;
    return this.#near(this.#entries, lineKeys(line), line.amount, dayOf, [from, to], most);
  }

  linesNear(entry: EntryItem, from: number, to: number, most: number): readonly number[] | null {
    const dayOf = (at: number): number => this.#work.line(at).day;
    return this.#near(this.#lines, entryKeys(entry), entry.amount, dayOf, [from, to], most);
  }

  #near(
    lists: Lists,
    keys: readonly string[],
    amount: number,
    dayOf: (at: number) => number,
    [from, to]: readonly [number, number],
    most: number,
  ): readonly number[] | null {
    const found = new Set<number>();
    for (const key of keys) {
      const number = this.#keys.get(key);
      if (number === undefined) continue;
      const near = withinDays(lists.get(number * amountsMax + amount), dayOf, from, to, most);
      if (near.length >= most) return null;
      for (const at of near) found.add(at);
      if (found.size >= most) return null;
    }
    return [...found];
  }

  /** The numbers of these two met, and perhaps the name: then neither is looking for another that is named no better. */
  settle(line: LineItem, entry: EntryItem): void {
    const letters = fitOf(line, entry);
    if (letters > (this.#fitOfLine.get(line.at) ?? 0)) this.#fitOfLine.set(line.at, letters);
    if (letters > (this.#fitOfEntry.get(entry.at) ?? 0)) this.#fitOfEntry.set(entry.at, letters);
  }

  /**
   * Whether the names speak against a pair whose numbers met: the line names the party of another entry better than its own, and better than that entry's
   * own line does, or another such line names this entry's. So a number that was written to the wrong payment does not pull it along. In a crowd
   * nobody can tell. `R Banerjee` is Rohan and Rekha, and Pooja Sunita Tiwari has all of Pooja Tiwari in her name: that a name is there does not end
   * the search for a better one.
   */
  doubtOf(line: LineItem, entry: EntryItem): Doubt | null {
    if (line.words.length === 0 || entry.parties.length === 0) return null;
    const own = fitOf(line, entry);
    const days = this.#work.options.partyDays;
    const lines = this.linesNear(entry, entry.day - days, entry.day + days, rivalsMax);
    const entries = this.entriesNear(line, line.day - days, line.day + days, rivalsMax);
    if (lines === null || entries === null) return own > 0 ? null : 'many_alike';
    const speaks = (letters: number, itsOwn = 0): boolean => letters > Math.max(own, itsOwn);
    const isAnother =
      lines.some((at) => speaks(fitOf(this.#work.line(at), entry), this.#fitOfLine.get(at))) ||
      entries.some((at) => speaks(fitOf(line, this.#work.entry(at)), this.#fitOfEntry.get(at)));
    return isAnother ? 'names_another' : null;
  }
}

/** How many letters of the party's name stand in the line, where all of the name does. */
function fitOf(line: LineItem, entry: EntryItem): number {
  const { strength, words, initials } = meetParties(line, entry.parties);
  if (strength !== 'strong' && strength !== 'lone') return 0;
  let letters = initials;
  for (const word of new Set(words)) {
    // In Pooja Mishra there is no more of Pooja Pooja Mishra than of Pooja Mishra.
    const said = Math.max(1, line.words.filter(({ text }) => text === word).length);
    letters += word.length * Math.min(said, words.filter((one) => one === word).length);
  }
  return letters;
}
