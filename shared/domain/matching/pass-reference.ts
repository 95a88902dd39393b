import type { Doubt } from './model.ts';
import type { NameIndex } from './name-index.ts';
import { doubtSlice, Pairs, slice } from './pairs.ts';
import { type EntryItem, type LineItem, Lists, Numbering } from './prepare.ts';
import { isBankNumber, isGatewayPayment, type Reference } from './references.ts';
import type { Step, Work } from './work.ts';

/** On more lines and more entries than this a number names somebody or something, not one payment. */
const onceMax = 2;
/** A number on so many entries is that of their settlement; a bill may well be paid in two parts. */
const groupFrom = 3;
/** So many equal ones under one number are a matter for somebody, and not each with each. */
const productMax = 64;

/** Where the references of what is open stand, money in and money out apart: a payment that comes back has the number it went out with. */
export class ReferenceIndex {
  readonly #numbers = new Numbering<string>();
  readonly #texts: string[] = [];
  readonly #strong: boolean[] = [];
  readonly lines = new Lists();
  readonly entries = new Lists();

  *fill(work: Work): Step {
    for (const line of work.lines) {
      if (line.at % slice === slice - 1) yield slice;
      if (work.isLineOpen(line.at)) this.#add(this.lines, line);
    }
    for (const entry of work.entries) {
      if (entry.at % slice === slice - 1) yield slice;
      if (work.isEntryOpen(entry.at)) this.#add(this.entries, entry);
    }
  }

  #add(to: Lists, { references, paise, at }: LineItem | EntryItem): void {
    for (const { text, isStrong } of references) {
      const number = this.#numbers.of(paise > 0n ? `+${text}` : `-${text}`);
      this.#texts[number] = text;
      this.#strong[number] = isStrong;
      to.add(number, at);
    }
  }

  textOf(number: number): string {
    return this.#texts[number] ?? '';
  }

  isStrong(number: number): boolean {
    return this.#strong[number] === true;
  }

  linesWith(text: string, isIn: boolean): readonly number[] {
    const number = this.#numberOf(text, isIn);
    return number === undefined ? none : this.lines.get(number);
  }

  #numberOf(text: string, isIn: boolean): number | undefined {
    return this.#numbers.get(isIn ? `+${text}` : `-${text}`);
  }

  /** Whether a number of the entry stands on other lines, or one of the line on other entries, and not on both of them. */
  pointsElsewhere(line: LineItem, entry: EntryItem): boolean {
    return (
      entry.references.some((own) => this.#isOn(own, entry.paise > 0n, this.lines, line.at)) ||
      line.references.some((own) => this.#isOn(own, line.paise > 0n, this.entries, entry.at))
    );
  }

  #isOn({ text, isStrong }: Reference, isIn: boolean, others: Lists, except: number): boolean {
    const number = isStrong ? this.#numberOf(text, isIn) : undefined;
    if (number === undefined || this.isCommon(number)) return false;
    const found = others.get(number);
    return found.length > 0 && !found.includes(except);
  }

  /** Whether the entry was paid through a gateway, or is one of several under a number of their own: no line is its alone. */
  isOfGroup(entry: EntryItem): boolean {
    return entry.references.some(({ text, isStrong }) => {
      if (isGatewayPayment(text)) return true;
      const number = isStrong ? this.#numberOf(text, entry.paise > 0n) : undefined;
      return number !== undefined && this.entries.get(number).length >= groupFrom;
    });
  }

  /** It stands on so many lines and entries that it names something else than one payment. */
  isCommon(number: number): boolean {
    return Math.min(this.lines.get(number).length, this.entries.get(number).length) > onceMax;
  }
}
const none: readonly number[] = [];

/** UTR, RRN or our own order's reference, the amount and its direction. */
export function* matchUtr(work: Work, names: NameIndex, index: ReferenceIndex): Step {
  const met: { readonly line: number; readonly entry: number; readonly reference: string }[] = [];
  let seen = 0;
  for (const [number, lines] of index.lines.entries()) {
    seen += 1;
    if (seen % slice === 0) yield slice;
    if (!index.isStrong(number) || index.isCommon(number)) continue;
    for (const line of lines) {
      for (const entry of index.entries.get(number)) {
        if (work.line(line).amount !== work.entry(entry).amount) continue;
        met.push({ line, entry, reference: index.textOf(number) });
        names.settle(work.line(line), work.entry(entry));
      }
    }
  }
  const pairs = new Pairs();
  for (const { line, entry, reference } of met) {
    seen += 1;
    if (seen % doubtSlice === 0) yield doubtSlice;
    const doubts = doubtsOf(names, work.line(line), work.entry(entry));
    if (Math.abs(work.line(line).day - work.entry(entry).day) > work.options.utrDays) doubts.push('far_apart');
    pairs.add({ line, entry, reference, meeting: null, doubts });
  }
  yield* pairs.settle(work, 'utr');
}

function doubtsOf(names: NameIndex, line: LineItem, entry: EntryItem): Doubt[] {
  const doubt = names.doubtOf(line, entry);
  return doubt === null ? [] : [doubt];
}

/** The number of a cheque, or any other reference, the amount and days that are not too far apart. */
export function* matchReferences(work: Work, names: NameIndex, index: ReferenceIndex): Step {
  const pairs = new Pairs();
  yield* chequePairs(work, names, pairs);
  let seen = 0;
  for (const [number, lines] of index.lines.entries()) {
    seen += 1;
    if (seen % slice === 0) yield slice;
    const entries = index.entries.get(number);
    const isCommon = index.isCommon(number);
    for (const group of byAmount(work, lines, entries)) {
      for (const { line, entry } of group) {
        const [ours, theirs] = [work.line(line), work.entry(entry)];
        if (Math.abs(ours.day - theirs.day) > work.options.referenceDays) continue;
        const doubts = doubtsOf(names, ours, theirs);
        if (isCommon) doubts.push('common_reference');
        if (differ(ours, theirs)) doubts.push('references_differ');
        pairs.add({ line, entry, reference: index.textOf(number), meeting: null, doubts });
      }
    }
  }
  yield* pairs.settle(work, 'reference');
}

/** A cheque that was given out clears later, hardly ever before its day; nobody pays it after three months. */
const chequeEarlyDays = 3;

function* chequePairs(work: Work, names: NameIndex, pairs: Pairs): Step {
  const numbers = new Numbering<string>();
  const [lines, entries] = [new Lists(), new Lists()];
  for (const { cheque, at } of work.lines) if (cheque !== null) lines.add(numbers.of(cheque), at);
  for (const { cheque, at } of work.entries) if (cheque !== null) entries.add(numbers.of(cheque), at);
  let seen = 0;
  for (const [number, ours] of lines.entries()) {
    seen += 1;
    if (seen % slice === 0) yield slice;
    for (const group of byAmount(work, ours, entries.get(number))) {
      for (const { line, entry } of group) {
        const [of, by] = [work.line(line), work.entry(entry)];
        const days = of.day - by.day;
        if (days < -chequeEarlyDays || days > work.options.chequeDays) continue;
        const doubts = doubtsOf(names, of, by);
        pairs.add({ line, entry, reference: by.cheque, meeting: null, doubts });
      }
    }
  }
}

/** Which of the lines and entries have one amount, in groups that are not too large to be looked at pair by pair. */
function* byAmount(
  work: Work,
  lines: readonly number[],
  entries: readonly number[],
): Generator<readonly { readonly line: number; readonly entry: number }[], void, void> {
  if (entries.length === 0) return;
  const groups = new Map<number, { readonly lines: number[]; readonly entries: number[] }>();
  for (const at of lines) {
    if (!work.isLineOpen(at)) continue;
    const { amount } = work.line(at);
    const group = groups.get(amount);
    if (group === undefined) groups.set(amount, { lines: [at], entries: [] });
    else group.lines.push(at);
  }
  for (const at of entries) if (work.isEntryOpen(at)) groups.get(work.entry(at).amount)?.entries.push(at);
  for (const group of groups.values()) {
    if (group.lines.length * group.entries.length > productMax) continue;
    yield group.lines.flatMap((line) => group.entries.map((entry) => ({ line, entry })));
  }
}

/** Both have a number of the kind that names one payment, and none is the same: two payments, or a number that was mistyped. */
export function differ(line: LineItem, entry: EntryItem): boolean {
  if (line.cheque !== null && entry.cheque !== null && line.cheque !== entry.cheque) return true;
  const theirs = entry.references.filter(({ text }) => isBankNumber(text));
  if (theirs.length === 0) return false;
  const ours = line.references.filter(({ text }) => isBankNumber(text));
  return ours.length > 0 && !theirs.some(({ text }) => ours.some((other) => other.text === text));
}
