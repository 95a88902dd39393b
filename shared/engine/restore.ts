import fs from 'node:fs';
import path from 'node:path';
import { type Random, systemRandom } from '../ports/random.ts';
import { dataFolder, readStamp } from './backup.ts';
import { copyTree, fsyncDir, fsyncTree, randomSuffix, removeTree } from './files.ts';
import { canonicalDir, lockDir } from './lock.ts';

/** A whole, synced copy that only waits for the former books to be moved aside. */
const readyDir = (dir: string): string => `${dir}.restore-ready`;

/**
 * Puts a backup in the place of the books. What stood there is kept beside it as `<dir>.before-restore-…`, because a
 * restore may be a mistake too. The engine must not be open.
 *
 * @returns where the former books are now, or null when there were none
 * @throws MunimError ENGINE_LOCKED, ENGINE_BACKUP_UNVERIFIED when the backup is not whole
 */
export async function restoreBackup(
  backupDir: string,
  dir: string,
  random: Random = systemRandom,
): Promise<{ readonly former: string | null }> {
  readStamp(backupDir);
  const target = canonicalDir(dir);
  const lock = await lockDir(target, random);
  try {
    await finishRestore(target);
    const building = `${target}.tmp-${randomSuffix(random)}`;
    await copyTree(path.join(backupDir, dataFolder), building);
    await fsyncTree(building);
    fs.renameSync(building, readyDir(target));
    fsyncDir(path.dirname(target));
    let former: string | null = null;
    if (fs.existsSync(target)) {
      former = `${target}.before-restore-${randomSuffix(random)}`;
      fs.renameSync(target, former);
    }
    fs.renameSync(readyDir(target), target);
    fsyncDir(path.dirname(target));
    return { former };
  } finally {
    await lock.release();
  }
}

/**
 * Settles a restore that was interrupted. Between its two renames there are no books under the name, and a start would
 * make empty ones: so a waiting copy takes the name when nobody has it. When the former books still stand in place the
 * restore had not begun to show, and the copy is dropped. Only the holder of the lock may call it.
 */
export async function finishRestore(dir: string): Promise<void> {
  if (!fs.existsSync(readyDir(dir))) return;
  if (fs.existsSync(dir)) {
    await removeTree(readyDir(dir));
    return;
  }
  fs.renameSync(readyDir(dir), dir);
  fsyncDir(path.dirname(dir));
}
