import fs from 'node:fs';
import path from 'node:path';
import { type ErrorCode, toMunimError } from '../kernel/errors.ts';
import { type Random, systemRandom } from '../ports/random.ts';
import { type Backup, listBackups } from './backup.ts';
import { takeCleanStop } from './control-file.ts';
import { Disk } from './disk.ts';
import type { Engine } from './engine.ts';
import { fsyncDir, randomSuffix, treeBytes } from './files.ts';
import { canonicalDir, lockDir } from './lock.ts';
import { type EngineOptions, openEngine } from './open.ts';
import { restoreBackup } from './restore.ts';

export interface SecondLife {
  readonly engine: Engine;
  /** The backup the books came from; null when none could be used and the books are new and empty. */
  readonly backup: Backup | null;
}

/** With these another copy would fare no better. */
const notOfTheBooks: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ENGINE_LOCKED',
  'ENGINE_DISK_FULL',
  'ENGINE_NOT_DURABLE',
]);

/**
 * Opens books in the place of damaged ones: those of the newest backup that passes the check of every page, or new ones. What stood
 * there is moved aside as `<dir>.before-restore-…` or `<dir>.damaged-…` and never deleted.
 * @throws MunimError ENGINE_LOCKED, ENGINE_DISK_FULL, ENGINE_NOT_DURABLE
 */
export async function openSecondLife(options: EngineOptions, backupsDir: string): Promise<SecondLife> {
  const random = options.random ?? systemRandom;
  const dir = canonicalDir(options.dir);
  for (const backup of backupsIn(backupsDir)) {
    try {
      new Disk(dir, options.diskLimits).assertRoomFor(await treeBytes(backup.dir));
      await restoreBackup(backup.dir, dir, random);
      // Without the word that it was closed in order, every page is checked at the start.
      takeCleanStop(dir);
      return { engine: await openEngine(options), backup };
    } catch (thrown) {
      const { code } = toMunimError(thrown);
      if (code !== 'ENGINE_DISK_FULL' && notOfTheBooks.has(code)) throw thrown;
      options.log?.(`second life: the backup of ${backup.stamp.at} cannot be used: ${code}`);
    }
  }
  await setAside(dir, random);
  return { engine: await openEngine(options), backup: null };
}

/** A folder that cannot be read as a list of backups holds none that could be trusted. */
function backupsIn(backupsDir: string): readonly Backup[] {
  try {
    return listBackups(backupsDir);
  } catch {
    return [];
  }
}

async function setAside(dir: string, random: Random): Promise<void> {
  const lock = await lockDir(dir, random);
  try {
    if (!fs.existsSync(dir)) return;
    fs.renameSync(dir, `${dir}.damaged-${randomSuffix(random)}`);
    fsyncDir(path.dirname(dir));
  } finally {
    await lock.release();
  }
}
