import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSeed, runSeed } from './seed.ts';

describe('the seed of a run', () => {
  it('is the one asked for', () => {
    expect(chooseSeed({ SEED: '42' }, 1)).toBe(42);
  });

  it('is made once and handed on to the workers through the environment', () => {
    const env: Record<string, string | undefined> = {};
    const made = chooseSeed(env, 1_790_000_000_000);
    expect(made).toBeGreaterThan(0);
    expect(env.SEED).toBe(String(made));
    expect(chooseSeed(env, 5)).toBe(made);
  });

  it.each(['abc', '-1', '1.5', '0', '99999999999'])('refuses %s', (asked) => {
    expect(() => chooseSeed({ SEED: asked }, 1)).toThrow(/SEED must be/);
  });

  it('drives fast-check', () => {
    expect(fc.readConfigureGlobal().seed).toBe(runSeed());
    const draw = () => fc.sample(fc.integer(), { numRuns: 5, seed: fc.readConfigureGlobal().seed ?? 0 });
    expect(draw()).toEqual(draw());
  });
});
