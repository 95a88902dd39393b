import { describe, expect, it } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { Seeded } from '../torture/seeded.ts';
import { type FuzzTarget, fuzz } from './fuzz.ts';
import { INPUT_BYTES_MAX, mutated } from './mutate.ts';
import { fuzzTargets, targetsNamed } from './targets.ts';

const text = new TextEncoder();
const seeds = [text.encode('amount 125, 17.50 INR'), text.encode('<a>b</a>')] as const;
const shortRun = { inputs: 2_000, seed: runSeed(), boundMs: null };

/** The short form of `npm run fuzz`. */
describe('the readers of what others wrote', () => {
  it.each(fuzzTargets.map((target) => [target.name, target] as const))(
    '%s answers every input',
    async (_name, target) => {
      const report = await fuzz(target, shortRun);
      expect(report.findings.map(({ what }) => what)).toEqual([]);
      expect(report.inputs).toBe(shortRun.inputs);
      // Else only the first check would have been tried.
      expect(report.taken).toBeGreaterThan(target.isSealed === true ? 0 : shortRun.inputs / 100);
    },
  );

  it('have names of their own, by which they are chosen', () => {
    expect(new Set(fuzzTargets.map(({ name }) => name)).size).toBe(fuzzTargets.length);
    expect(targetsNamed('ofx').map(({ name }) => name)).toEqual(['ofx']);
    expect(() => targetsNamed('nobody')).toThrow(/mt940/);
  });

  it.each(fuzzTargets.map((target) => [target.name, target] as const))(
    '%s takes its own seeds',
    async (_name, target) => {
      const inputs = target.seeds().length;
      const report = await fuzz(target, { ...shortRun, inputs });
      expect(report).toMatchObject({ inputs, taken: inputs, findings: [] });
    },
  );
});

describe('the fuzzer', () => {
  const failing = (
    fails: (input: string) => boolean,
    problem: () => unknown = () => new TypeError('oh'),
  ): FuzzTarget => ({
    name: 'failing',
    seeds: () => seeds,
    run: (input) => {
      if (fails(new TextDecoder().decode(input))) throw problem();
    },
  });

  it('finds what fails on a number, a cut, a repeat and a bad letter, and the same with the same seed', async () => {
    const faults: readonly ((input: string) => boolean)[] = [
      (input) => /\d{19}/.test(input),
      (input) => /^<a>b?$/.test(input),
      (input) => /(?:17\.50.*){3}/s.test(input),
      (input) => input.includes('\ufffd'),
      (input) => input.includes('__proto__'),
      (input) => input.length > 2_000,
    ];
    for (const fails of faults) {
      const options = { inputs: 20_000, seed: 7, boundMs: null, findingsMax: 1 };
      const [first] = (await fuzz(failing(fails), options)).findings;
      expect(first?.what).toMatch(/TypeError: oh/);
      expect((await fuzz(failing(fails), options)).findings[0]?.input).toEqual(first?.input);
    }
  });

  it('takes a refusal of the catalogue for an answer, but not a fault of our own', async () => {
    const run = (problem: MunimError) =>
      fuzz(
        failing(
          () => true,
          () => problem,
        ),
        { ...shortRun, inputs: 5 },
      );
    expect(await run(new MunimError('STATEMENT_EMPTY'))).toMatchObject({ findings: [], taken: 0 });
    expect((await run(new MunimError('INTERNAL'))).findings).toHaveLength(5);
  });

  it('names an input that takes longer than its size explains', async () => {
    const slow: FuzzTarget = {
      name: 'slow',
      seeds: () => seeds,
      run: (input) => {
        const until = performance.now() + (input[0] === 0x3c ? 20 : 0);
        while (performance.now() < until);
      },
    };
    const { findings } = await fuzz(slow, { inputs: 2, seed: 1, boundMs: () => 10 });
    expect(findings.map(({ what }) => what)).toContainEqual(expect.stringMatching(/^\d+ ms for 8 bytes$/));
  });

  it('never makes an input that is larger than it says', () => {
    const random = new Seeded(runSeed());
    const sizes = Array.from({ length: 5_000 }, () => mutated(seeds, random).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(INPUT_BYTES_MAX);
    expect(new Set(sizes).size).toBeGreaterThan(100);
  });
});
