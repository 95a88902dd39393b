import fc from 'fast-check';

const roundsMax = 12;

/**
 * Checks a property that would hold as well where nothing happens: it also has to come across everything that is wanted. What is rare may be
 * missed with some seeds, so the property is checked with further ones until all of it was met; twelve rounds without it are no accident.
 * @param count how often something was come across so far
 * @throws also where something was never met
 */
export async function assertReaching<Ts>(
  property: fc.IAsyncProperty<Ts>,
  numRuns: number,
  wanted: readonly string[],
  count: (name: string) => number,
): Promise<void> {
  const { seed = 0 } = fc.readConfigureGlobal();
  for (let round = 0; round < roundsMax; round++) {
    await fc.assert(property, { numRuns, seed: (seed + round) | 0 });
    if (wanted.every((name) => count(name) > 0)) return;
  }
  const missing = wanted.filter((name) => count(name) === 0);
  throw new Error(`${roundsMax} rounds of ${numRuns} runs never came to: ${missing.join(', ')}`);
}
