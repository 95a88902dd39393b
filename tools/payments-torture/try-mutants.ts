import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { testFolder } from '../../shared/engine/testing.ts';
import { projectRoot } from '../run.ts';
import { edited } from '../sim/edit.ts';
import { type Mutant, mutants } from './mutants.ts';

/**
 * Plants faults in a copy of the sources, one after the other, and runs the torture over it until it finds what each must show.
 * `node tools/payments-torture/try-mutants.ts [part of a name]`; ends with code 1 when one is not found.
 */
const left: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', '.data', 'docs', 'e2e', 'bench']);
const seeds = [1, 2, 3, 4];
/** Of the findings that were not looked for. */
const OTHERS_SHOWN = 5;

function copyWith({ edits }: Mutant, folder: string): void {
  fs.cpSync(projectRoot, folder, { recursive: true, filter: (from) => !left.has(path.relative(projectRoot, from)) });
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
  for (const file of new Set(edits.map((edit) => edit.file))) {
    fs.writeFileSync(path.join(folder, file), edited(file, edits));
  }
}

function run(folder: string, seed: number, options: readonly string[]): Promise<string> {
  const main = path.join(folder, 'tools', 'payments-torture', 'main.ts');
  const given = [
    '--intents',
    '80',
    '--bank',
    'neft',
    '--minutes',
    '1.5',
    '--calm',
    '0.3',
    '--seed',
    String(seed),
    ...options,
  ];
  const child = spawn(process.execPath, [main, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

const [wanted = ''] = process.argv.slice(2);
for (const mutant of mutants.filter(({ name }) => name.includes(wanted))) {
  const { folder, remove } = testFolder();
  try {
    copyWith(mutant, path.join(folder, 'copy'));
    let found: string | undefined;
    for (const seed of seeds) {
      const said = await run(path.join(folder, 'copy'), seed, mutant.options);
      found = said.split('\n').find((line) => line.startsWith('FINDING') && mutant.shows.test(line));
      if (found !== undefined) {
        console.log(`found with seed ${seed}: ${mutant.name}\n  ${found}`);
        break;
      }
      const others = said
        .split('\n')
        .filter((line) => line.startsWith('FINDING'))
        .slice(0, OTHERS_SHOWN);
      console.log([`not with seed ${seed}: ${mutant.name}`, ...others].join('\n  '));
    }
    if (found === undefined) process.exitCode = 1;
  } finally {
    remove();
  }
}
