import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readPlan, repeatCommand } from './options.ts';
import type { Run } from './simulate.ts';

/**
 * Real desks and the real server in simulated time. `npm run sim -- [--seeds 200] [--from N] [--seed N] [--steps 400] [--restEvery 150] [--rough] [--restores]
 * [--former] [--mutant NAME] [--workers N] [--aloud]`; `SEED=n npm run sim` repeats one. Ends with code 1 after the first seed that breaks an invariant.
 */
const { shape, first, count, workers, aloud } = readPlan(process.argv.slice(2), process.env, availableParallelism());
const from = performance.now();
let next = first;
let runs = 0;
let steps = 0;
let acknowledged = 0;
let applied = 0;
let faults = 0;

function report({ seconds, ...run }: Run & { readonly seconds: number }): void {
  runs += 1;
  steps += run.step;
  acknowledged += run.acknowledged;
  applied += run.applied;
  const { seed, step, finding } = run;
  if (finding === null) {
    const done = `${run.acknowledged} saved, ${run.applied} applied`;
    console.log(`seed ${seed}: ${step} steps, ${done}, ${run.digest.slice(0, 12)}, ${seconds.toFixed(1)} s`);
    return;
  }
  faults += 1;
  console.error(run.last.join('\n'));
  console.error(`seed ${seed} broke ${finding.invariant} at step ${step}: ${finding.problem}`);
  console.error(`repeat it with: ${repeatCommand({ ...shape, seed, steps: step })}`);
}

/** Hands seeds to a process until there are none left or one was broken. */
function work(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)));
    const give = (): void => {
      if (faults > 0 || next >= first + count) child.disconnect();
      else child.send({ shape: { ...shape, seed: next++ }, aloud });
    };
    child.on('message', (run: Run & { seconds: number }) => {
      report(run);
      give();
    });
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`a process ended: ${code ?? signal}`)),
    );
    give();
  });
}

await Promise.all(Array.from({ length: workers }, work));
if (faults > 0) process.exitCode = 1;
const seconds = (performance.now() - from) / 1_000;
console.log(
  `${runs} seeds, ${steps} steps: ${acknowledged} commands saved, ${applied} applied, ${faults} faults, ${seconds.toFixed(0)} s`,
);
