import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreProposals } from '../../testing/recon-score.ts';
import { reconHistory } from '../../testing/recon-truth.ts';
import { runSeed } from '../../testing/seed.ts';
import { SeededRandom } from '../../testing/seeded-random.ts';
import type { Proposal } from './model.ts';
import { matchSteps, proposeMatches } from './propose.ts';

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));

function shuffled<T>(random: SeededRandom, list: readonly T[]): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const [one, two] = [mixed[at], mixed[other]];
    if (one === undefined || two === undefined) continue;
    mixed[at] = two;
    mixed[other] = one;
  }
  return mixed;
}

describe('proposed matches of histories whose truth is known', () => {
  it('are never wrong where nobody looks, and find what speaks for itself, at 2,000 lines', () => {
    const [seeds, found, matchable] = [Array.from({ length: 40 }, (_, at) => runSeed() + at), { sum: 0 }, { sum: 0 }];
    for (const seed of seeds) {
      // From a month of a large college to a year of a small one.
      const history = reconHistory(seed, 2_000, 30 + (seed % 12) * 30);
      const score = scoreProposals(history, proposeMatches(history.lines, history.entries, history.rules));
      expect(score.wrong, `seed ${seed}`).toEqual([]);
      expect(score.matchable, `seed ${seed}`).toBeGreaterThan(1_000);
      expect(score.found / score.matchable, `seed ${seed}`).toBeGreaterThan(0.95);
      found.sum += score.found;
      matchable.sum += score.matchable;
    }
    expect(found.sum / matchable.sum).toBeGreaterThanOrEqual(0.98);
  });

  it('are the same whatever order lines, entries and rules come in', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, order) => {
        const { lines, entries, rules } = reconHistory(seed, 250, 60);
        const random = new SeededRandom(order);
        const mixed = proposeMatches(shuffled(random, lines), shuffled(random, entries), shuffled(random, rules));
        expect(text(mixed)).toBe(text(proposeMatches(lines, entries, rules)));
      }),
      { numRuns: 40 },
    );
  });

  it('take every line and entry once, and nothing again that was accepted', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { lines, entries, rules } = reconHistory(seed, 400, 60);
        const first = proposeMatches(lines, entries, rules);
        const accepted = first.filter(({ isAutomatic }) => isAutomatic);
        const taken = accepted.flatMap(({ lineIds, voucherLineIds }) => [...lineIds, ...voucherLineIds]);
        expect(new Set(taken).size).toBe(taken.length);
        const gone = new Set(taken);
        const suggested = first.filter(({ isAutomatic }) => !isAutomatic);
        expect(
          suggested
            .flatMap(({ lineIds, voucherLineIds }) => [...lineIds, ...voucherLineIds])
            .filter((id) => gone.has(id)),
        ).toEqual([]);
        const again = proposeMatches(
          lines.filter(({ id }) => !gone.has(id)),
          entries.filter(({ voucherLineId }) => !gone.has(voucherLineId)),
          rules,
        );
        for (const { lineIds, voucherLineIds } of again) {
          for (const id of [...lineIds, ...voucherLineIds]) expect(gone.has(id)).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('balance: the sums are equal, or a posting says what is between them', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { lines, entries, rules } = reconHistory(seed, 300, 60);
        for (const { because, posting } of proposeMatches(lines, entries, rules)) {
          expect(because.entriesPaise + (posting?.paise ?? 0n)).toBe(because.linesPaise);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('come in steps whose progress only grows, and can be broken off', () => {
    const { lines, entries, rules } = reconHistory(runSeed(), 6_000, 200);
    const [progress, whole]: [number[], { proposals: readonly Proposal[] | null }] = [[], { proposals: null }];
    const steps = matchSteps(lines, entries, rules);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        whole.proposals = step.value;
        break;
      }
      progress.push(step.value);
    }
    expect(text(whole.proposals)).toBe(text(proposeMatches(lines, entries, rules)));
    expect(progress.length).toBeGreaterThan(60);
    expect(progress.every((value, at) => value >= (progress[at - 1] ?? 0) && value <= 1)).toBe(true);
    expect(progress.at(-1)).toBe(1);
    // A desk that shows how far it is shall not stand at the end for most of the time.
    expect(progress.filter((value) => value < 1).length).toBeGreaterThan(progress.length / 2);
    const broken = matchSteps(lines, entries, rules);
    broken.next();
    expect(broken.return([])).toEqual({ value: [], done: true });
  });
});
