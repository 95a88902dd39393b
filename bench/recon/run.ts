// npm run bench:recon [-- --lines 10000,100000] [--json]: matching the lines of a bank with as many entries of the books, of which the truth
// is known, against joins by exact number, cheque and name in better-sqlite3 over the same rows in the same run. The peer does without
// batches, rules, names that are cut off and everything else that costs time; what it finds and misses is counted the same way.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Proposal } from '../../shared/domain/matching/model.ts';
import { matchSteps } from '../../shared/domain/matching/propose.ts';
import { type ReconScore, scoreProposals } from '../../shared/testing/recon-score.ts';
import { type ReconHistory, reconHistory } from '../../shared/testing/recon-truth.ts';
import { startPeer } from '../peer-process.ts';
import { median, reporter } from '../report.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, lines: { type: 'string' } } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const report = reporter(values.json === true);
const sizes = (values.lines ?? '10000,100000').split(',').map(Number);
const [warmRounds, rounds] = [1, 3];
const seed = 4_711;
const MiB = 2 ** 20;

interface Run {
  readonly ms: number;
  /** The longest that nothing else could have run. */
  readonly longestStepMs: number;
  readonly peakBytes: number;
  readonly proposals: readonly Proposal[];
}

const medians: { readonly lines: number; readonly ours: number; readonly peer: number }[] = [];
for (const lines of sizes) {
  if (!Number.isSafeInteger(lines) || lines < 1_000) throw new Error('--lines is a whole number from 1000');
  medians.push(await measure(lines));
}
const [smallest, largest] = [medians[0], medians.at(-1)];
if (smallest !== undefined && largest !== undefined && smallest !== largest) {
  const more = largest.lines / smallest.lines;
  const peer = `better-sqlite3, over ${more} times the lines`;
  const growth = { value: largest.ours / smallest.ours, peerValue: largest.peer / smallest.peer };
  report({ metric: `growth_of_matching.${largest.lines}`, unit: 'x', ...growth, peer });
  report({
    metric: `growth_per_line.${largest.lines}`,
    unit: 'x',
    value: growth.value,
    peer: 'lines',
    peerValue: more,
  });
}

async function measure(lines: number): Promise<(typeof medians)[number]> {
  const dir = path.join(root, '.data', 'bench-recon');
  mkdirSync(dir, { recursive: true });
  const [from, to] = [path.join(dir, `${lines}.json`), path.join(dir, `${lines}-found.json`)];
  const history = reconHistory(seed, lines);
  writeFileSync(from, peerRows(history));
  const peer = startPeer('', fileURLToPath(new URL('peer.mjs', import.meta.url)));
  const [ours, theirs]: [Run[], number[]] = [[], []];
  let peerBytes = 0;
  for (let round = 0; round < warmRounds + rounds; round += 1) {
    const run = matchOnce(history);
    const answer = await peer.ask({ from, to });
    if (round < warmRounds) continue;
    ours.push(run);
    theirs.push(answer.ms);
    peerBytes = Math.max(peerBytes, answer.rssBytes);
  }
  await peer.close();
  const name = 'better-sqlite3';
  const [value, peerValue] = [median(ours.map(({ ms }) => ms)), median(theirs)];
  report({ metric: `matching.${lines}`, unit: 'ms', value, peer: name, peerValue });
  const longest = median(ours.map(({ longestStepMs }) => longestStepMs));
  report({ metric: `longest_step.${lines}`, unit: 'ms', value: longest, peer: `${name}, all at once`, peerValue });
  const peak = Math.max(...ours.map(({ peakBytes }) => peakBytes)) / MiB;
  report({ metric: `memory_of_process.${lines}`, unit: 'MiB', value: peak, peer: name, peerValue: peerBytes / MiB });
  quality(
    lines,
    scoreProposals(history, ours[0]?.proposals ?? []),
    scoreProposals(history, peerProposals(history, to)),
  );
  return { lines, ours: value, peer: peerValue };
}

function matchOnce({ lines, entries, rules }: ReconHistory): Run {
  const begun = performance.now();
  const steps = matchSteps(lines, entries, rules);
  let [longestStepMs, peakBytes, count] = [0, 0, 0];
  for (;;) {
    const before = performance.now();
    const step = steps.next();
    longestStepMs = Math.max(longestStepMs, performance.now() - before);
    count += 1;
    if (count % 32 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    if (step.done === true) return { ms: performance.now() - begun, longestStepMs, peakBytes, proposals: step.value };
  }
}

function quality(lines: number, ours: ReconScore, theirs: ReconScore): void {
  const percent = (part: number, whole: number): number => (100 * part) / whole;
  const right = ({ automatic, wrong }: ReconScore): number => percent(automatic - wrong.length, automatic);
  const peer = 'better-sqlite3';
  report({ metric: `precision.${lines}`, unit: '%', value: right(ours), peer, peerValue: right(theirs) });
  report({ metric: `wrong.${lines}`, unit: '', value: ours.wrong.length, peer, peerValue: theirs.wrong.length });
  const recall = ({ found, matchable }: ReconScore): number => percent(found, matchable);
  report({ metric: `recall_of_matchable.${lines}`, unit: '%', value: recall(ours), peer, peerValue: recall(theirs) });
  const overall = ({ automatic, wrong, all }: ReconScore): number => percent(automatic - wrong.length, all);
  report({ metric: `automatic_of_all.${lines}`, unit: '%', value: overall(ours), peer, peerValue: overall(theirs) });
}

/** The rows as the peer takes them, with days counted and the cheque numbers read out, so that it need not. */
function peerRows({ lines, entries }: ReconHistory): string {
  const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
  const cheque = (text: string | null | undefined): string | null =>
    /^\d{6}$/.test(text ?? '') ? (text ?? null) : null;
  return JSON.stringify({
    lines: lines.map(({ date, debitPaise, creditPaise, chequeNo, narration, reference }) => ({
      day: dayOf(date),
      paise: String(creditPaise - debitPaise),
      cheque: cheque(chequeNo),
      narration,
      reference,
    })),
    entries: entries.map(({ date, debitPaise, creditPaise, references, parties }) => ({
      day: dayOf(date),
      paise: String(debitPaise - creditPaise),
      cheque: cheque(references[0]),
      party: parties[0] ?? '',
      references,
    })),
  });
}

function peerProposals({ lines, entries }: ReconHistory, file: string): readonly Proposal[] {
  const found = JSON.parse(readFileSync(file, 'utf8')) as readonly (readonly [number, number])[];
  const because = {
    reference: null,
    party: null,
    partyWords: [],
    linesPaise: 0n,
    entriesPaise: 0n,
    daysApart: null,
    doubts: [],
  };
  return found.map(([line, entry]) => ({
    pass: 'utr',
    lineIds: [lines[line]?.id ?? ''],
    voucherLineIds: [entries[entry]?.voucherLineId ?? ''],
    isAutomatic: true,
    because,
    posting: null,
  }));
}
