import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../ports/random.ts';
import { canonicalDir, lockDir } from './lock.ts';
import { testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;

beforeEach(() => {
  home = testFolder('disk');
});
afterEach(() => home.remove());

const take = (dir: string) => lockDir(canonicalDir(dir), systemRandom);

/** Runs a program in another Node and gives back what it printed. */
function run(program: string, args: readonly string[]): { child: ChildProcess; output: Promise<string> } {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(text);
      else reject(new Error(`a contender ended with ${code ?? signal}`));
    });
  });
  return { child, output };
}

describe('the lock of a data directory', () => {
  it('refuses a second holder by name and frees on release', async () => {
    const dir = path.join(home.folder, 'books');
    const lock = await take(dir);
    await expect(take(dir)).rejects.toMatchObject({ code: 'ENGINE_LOCKED', details: { pid: String(process.pid) } });
    await lock.release();
    await (await take(dir)).release();
  });

  it('sees one directory through symbolic links and dots, before and after it exists', async () => {
    const real = path.join(home.folder, 'real');
    fs.mkdirSync(real);
    fs.symlinkSync(real, path.join(home.folder, 'link'));
    const lock = await take(path.join(real, 'books'));
    await expect(take(path.join(home.folder, 'link', 'books'))).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
    fs.mkdirSync(path.join(real, 'books'));
    fs.symlinkSync(path.join(real, 'books'), path.join(home.folder, 'other'));
    await expect(take(path.join(home.folder, 'other'))).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
    await expect(take(path.join(real, '..', 'real', 'books'))).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
    await lock.release();
  });

  it('works under a path far longer than a socket address', async () => {
    const dir = path.join(home.folder, ...Array.from({ length: 8 }, () => 'a folder with a long name'), 'books');
    const lock = await take(dir);
    await expect(take(dir)).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
    await lock.release();
  });

  it('does not keep two different directories apart from their own holders', async () => {
    const one = await take(path.join(home.folder, 'one'));
    const two = await take(path.join(home.folder, 'two'));
    await one.release();
    await two.release();
  });

  it.runIf(process.platform === 'linux')(
    'has at most one holder while processes race, release and are killed',
    async () => {
      const dir = canonicalDir(path.join(home.folder, 'books'));
      const holderFile = path.join(home.folder, 'holder');
      const end = Date.now() + 8_000;
      let printed = '';
      const contender = async (): Promise<void> => {
        // A contender that killed itself is followed by the next one.
        while (Date.now() < end) {
          const left = String(end - Date.now());
          printed += await run('shared/engine/lock-contender.fixture.ts', [dir, holderFile, left]).output;
        }
      };
      await Promise.all(Array.from({ length: 6 }, contender));
      const words = printed.split('\n');
      expect(words.filter((word) => word.startsWith('VIOLATION'))).toEqual([]);
      expect(words.filter((word) => word === 'held').length).toBeGreaterThan(10);
      expect(words.filter((word) => word === 'refused').length).toBeGreaterThan(0);
      // What the dead leave behind does not pile up.
      await (await take(dir)).release();
      expect(fs.readdirSync(`${dir}.lock`)).toHaveLength(1);
    },
  );
});
