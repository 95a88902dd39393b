import type { RuleBook } from './charges.ts';
import type { Doubt } from './model.ts';
import type { NameIndex } from './name-index.ts';
import { slice, withinDays } from './pairs.ts';
import type { LineItem } from './prepare.ts';
import type { Step, Work } from './work.ts';

const lookedAtMax = 64;

/** Charges, interest and what else a rule knows by its words: a voucher is proposed, which somebody else posts. */
export function* applyRules(work: Work, rules: RuleBook, names: NameIndex): Step {
  for (const line of work.lines) {
    if (line.at % slice === slice - 1) yield slice;
    if (!work.isLineOpen(line.at)) continue;
    const fitting = rules.fitting(line.line.narration, line.paise > 0n ? 'in' : 'out');
    const [rule] = fitting;
    if (rule === undefined) continue;
    const doubts: Doubt[] = fitting.some(({ accountCode }) => accountCode !== rule.accountCode) ? ['several_fit'] : [];
    if (work.hasSuggestion(line.at) || mayBeInBooks(work, names, line)) doubts.push('perhaps_in_books');
    const { id, accountCode, narration } = rule;
    const posting = { ruleId: id, accountCode, narration, paise: line.paise, fee: null };
    work.propose([line.at], [], { pass: 'rule', doubts, posting });
  }
}

/** Somebody may have posted it already by hand; a second voucher would be one too many. */
function mayBeInBooks(work: Work, names: NameIndex, { amount, day }: LineItem): boolean {
  const days = work.options.partyDays;
  const near = withinDays(names.entriesOf(amount), (at) => work.entry(at).day, day - days, day + days, lookedAtMax);
  return near.length >= lookedAtMax || near.some((at) => work.isEntryOpen(at));
}

const twinsMin = 2;
/** More equal ones of one day than this are not looked at together by anybody. */
const twinsMax = 500;

/**
 * Equal amounts of one day of which the bank has as many as the books, and nothing tells which is which: together they are the same money,
 * but only somebody who knows them may say so.
 */
export function* suggestTwins(work: Work, names: NameIndex): Step {
  const seen = new Set<number>();
  for (const line of work.lines) {
    if (line.at % slice === slice - 1) yield slice;
    if (!work.isLineOpen(line.at) || seen.has(line.amount)) continue;
    seen.add(line.amount);
    const lines = byDay(
      names.linesOf(line.amount).filter((at) => work.isLineOpen(at)),
      (at) => work.line(at).day,
    );
    const entries = byDay(
      names.entriesOf(line.amount).filter((at) => work.isEntryOpen(at)),
      (at) => work.entry(at).day,
    );
    for (const [day, ours] of lines) {
      const theirs = entries.get(day) ?? [];
      if (ours.length !== theirs.length || ours.length < twinsMin || ours.length > twinsMax) continue;
      work.propose(ours, theirs, { pass: 'batch', doubts: ['amounts_only'] });
    }
  }
}

function byDay(items: readonly number[], dayOf: (at: number) => number): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (const at of items) {
    const day = days.get(dayOf(at));
    if (day === undefined) days.set(dayOf(at), [at]);
    else day.push(at);
  }
  return days;
}
