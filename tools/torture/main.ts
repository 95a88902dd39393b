import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildTemplate } from '../../shared/engine/template.ts';
import { birthRounds, cutRounds } from './cut-rounds.ts';
import { faultRounds } from './fault-rounds.ts';
import { killRounds } from './kill-rounds.ts';
import { Seeded } from './seeded.ts';

/**
 * Shows that nothing the ledger engine acknowledges can vanish.
 * `npm run torture -- [--rounds 120] [--cuts 45] [--births 30] [--seed n] [--quiet]`; ends with code 1 on the first finding.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '120' },
    cuts: { type: 'string', default: '45' },
    births: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    quiet: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'munim-torture-'));
const progress = (line: string): void => {
  if (!values.quiet) console.log(line);
};
console.log(`torture with --seed ${seed}`);
try {
  const template = path.join(folder, 'template');
  await buildTemplate({ dir: template });
  const options = { folder, template, progress };
  const kills = await killRounds({ ...options, rounds: Number(values.rounds), random: new Seeded(seed) });
  const inside = [...kills.inside].map(([phase, times]) => `${phase} ${times}`).join(', ');
  console.log(`${kills.rounds} kills, of them inside: ${inside}; ${kills.acknowledged} acknowledgements checked`);
  const cuts = await cutRounds({ ...options, cuts: Number(values.cuts), random: new Seeded(seed + 1) });
  console.log(`${cuts.cuts} power cuts in ${cuts.operations} disk operations with ${cuts.fsyncs} fsyncs`);
  // Half of the first starts copy the template, half run initdb.
  const half = { ...options, cuts: Math.ceil(Number(values.births) / 2), random: new Seeded(seed + 2) };
  const births = [await birthRounds(half), await birthRounds({ ...half, template: '-' })];
  const born = births.reduce((sum, one) => sum + one.cuts, 0);
  console.log(
    `${born} power cuts of first starts, in ${births.map((one) => one.operations).join(' and ')} disk operations`,
  );
  const faults = await faultRounds(options);
  for (const line of faults.shown) progress(line);
  const problems = [...kills.problems, ...cuts.problems, ...births.flatMap((one) => one.problems), ...faults.problems];
  for (const problem of problems) console.error(`PROBLEM ${problem}`);
  const verdict = problems.length === 0 ? 'sound: nothing acknowledged is missing, amcheck clean' : 'NOT SOUND';
  console.log(
    `torture seed=${seed} kills=${kills.rounds} cuts=${cuts.cuts} births=${born} faults=${faults.shown.length} problems=${problems.length} ${verdict}`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
