import './step-crypto.ts';
import fs from 'node:fs';
import path from 'node:path';
import { mutants } from './mutants.ts';
import { importFormer, importPlain, importWith } from './mutate.ts';
import { Pool } from './pool.ts';

/**
 * Runs two seeds as they are, then several with every planted fault until one run breaks as that fault must show. Prints one line of JSON
 * for each. A change of the program moves every run, so the seed that once found a fault is only where the search begins; where many have
 * moved, the search takes long: `node tools/sim/try-mutants.ts --write` notes those that were found now.
 */
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
const shape = { steps: 120, restEvery: 60, rough: true, restores: false } as const;
const isWriting = process.argv.includes('--write');
const [only] = process.argv.slice(2).filter((word) => word !== '--write');
const found = new Map<string, number>();
const pool = new Pool();
const say = (line: object): void => console.log(JSON.stringify(line));

if (only === undefined) {
  const { simulate } = await importPlain();
  const plain = { ...shape, former: null };
  const mixed = { ...shape, former: await importFormer() };
  for (const [seed, one] of [
    [1, plain],
    [2, plain],
    [1, plain],
    [1, mixed],
    [2, mixed],
  ] as const) {
    const { finding, digest, last } = await simulate({ ...one, pool, seed, aloud: false });
    say({ seed, finding, digest, last: finding === null ? [] : last });
  }
}
for (const [number, { name, shows, seed: first, former: isMixed }] of mutants.entries()) {
  if (only !== undefined && !name.includes(only)) continue;
  const program = await importWith(number);
  const former = isMixed ? await importFormer() : null;
  const begun = performance.now();
  const order = [first, ...seeds.filter((seed) => seed !== first)];
  for (const seed of order) {
    const { finding, step } = await program.simulate({ ...shape, former, pool, seed, aloud: false });
    const isFound = finding !== null && shows.includes(finding.invariant);
    if (!isFound && seed !== order.at(-1)) continue;
    if (isFound) found.set(name, seed);
    say({ name, isFound, seed, step, finding, seconds: Math.round((performance.now() - begun) / 1_000) });
    break;
  }
}
await pool.close();
if (isWriting) {
  const file = path.join(import.meta.dirname, 'mutants.ts');
  fs.writeFileSync(file, withSeeds(fs.readFileSync(file, 'utf8')));
}

/** Each fault with the seed that found it. The name comes first in each, the seed somewhere behind it. */
function withSeeds(text: string): string {
  const [head = '', ...each] = text.split(/^(?= {4}name: )/m);
  const seeded = each.map((one) => {
    const seed = [...found].find(([name]) => one.includes(`'${name}'`) || one.includes(`"${name}"`))?.[1];
    return seed === undefined ? one : one.replace(/^ {4}seed: \d+,$/m, `    seed: ${seed},`);
  });
  return head + seeded.join('');
}
