/**
 * The one number all random tests of a run derive from. `SEED=123 npx vitest run …` repeats a run exactly; without it a fresh
 * seed is made from the clock, written back to the environment so that every worker of the run uses the same.
 * @returns an integer from 1 to 2^31 - 1
 */
export function chooseSeed(env: Record<string, string | undefined>, nowMs: number): number {
  const asked = env.SEED;
  if (asked !== undefined && asked !== '') {
    const seed = Number.parseInt(asked, 10);
    if (!/^\d+$/.test(asked) || seed < 1 || seed > 0x7fff_ffff) {
      throw new Error(`SEED must be an integer from 1 to 2147483647, not "${asked}".`);
    }
    return seed;
  }
  const seed = Math.imul(nowMs % 0x7fff_ffff, 48_271) >>> 1 || 1;
  env.SEED = String(seed);
  return seed;
}

/** The seed of the running test process, for simulators and fuzzers that draw their own numbers. */
export const runSeed = (): number => chooseSeed(process.env, Date.now());
