import { act, beginBooks, wakeUp } from './acts.ts';
import type { Finding } from './checks.ts';
import { forge } from './forge.ts';
import type { Former } from './former.ts';
import type { Shape } from './options.ts';
import type { Pool } from './pool.ts';
import { rest } from './rest.ts';
import { Broken, DATABASES_MAX, World } from './world.ts';

export interface Run {
  readonly seed: number;
  readonly steps: number;
  /** The step at which it ended: the last one, or the one that broke something. */
  readonly step: number;
  readonly finding: Finding | null;
  /** The same for the same seed and steps. */
  readonly digest: string;
  readonly last: readonly string[];
  readonly acknowledged: number;
  readonly applied: number;
}

export interface RunOptions extends Omit<Shape, 'mutant' | 'former'> {
  /** The version before, for a run in which it is still in use somewhere. */
  readonly former: Former | null;
  readonly pool: Pool;
  readonly aloud: boolean;
}

/** One run of one seed. */
export async function simulate(options: RunOptions): Promise<Run> {
  const { pool, seed, steps, former, aloud, restEvery } = options;
  const world = new World({ seed, pgs: await pool.take(DATABASES_MAX), former, aloud });
  const onRejection = (thrown: unknown): void => {
    if (!(thrown instanceof Broken)) world.fault('a promise nobody waits for', thrown);
  };
  process.on('unhandledRejection', onRejection);
  let step = 0;
  try {
    await world.setUp();
    await beginBooks(world);
    for (step = 1; step <= steps; step++) {
      const restoring = act(world, options);
      // Awaiting nothing would already change the order of what follows.
      if (restoring !== undefined) await restoring;
      wakeUp(world);
      await world.pass(pause(world));
      if (step % restEvery === 0 || step === steps) await rest(world);
      if (world.broken !== null) break;
    }
    if (world.broken === null) await forge(world);
  } catch (thrown) {
    if (!(thrown instanceof Broken)) world.fault('the simulator', thrown);
  } finally {
    end(world);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', onRejection);
  }
  return {
    seed,
    steps,
    step: Math.min(step, steps),
    finding: world.broken,
    digest: world.trace.digest(),
    last: world.trace.last,
    acknowledged: world.acknowledged.length,
    applied: world.colleges.reduce((sum, { oracle }) => sum + oracle.applied.size, 0),
  };
}

/** How long until the next thing happens: people are quick where they can do something, and now and then nobody does anything. */
function pause({ chance, desks }: World): number {
  const kind = chance.below(100);
  if (desks.every((desk) => desk.running === null || desk.isBusy)) return chance.below(20_000);
  if (kind < 80) return chance.below(100);
  return kind < 97 ? chance.below(1_000) : chance.below(40_000);
}

/** Whatever is still open in a database ends with its process. */
function end(world: World): void {
  for (const desk of world.desks) desk.life?.die();
  world.server?.life.die();
}
