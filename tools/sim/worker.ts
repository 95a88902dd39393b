import './step-crypto.ts';
import { mutants } from './mutants.ts';
import { importFormer, importPlain, importWith } from './mutate.ts';
import type { Shape } from './options.ts';
import { Pool } from './pool.ts';

/** One process of `npm run sim`: runs the seeds that it is handed, one after the other over the same databases. */
const pool = new Pool();

async function programOf(mutant: string): Promise<typeof import('./simulate.ts')> {
  if (mutant === '') return await importPlain();
  const number = mutants.findIndex(({ name }) => name.includes(mutant));
  if (number < 0) throw new Error(`no planted fault is called ${mutant}`);
  return await importWith(number);
}

// Machines that died in the middle of something wait for ever, and may keep the process.
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ shape, aloud }: { shape: Shape; aloud: boolean }) => {
  const { simulate } = await programOf(shape.mutant);
  const from = performance.now();
  const former = shape.former ? await importFormer() : null;
  const run = await simulate({ ...shape, former, pool, aloud });
  process.send?.({ ...run, seconds: (performance.now() - from) / 1_000 });
});
