import type { Paise } from '../../kernel/money.ts';
import type { Because, Doubt, MatchOptions, MatchRule, Proposal, ProposalPass, ProposedPosting } from './model.ts';
import type { NameMeeting, PartyName } from './names.ts';
import { meetName } from './names.ts';
import type { EntryItem, LineItem } from './prepare.ts';

/** How far the matching has come; the sum of what is counted stands from the beginning. */
export type Step = Generator<number, void, void>;

export interface PartyMeeting extends NameMeeting {
  readonly party: string | null;
}

const noMeeting: PartyMeeting = { strength: 'none', words: [], initials: 0, party: null };
const strengths = ['none', 'weak', 'lone', 'strong'] as const;

/** The party of the entry that the line names best. */
export function meetParties(line: LineItem, parties: readonly PartyName[]): PartyMeeting {
  let best = noMeeting;
  for (const party of parties) {
    const meeting = meetName(line.words, party);
    if (strengths.indexOf(meeting.strength) > strengths.indexOf(best.strength))
      best = { ...meeting, party: party.name };
  }
  return best;
}

/** What a pass found out beside who belongs together. */
export interface Found {
  readonly pass: ProposalPass;
  readonly reference?: string | null;
  readonly meeting?: PartyMeeting;
  readonly doubts: readonly Doubt[];
  readonly posting?: ProposedPosting | null;
}

/** Everything there is to match, what of it is still open, and what was proposed. */
export class Work {
  readonly lines: readonly LineItem[];
  readonly entries: readonly EntryItem[];
  readonly rules: readonly MatchRule[];
  readonly options: MatchOptions;
  readonly #lineTaken: Uint8Array;
  readonly #entryTaken: Uint8Array;
  readonly #accepted: Proposal[] = [];
  readonly #suggested: {
    readonly proposal: Proposal;
    readonly lines: readonly number[];
    readonly entries: readonly number[];
  }[] = [];
  readonly #suggestionsOf = new Map<number, number>();

  constructor(
    lines: readonly LineItem[],
    entries: readonly EntryItem[],
    rules: readonly MatchRule[],
    options: MatchOptions,
  ) {
    this.lines = lines;
    this.entries = entries;
    this.rules = rules;
    this.options = options;
    this.#lineTaken = new Uint8Array(lines.length);
    this.#entryTaken = new Uint8Array(entries.length);
  }

  line(at: number): LineItem {
    return known(this.lines[at]);
  }

  entry(at: number): EntryItem {
    return known(this.entries[at]);
  }

  isLineOpen(at: number): boolean {
    return this.#lineTaken[at] === 0;
  }

  isEntryOpen(at: number): boolean {
    return this.#entryTaken[at] === 0;
  }

  /** What has no doubts is taken and never looked at again; everything else stays open for the passes that follow. */
  propose(lines: readonly number[], entries: readonly number[], found: Found): void {
    const proposal = this.#proposal(lines, entries, found);
    if (proposal.isAutomatic) {
      for (const at of lines) this.#lineTaken[at] = 1;
      for (const at of entries) this.#entryTaken[at] = 1;
      this.#accepted.push(proposal);
      return;
    }
    const [first = 0] = lines;
    const before = this.#suggestionsOf.get(first) ?? 0;
    if (before >= suggestionsMax) return;
    this.#suggestionsOf.set(first, before + 1);
    this.#suggested.push({ proposal, lines, entries });
  }

  /** Whether somebody is to be asked about the line already. */
  hasSuggestion(line: number): boolean {
    return this.#suggestionsOf.has(line);
  }

  /** What a later pass took is no longer asked about. */
  proposals(): readonly Proposal[] {
    const open = this.#suggested.filter(
      ({ lines, entries }) => lines.every((at) => this.isLineOpen(at)) && entries.every((at) => this.isEntryOpen(at)),
    );
    return [...this.#accepted, ...open.map(({ proposal }) => proposal)];
  }

  #proposal(lines: readonly number[], entries: readonly number[], found: Found): Proposal {
    const [ours, theirs] = [lines.map((at) => this.line(at)), entries.map((at) => this.entry(at))];
    const because: Because = {
      reference: found.reference ?? null,
      party: found.meeting?.party ?? null,
      partyWords: found.meeting?.words ?? [],
      linesPaise: sumOf(ours),
      entriesPaise: sumOf(theirs),
      daysApart: daysApart(ours, theirs),
      doubts: [...new Set(found.doubts)].sort(),
    };
    return {
      pass: found.pass,
      lineIds: ours.map(({ id }) => id),
      voucherLineIds: theirs.map(({ id }) => id),
      isAutomatic: because.doubts.length === 0,
      because,
      posting: found.posting ?? null,
    };
  }
}

/** More than so many for one line help nobody. */
const suggestionsMax = 5;

export const sumOf = (items: readonly { readonly paise: Paise }[]): Paise => {
  let sum = 0n;
  for (const { paise } of items) sum += paise;
  return sum;
};

function daysApart(lines: readonly LineItem[], entries: readonly EntryItem[]): number | null {
  const [ours, theirs] = [span(lines), span(entries)];
  if (ours === null || theirs === null) return null;
  const [late, early] = [ours.last - theirs.first, ours.first - theirs.last];
  return Math.abs(late) >= Math.abs(early) ? late : early;
}

/** The first and the last day of some lines or entries; null of none. */
export function span(
  items: readonly { readonly day: number }[],
): { readonly first: number; readonly last: number } | null {
  let found: { first: number; last: number } | null = null;
  for (const { day } of items) {
    if (found === null) found = { first: day, last: day };
    else found = { first: Math.min(found.first, day), last: Math.max(found.last, day) };
  }
  return found;
}

function known<T>(item: T | undefined): T {
  if (item === undefined) throw new RangeError('no such line or entry');
  return item;
}
