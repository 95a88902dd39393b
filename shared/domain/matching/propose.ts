import type { Paise } from '../../kernel/money.ts';
import { RuleBook } from './charges.ts';
import {
  type BookEntry,
  defaultMatchOptions,
  type MatchLine,
  type MatchOptions,
  type MatchRule,
  type Proposal,
} from './model.ts';
import { NameIndex } from './name-index.ts';
import { slice } from './pairs.ts';
import { matchBatches } from './pass-batch.ts';
import { matchParties } from './pass-party.ts';
import { matchReferences, matchUtr, ReferenceIndex } from './pass-reference.ts';
import { applyRules, suggestTwins } from './pass-rule.ts';
import { matchPartyBatches } from './pass-subset.ts';
import { type EntryItem, entryItem, inOrder, type LineItem, lineItem, Numbering } from './prepare.ts';
import { Work } from './work.ts';

/**
 * Which lines of the bank are which entries of the books of one account, of those that are open on both sides. Nothing is ever matched on its
 * amount alone. The same whatever order they come in.
 */
export function proposeMatches(
  lines: readonly MatchLine[],
  entries: readonly BookEntry[],
  rules: readonly MatchRule[],
  options: Partial<MatchOptions> = {},
): readonly Proposal[] {
  const steps = matchSteps(lines, entries, rules, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** How often each line and entry is come across, roughly; progress need not be more exact. */
const roundsOfLine = 9;
const roundsOfEntry = 8;

/**
 * The same in small steps of some milliseconds, each of which yields how much is done, from 0 to 1. Who no longer wants the answer does not
 * ask on.
 */
export function* matchSteps(
  lines: readonly MatchLine[],
  entries: readonly BookEntry[],
  rules: readonly MatchRule[],
  options: Partial<MatchOptions> = {},
): Generator<number, readonly Proposal[], void> {
  const total = lines.length * roundsOfLine + entries.length * roundsOfEntry + 1;
  const steps = run(lines, entries, rules, { ...defaultMatchOptions, ...options });
  let done = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      yield 1;
      return step.value;
    }
    done += step.value;
    yield Math.min(done / total, 1);
  }
}

function* run(
  lines: readonly MatchLine[],
  entries: readonly BookEntry[],
  rules: readonly MatchRule[],
  options: MatchOptions,
): Generator<number, readonly Proposal[], void> {
  const work = yield* prepare(lines, entries, rules, options);
  const book = new RuleBook(rules);
  const names = new NameIndex(work);
  yield* names.fill();
  const index = new ReferenceIndex();
  yield* index.fill(work);
  yield* matchUtr(work, names, index);
  yield* matchReferences(work, names, index);
  yield* matchParties(work, names, index);
  yield* matchBatches(work, index, book);
  yield* matchPartyBatches(work, book);
  yield* applyRules(work, book, names);
  yield* suggestTwins(work, names);
  return work.proposals();
}

function* prepare(
  lines: readonly MatchLine[],
  entries: readonly BookEntry[],
  rules: readonly MatchRule[],
  options: MatchOptions,
): Generator<number, Work, void> {
  const amounts = new Numbering<Paise>();
  const [lineItems, entryItems]: [LineItem[], EntryItem[]] = [[], []];
  for (const line of yield* inOrder(lines, options.booksFrom, ({ id }) => id)) {
    if (lineItems.length % slice === slice - 1) yield slice;
    // What moved nothing matches nothing.
    if (line.creditPaise !== line.debitPaise) lineItems.push(lineItem(line, lineItems.length, amounts));
  }
  for (const entry of yield* inOrder(entries, options.booksFrom, ({ voucherLineId }) => voucherLineId)) {
    if (entryItems.length % slice === slice - 1) yield slice;
    if (entry.creditPaise !== entry.debitPaise) entryItems.push(entryItem(entry, entryItems.length, amounts));
  }
  return new Work(lineItems, entryItems, rules, options);
}
