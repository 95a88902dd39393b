import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertReaching } from './assert-reaching.ts';

/** Counts a number that is drawn once in some hundred times. */
function rare() {
  let [met, runs] = [0, 0];
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (drawn) => {
    runs++;
    if (drawn === 117) met++;
  });
  return { property, count: () => met, runs: () => runs };
}

it('goes on with other numbers until it came across what is rare', async () => {
  const { property, count, runs } = rare();
  await assertReaching(property, 100, ['117'], count);
  expect(count()).toBeGreaterThan(0);
  expect(runs() % 100).toBe(0);
});

it('fails where something is never met, and says what', async () => {
  const { property, count } = rare();
  const met = (name: string): number => (name === 'never' ? 0 : count());
  await expect(assertReaching(property, 10, ['never'], met)).rejects.toThrow('never came to: never');
});

it('fails at once where the property does not hold', async () => {
  const property = fc.asyncProperty(fc.nat(), async (drawn) => drawn < 0);
  await expect(assertReaching(property, 10, ['never'], () => 1)).rejects.toThrow('Property failed');
});
