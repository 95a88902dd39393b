// `rotate.fixture.ts FOLDER STEP`: rotates the vault in the folder and kills itself hard just before its STEPth act on the disk.
import fs from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { devFileStore } from '../keychain/dev-file-store.ts';
import { Vault } from './vault.ts';

const [folder = '', step = '0'] = process.argv.slice(2);
let count = 0;
const dying =
  (act: (...args: never[]) => unknown) =>
  (...args: never[]): unknown => {
    if (++count === Number(step)) process.kill(process.pid, 'SIGKILL');
    return act(...args);
  };
const { openSync, writeFileSync, fsyncSync, renameSync, rmSync } = fs;
const acts = { openSync, writeFileSync, fsyncSync, renameSync, rmSync };
Object.assign(fs, Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, dying(act)])));

const vault = new Vault({
  file: path.join(folder, 'vault.json'),
  keychain: async () => devFileStore(path.join(folder, 'secrets')),
  clock: systemClock,
  random: systemRandom,
});
await vault.rotate();
process.stdout.write(`${count} acts\n`);
