import type { Paise } from '../../kernel/money.ts';
import { type RuleBook, readCharge } from './charges.ts';
import type { Doubt, ProposedPosting } from './model.ts';
import { slice, withinDays } from './pairs.ts';
import { type EntryItem, entryKeys, type LineItem, Lists, lineKeys, Numbering } from './prepare.ts';
import { meetParties, type PartyMeeting, type Step, sumOf, type Work } from './work.ts';

/** Steps of all searches together, and of one: so much and no more, whatever there is to search. */
const stepsMax = 400_000;
const lineStepsMax = 2_048;
const candidatesMax = 20;
const groupsMax = 32;
/** So many steps of searches are one step of the matching; to compare a name takes as long as some of them. */
const searchSlice = 4_096;
const stepsOfName = 8;

interface Group {
  readonly entries: readonly number[];
  readonly meeting: PartyMeeting;
}

/** Entries that are still open, by the beginnings of their party's name and in the order of days. */
interface OpenNames {
  readonly keys: Numbering<string>;
  readonly entries: Lists;
}

/** How much was searched since the search gave way to others. */
interface Spent {
  steps: number;
}

/**
 * Several entries of one party and day that are one line of the bank, without a reference on both sides. All of them of a party and day
 * are believed; some of them, or less a charge, are only suggested.
 */
export function* matchPartyBatches(work: Work, rules: RuleBook): Step {
  const open: OpenNames = { keys: new Numbering(), entries: new Lists() };
  for (const entry of work.entries) {
    if (entry.at % slice === slice - 1) yield slice;
    if (!work.isEntryOpen(entry.at)) continue;
    for (const key of entryKeys(entry)) open.entries.add(open.keys.of(key), entry.at);
  }
  const claims = new Map<number, number>();
  const whole: { readonly line: number; readonly group: Group }[] = [];
  const spent: Spent = { steps: 0 };
  let stepsLeft = stepsMax;
  for (const line of work.lines) {
    if (line.at % slice === slice - 1) yield slice;
    if (!work.isLineOpen(line.at) || line.words.length === 0) continue;
    if (spent.steps >= searchSlice) {
      spent.steps = 0;
      yield 0;
    }
    const groups = groupsOf(work, line, open, spent);
    const fitting = groups.filter(({ entries }) => sumOf(entries.map((at) => work.entry(at))) === line.paise);
    for (const group of fitting) {
      whole.push({ line: line.at, group });
      for (const at of group.entries) claims.set(at, (claims.get(at) ?? 0) + 1);
    }
    if (fitting.length > 0) continue;
    suggestNet(work, rules, line, groups);
    const used = suggestSubset(work, line, groups, Math.min(stepsLeft, lineStepsMax));
    stepsLeft -= used;
    spent.steps += used;
  }
  const perLine = Map.groupBy(whole, ({ line }) => line);
  for (const { line, group } of whole) {
    const isOnly = perLine.get(line)?.length === 1 && group.entries.every((at) => claims.get(at) === 1);
    work.propose([line], group.entries, {
      pass: 'batch',
      meeting: group.meeting,
      doubts: isOnly ? [] : ['several_fit'],
    });
  }
}

/** The open entries that the line names, day by day and party by party. */
function groupsOf(work: Work, line: LineItem, { keys, entries }: OpenNames, spent: Spent): readonly Group[] {
  const days = work.options.partyDays;
  const groups = new Map<string, { readonly entries: number[]; readonly meeting: PartyMeeting }>();
  const seen = new Set<number>();
  for (const key of lineKeys(line)) {
    const number = keys.get(key);
    if (number === undefined) continue;
    const dayOf = (at: number): number => work.entry(at).day;
    const near = withinDays(entries.get(number), dayOf, line.day - days, line.day + days, 4 * groupsMax);
    // Where the list was cut a group may not be whole.
    if (near.length >= 4 * groupsMax) return [];
    for (const at of near) {
      const entry = work.entry(at);
      if (seen.has(at) || entry.paise > 0n !== line.paise > 0n) continue;
      seen.add(at);
      spent.steps += stepsOfName;
      const meeting = meetParties(line, entry.parties);
      if (meeting.strength !== 'strong' && meeting.strength !== 'lone') continue;
      const group = groups.get(groupKey(entry, meeting));
      if (group === undefined) groups.set(groupKey(entry, meeting), { entries: [at], meeting });
      else group.entries.push(at);
    }
  }
  return [...groups.values()].filter((group) => group.entries.length >= 2).slice(0, groupsMax);
}

const groupKey = ({ day }: EntryItem, { party }: PartyMeeting): string => `${day} ${party}`;

/** A settlement without a reference in the books: the receipts of the gateway's day less a share that is exactly a rate. */
function suggestNet(work: Work, rules: RuleBook, line: LineItem, groups: readonly Group[]): void {
  if (line.paise <= 0n) return;
  const [rule] = rules.fitting(line.line.narration, 'out');
  if (rule === undefined) return;
  for (const { entries, meeting } of groups) {
    const gross = entries.map((at) => work.entry(at).paise);
    const kept = sumOf(entries.map((at) => work.entry(at))) - line.paise;
    const charge = readCharge(gross, kept, work.options.chargeMaxBasisPoints);
    if (charge === null || charge.basisPoints === null) continue;
    const { id: ruleId, accountCode, narration } = rule;
    const posting: ProposedPosting = { ruleId, accountCode, narration, paise: -kept, fee: charge };
    const doubts: Doubt[] = ['no_shared_reference'];
    work.propose([line.at], entries, { pass: 'batch', meeting, doubts, posting });
  }
}

function suggestSubset(work: Work, line: LineItem, groups: readonly Group[], stepsMost: number): number {
  let steps = 0;
  for (const { entries, meeting } of groups) {
    if (entries.length > candidatesMax || steps >= stepsMost) continue;
    const search = findSubset(
      entries.map((at) => work.entry(at).paise),
      line.paise,
      stepsMost - steps,
    );
    steps += search.steps;
    if (search.found === null) continue;
    const chosen = search.found.map((place) => entries[place] ?? 0);
    const doubts: Doubt[] = search.isOnly ? ['no_shared_reference'] : ['no_shared_reference', 'several_fit'];
    work.propose([line.at], chosen, { pass: 'batch', meeting, doubts });
  }
  return steps;
}

/**
 * Which of the amounts, two or more, add up to the sum. The sums that can be reached are kept with the amounts that reach them first; the
 * search ends with its steps, and then has found nothing.
 */
export function findSubset(
  amounts: readonly Paise[],
  sum: Paise,
  stepsMost: number,
): { readonly found: readonly number[] | null; readonly isOnly: boolean; readonly steps: number } {
  let steps = 0;
  let found: readonly number[] | null = null;
  const reached = new Map<Paise, readonly number[]>([[0n, []]]);
  for (const [place, amount] of amounts.entries()) {
    for (const [before, places] of [...reached]) {
      steps += 1;
      if (steps > stepsMost) return { found: null, isOnly: false, steps };
      const total = before + amount;
      const chosen = [...places, place];
      if (total === sum && chosen.length >= 2) {
        if (found !== null) return { found, isOnly: false, steps };
        found = chosen;
      } else if (!reached.has(total)) {
        reached.set(total, chosen);
      }
    }
  }
  return { found, isOnly: found !== null, steps };
}
