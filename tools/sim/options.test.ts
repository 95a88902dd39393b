import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan, repeatCommand, type Shape } from './options.ts';

const shapes: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer({ min: 1 }),
  steps: fc.integer({ min: 1 }),
  restEvery: fc.integer({ min: 1 }),
  rough: fc.boolean(),
  restores: fc.boolean(),
  former: fc.boolean(),
  mutant: fc.constantFrom('', 'a desk takes', "the server's word"),
});

/** What a shell makes of the line, as far as it is used here. */
function split(line: string): { readonly seed: string; readonly args: readonly string[] } {
  const [env = '', ...words] = [...line.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\(')/g, (_, quoted: string | undefined, bare: string | undefined) => quoted ?? bare ?? ''),
  );
  expect(words.slice(0, 4)).toEqual(['npm', 'run', 'sim', '--']);
  return { seed: env.replace('SEED=', ''), args: words.slice(4) };
}

describe('the command that repeats a run', () => {
  it('says everything that shapes it', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { seed, args } = split(repeatCommand(shape));
        const plan = readPlan(args, { SEED: seed }, 2);
        expect({ ...plan.shape, seed: plan.first }).toEqual(shape);
        expect(plan.count).toBe(1);
      }),
    );
  });

  it('says nothing that goes without saying', () => {
    const { shape } = readPlan([], {}, 2);
    expect(repeatCommand({ ...shape, seed: 7 })).toBe('SEED=7 npm run sim --');
  });
});

describe('the command line', () => {
  it('has a number where it takes one, and no option that is not there', () => {
    for (const text of ['0', '-1', 'many', '1.5', '']) expect(() => readPlan(['--steps', text], {}, 2)).toThrow();
    expect(() => readPlan(['--seed', '1', '--restless'], {}, 2)).toThrow(/restless/);
  });

  it('runs the seeds it is told of on no more processes than there are seeds', () => {
    expect(readPlan(['--seeds', '3', '--from', '5'], {}, 8)).toMatchObject({ first: 5, count: 3, workers: 3 });
    expect(readPlan(['--seeds', '9', '--seed', '4'], {}, 8)).toMatchObject({ first: 4, count: 1, workers: 1 });
  });
});
