import type { Doubt, ProposalPass } from './model.ts';
import type { PartyMeeting, Work } from './work.ts';

/** A line and an entry that may be the same money. */
export interface Pair {
  readonly line: number;
  readonly entry: number;
  readonly reference: string | null;
  readonly meeting: PartyMeeting | null;
  readonly doubts: readonly Doubt[];
}

/** The pairs of one pass, each once, and how many each side of them has. */
export class Pairs {
  readonly #pairs = new Map<number, Pair>();
  readonly #ofLine = new Map<number, number>();
  readonly #ofEntry = new Map<number, number>();

  add(pair: Pair): void {
    const key = pair.line * maxItems + pair.entry;
    if (this.#pairs.has(key)) return;
    this.#pairs.set(key, pair);
    count(this.#ofLine, pair.line);
    count(this.#ofEntry, pair.entry);
  }

  /** Those that fit each other and nobody else are taken; who has a choice leaves it to somebody. */
  *settle(work: Work, pass: ProposalPass): Generator<number, void, void> {
    const ambiguous: Pair[] = [];
    let seen = 0;
    for (const pair of this.#pairs.values()) {
      seen += 1;
      if (seen % slice === 0) yield 0;
      const isOnly = this.#ofLine.get(pair.line) === 1 && this.#ofEntry.get(pair.entry) === 1;
      if (isOnly && pair.doubts.length === 0) propose(work, pass, pair, []);
      else ambiguous.push(pair);
    }
    ambiguous.sort((a, b) => a.line - b.line || apart(work, a) - apart(work, b) || a.entry - b.entry);
    for (const pair of ambiguous) {
      const isOnly = this.#ofLine.get(pair.line) === 1 && this.#ofEntry.get(pair.entry) === 1;
      propose(work, pass, pair, isOnly ? [] : ['several_fit']);
    }
  }
}

/** Far above what one account has, and its square is still exact. */
const maxItems = 2 ** 26;
export const slice = 1_000;
/** To doubt a pair many others are compared, so a step has fewer of them. */
export const doubtSlice = 50;

const count = (counts: Map<number, number>, at: number): void => {
  counts.set(at, (counts.get(at) ?? 0) + 1);
};

const apart = (work: Work, { line, entry }: Pair): number => Math.abs(work.line(line).day - work.entry(entry).day);

function propose(work: Work, pass: ProposalPass, pair: Pair, doubts: readonly Doubt[]): void {
  work.propose([pair.line], [pair.entry], {
    pass,
    reference: pair.reference,
    ...(pair.meeting === null ? {} : { meeting: pair.meeting }),
    doubts: [...pair.doubts, ...doubts],
  });
}

/** The part of an ordered list whose days lie within the two, and at most so many of it. */
export function withinDays(
  list: readonly number[],
  dayOf: (at: number) => number,
  from: number,
  to: number,
  most: number,
): readonly number[] {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dayOf(list[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < list.length && found.length < most; at += 1) {
    const item = list[at] ?? 0;
    if (dayOf(item) > to) break;
    found.push(item);
  }
  return found;
}
