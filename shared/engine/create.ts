import fs from 'node:fs';
import path from 'node:path';
import type { Extensions } from '@electric-sql/pglite';
import type { Random } from '../ports/random.ts';
import { copyTree, fsyncDir, fsyncTree, randomSuffix } from './files.ts';
import { initialise } from './initialise.ts';
import type { Log } from './start.ts';
import { readTemplate } from './template.ts';

export interface CreateOptions {
  readonly dir: string;
  readonly templateDir?: string | undefined;
  readonly extensions?: Extensions | undefined;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Makes a data directory where there is none. It is built under another name, synced file by file, and only then given
 * its name by one rename: after a crash at any moment there is either no directory (and the next start sweeps the
 * leftover and begins again) or a whole one.
 *
 * @returns whether a fitting template was copied (about half a second) rather than initdb run (several seconds)
 */
export async function createDataDir(options: CreateOptions): Promise<{ readonly fromTemplate: boolean }> {
  const building = `${options.dir}.tmp-${randomSuffix(options.random)}`;
  const template = readTemplate(options.templateDir);
  if (template === null) await initialise(building, options.extensions, options.log);
  else {
    await copyTree(template.dataDir, building);
    for (const folder of template.emptyFolders) fs.mkdirSync(path.join(building, folder), { recursive: true });
  }
  fs.chmodSync(building, 0o700);
  await fsyncTree(building);
  // An empty directory under the name (made by hand, or a mount of the wrong level) may stand in the way on Windows.
  if (fs.existsSync(options.dir)) fs.rmdirSync(options.dir);
  fs.renameSync(building, options.dir);
  fsyncDir(path.dirname(options.dir));
  return { fromTemplate: template !== null };
}
