import type { Doubt } from './model.ts';
import { type NameIndex, rivalsMax } from './name-index.ts';
import { doubtSlice, type Pair, Pairs, slice, withinDays } from './pairs.ts';
import { differ, type ReferenceIndex } from './pass-reference.ts';
import type { EntryItem, LineItem } from './prepare.ts';
import { meetParties, type PartyMeeting, type Step, type Work } from './work.ts';

/** More open ones of an amount within the days than this, and names alone do not tell who paid what. */
const alikeMax = 8;

interface NamedPair {
  readonly line: LineItem;
  readonly entry: EntryItem;
  readonly meeting: PartyMeeting;
}

/** The amount, few days apart, and the party's name as the bank shows it. */
export function* matchParties(work: Work, names: NameIndex, index: ReferenceIndex): Step {
  const [whole, part]: [NamedPair[], NamedPair[]] = [[], []];
  const crowds = new Set<string>();
  for (const line of work.lines) {
    if (line.at % slice === slice - 1) yield slice;
    if (!work.isLineOpen(line.at) || line.words.length === 0) continue;
    const from = line.day - (line.isCheque ? work.options.chequeDays : work.options.partyDays);
    const near = names.entriesNear(line, from, line.day + work.options.partyDays);
    if (near === null) markCrowd(crowds, line, work.options.partyDays);
    for (const at of near ?? []) {
      const entry = work.entry(at);
      if (!work.isEntryOpen(at) || !isInTime(work, line, entry)) continue;
      const meeting = meetParties(line, entry.parties);
      if (meeting.strength === 'none') continue;
      (meeting.strength === 'weak' ? part : whole).push({ line, entry, meeting });
    }
  }
  const inPart = new Set(part.flatMap(({ line, entry }) => [`l${line.at}`, `e${entry.at}`]));
  const explained = new Set(whole.map(({ line }) => line.at));
  const alike = new Alike(work, names);
  const pairs = new Pairs();
  for (const [place, named] of whole.entries()) {
    if (place % doubtSlice === doubtSlice - 1) yield 0;
    const doubts = doubtsOf(work, names, named);
    const { line, entry, meeting } = named;
    if (index.pointsElsewhere(line, entry) || index.isOfGroup(entry)) doubts.push('reference_elsewhere');
    if (isMarked(crowds, line, entry) || alike.isCrowd(line, entry)) doubts.push('many_alike');
    if (alike.hasRival(line, entry, explained)) doubts.push('several_fit');
    // A name of one word may be the beginning of another's.
    const isContested = inPart.has(`l${line.at}`) || inPart.has(`e${entry.at}`);
    if (meeting.strength === 'lone' && isContested) doubts.push('several_fit');
    pairs.add(pairOf(named, doubts));
  }
  yield* pairs.settle(work, 'party');
  const named = new Set(whole.flatMap(({ line, entry }) => [`l${line.at}`, `e${entry.at}`]));
  const rest = new Pairs();
  for (const pair of part) {
    if (named.has(`l${pair.line.at}`) || named.has(`e${pair.entry.at}`)) continue;
    rest.add(pairOf(pair, [...doubtsOf(work, names, pair), 'name_in_part']));
  }
  yield* rest.settle(work, 'party');
}

/** The line was not compared with all that may fit it, so nobody may believe to be alone around its day. */
function markCrowd(crowds: Set<string>, { amount, day, isCheque }: LineItem, days: number): void {
  if (isCheque) crowds.add(`${amount}`);
  for (let at = day - days; at <= day + days; at += 1) crowds.add(`${amount} ${at}`);
}

const isMarked = (crowds: ReadonlySet<string>, { amount }: LineItem, { day }: EntryItem): boolean =>
  crowds.has(`${amount}`) || crowds.has(`${amount} ${day}`);

const pairOf = ({ line, entry, meeting }: NamedPair, doubts: readonly Doubt[]): Pair => ({
  line: line.at,
  entry: entry.at,
  reference: null,
  meeting,
  doubts,
});

/** Only a cheque clears late, and only where the bank says that it was one. */
function isInTime(work: Work, line: LineItem, entry: EntryItem): boolean {
  return (
    Math.abs(line.day - entry.day) <= work.options.partyDays ||
    (line.isCheque && entry.isCheque && line.day > entry.day)
  );
}

function doubtsOf(work: Work, names: NameIndex, { line, entry }: NamedPair): Doubt[] {
  const doubts: Doubt[] = differ(line, entry) ? ['references_differ'] : [];
  // What is paid every month has the same name and amount; months later it is one of them only if there never was another.
  const isSingle = names.linesOf(line.amount).length === 1 && names.entriesOf(line.amount).length === 1;
  if (Math.abs(line.day - entry.day) > work.options.partyDays && !isSingle) doubts.push('far_apart');
  return doubts;
}

/** How many open ones of an amount there are around a day; counted once for each amount and day. */
class Alike {
  readonly #work: Work;
  readonly #names: NameIndex;
  readonly #counts = new Map<string, boolean>();

  constructor(work: Work, names: NameIndex) {
    this.#work = work;
    this.#names = names;
  }

  /**
   * Whether another open line of the amount, no further from the entry and named by no party, may be the entry's own: money over the counter says
   * nobody's name, and somebody of the party's name may have paid for another.
   */
  hasRival(line: LineItem, entry: EntryItem, explained: ReadonlySet<number>): boolean {
    const work = this.#work;
    const dayOf = (at: number): number => work.line(at).day;
    const apart = Math.abs(line.day - entry.day);
    const near = withinDays(this.#names.linesOf(line.amount), dayOf, entry.day - apart, entry.day + apart, rivalsMax);
    return near.some((at) => at !== line.at && work.isLineOpen(at) && !explained.has(at));
  }

  isCrowd(line: LineItem, entry: EntryItem): boolean {
    return this.#around(line.amount, line.day) || this.#around(line.amount, entry.day);
  }

  #around(amount: number, day: number): boolean {
    const key = `${amount} ${day}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const [work, names] = [this.#work, this.#names];
    const isCrowd =
      isMany(
        names.linesOf(amount),
        (at) => work.line(at).day,
        (at) => work.isLineOpen(at),
        day,
        work.options.partyDays,
      ) ||
      isMany(
        names.entriesOf(amount),
        (at) => work.entry(at).day,
        (at) => work.isEntryOpen(at),
        day,
        work.options.partyDays,
      );
    this.#counts.set(key, isCrowd);
    return isCrowd;
  }
}

function isMany(
  list: readonly number[],
  dayOf: (at: number) => number,
  isOpen: (at: number) => boolean,
  day: number,
  days: number,
): boolean {
  let count = 0;
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dayOf(list[middle] ?? 0) < day - days) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < list.length && dayOf(list[at] ?? 0) <= day + days; at += 1) {
    if (isOpen(list[at] ?? 0)) count += 1;
    if (count > alikeMax) return true;
  }
  return false;
}
