import { type Charge, type RuleBook, readCharge } from './charges.ts';
import type { Doubt, ProposedPosting } from './model.ts';
import { slice } from './pairs.ts';
import type { ReferenceIndex } from './pass-reference.ts';
import { withoutOne } from './references.ts';
import { type Step, span, sumOf, type Work } from './work.ts';

/** A settlement whose difference still has to be explained. */
interface NetBatch {
  readonly lines: readonly number[];
  readonly entries: readonly number[];
  readonly reference: string;
  readonly ruleId: string | null;
  readonly charge: Charge | null;
  readonly posting: ProposedPosting;
  readonly doubts: readonly Doubt[];
}

/** A rate has to have explained so many settlements before it is believed. */
const rateSeenMin = 2;
const linesMax = 50;

/**
 * Several entries under one reference that are one line of the bank, or the other way round: payments sent together, receipts that a gateway
 * settled together, exactly or less what it keeps.
 */
export function* matchBatches(work: Work, index: ReferenceIndex, rules: RuleBook): Step {
  const nets: NetBatch[] = [];
  let seen = 0;
  for (const [number, entriesWith] of index.entries.entries()) {
    seen += 1;
    if (seen % slice === 0) yield slice;
    const linesWith = index.lines.get(number);
    if (linesWith.length === 0 || linesWith.length > linesMax) continue;
    const lines = linesWith.filter((at) => work.isLineOpen(at));
    const entries = entriesWith.filter((at) => work.isEntryOpen(at));
    if (lines.length === 0 || entries.length === 0 || lines.length + entries.length < 2) continue;
    const reference = index.textOf(number);
    const kept = sumOf(entries.map((at) => work.entry(at))) - sumOf(lines.map((at) => work.line(at)));
    const doubts: Doubt[] = isFarApart(work, lines, entries) ? ['far_apart'] : [];
    if (!index.isStrong(number)) doubts.push('common_reference');
    if (lines.length > 1 && entries.length > 1) doubts.push('several_fit');
    if (kept === 0n && lines.length + entries.length > 2) {
      work.propose(lines, entries, { pass: 'batch', reference, doubts });
    } else if (kept > 0n && lines.length === 1) {
      const net = netBatch(work, rules, { lines, entries, reference, kept, doubts });
      if (net !== null) nets.push(net);
    }
  }
  yield* settleNets(work, index, nets);
}

interface Difference {
  readonly lines: readonly number[];
  readonly entries: readonly number[];
  readonly reference: string;
  readonly kept: bigint;
  readonly doubts: readonly Doubt[];
}

function netBatch(
  work: Work,
  rules: RuleBook,
  { lines, entries, reference, kept, doubts }: Difference,
): NetBatch | null {
  const line = work.line(lines[0] ?? 0);
  // What is kept of money that comes in is a charge; a payment for less than its entries is none.
  if (line.paise <= 0n) return null;
  const gross = entries.map((at) => work.entry(at).paise);
  const charge = readCharge(gross, kept, work.options.chargeMaxBasisPoints);
  if (charge === null) return null;
  const [rule, other] = rules.fitting(line.line.narration, 'out');
  const more: Doubt[] = [...doubts];
  if (rule === undefined) more.push('no_charge_rule');
  if (other !== undefined && other.accountCode !== rule?.accountCode) more.push('several_fit');
  const posting: ProposedPosting = {
    ruleId: rule?.id ?? null,
    accountCode: rule?.accountCode ?? null,
    narration: rule?.narration ?? null,
    paise: -kept,
    fee: charge,
  };
  return { lines, entries, reference, ruleId: rule?.id ?? null, charge, posting, doubts: more };
}

function* settleNets(work: Work, index: ReferenceIndex, nets: readonly NetBatch[]): Step {
  const rates = new Map<string, Set<number>>();
  const rateOf = ({ ruleId, charge }: NetBatch): string | null =>
    charge === null || charge.basisPoints === null ? null : `${ruleId} ${charge.basisPoints}`;
  for (const net of nets) {
    const rate = rateOf(net);
    if (rate !== null) rates.set(rate, (rates.get(rate) ?? new Set()).add(net.lines[0] ?? 0));
  }
  const nearly = new Set<string>();
  yield* collectNearly(work, index, nets, nearly);
  for (const net of nets) {
    const { lines, entries, reference, posting } = net;
    // Another reference of the same line may have taken them meanwhile.
    if (!lines.every((at) => work.isLineOpen(at)) || !entries.every((at) => work.isEntryOpen(at))) continue;
    const rate = rateOf(net);
    const doubts = [...net.doubts];
    if (rate === null || (rates.get(rate)?.size ?? 0) < rateSeenMin) doubts.push('charge_unproved');
    if (nearly.has(reference)) doubts.push('nearly_same_reference');
    work.propose(lines, entries, { pass: 'batch', reference, doubts, posting });
  }
}

/** An entry that nothing met may belong to a settlement whose reference was mistyped in it; then the charge would be read wrongly. */
function* collectNearly(work: Work, index: ReferenceIndex, nets: readonly NetBatch[], nearly: Set<string>): Step {
  const wanted = new Map<string, string[]>();
  for (const { reference } of nets) {
    for (const part of [reference, ...withoutOne(reference)]) {
      const known = wanted.get(part);
      if (known === undefined) wanted.set(part, [reference]);
      else known.push(reference);
    }
  }
  for (const entry of work.entries) {
    if (entry.at % slice === slice - 1) yield slice;
    if (wanted.size === 0 || entry.paise <= 0n || !work.isEntryOpen(entry.at)) continue;
    if (entry.references.some(({ text }) => index.linesWith(text, true).length > 0)) continue;
    for (const { text } of entry.references) {
      for (const reference of wanted.get(text) ?? []) nearly.add(reference);
      for (const part of withoutOne(text)) for (const reference of wanted.get(part) ?? []) nearly.add(reference);
    }
  }
}

function isFarApart(work: Work, lines: readonly number[], entries: readonly number[]): boolean {
  const [ours, theirs] = [span(lines.map((at) => work.line(at))), span(entries.map((at) => work.entry(at)))];
  if (ours === null || theirs === null) return true;
  const { settlementDays, partyDays } = work.options;
  return ours.last - theirs.first > settlementDays || theirs.last - ours.first > partyDays;
}
