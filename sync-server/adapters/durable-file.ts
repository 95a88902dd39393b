import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file whole or not at all, such that it survives a power cut once this answers: under another name, synced, renamed, and
 * the folder synced too.
 */
export async function writeWhole(file: string, bytes: Uint8Array | string, mode = 0o600): Promise<void> {
  await putInPlace(file, bytes, mode, rename);
}

/** As `writeWhole`, but leaves a file alone that is there already. @returns whether this is the one that made it */
export async function writeFirst(file: string, bytes: Uint8Array | string, mode = 0o600): Promise<boolean> {
  try {
    await putInPlace(file, bytes, mode, async (building) => {
      await link(building, file);
      await rm(building);
    });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

async function putInPlace(
  file: string,
  bytes: Uint8Array | string,
  mode: number,
  move: (building: string, file: string) => Promise<void>,
): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const building = `${file}.tmp-${randomUUID()}`;
  try {
    const handle = await open(building, 'wx', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await move(building, file);
  } catch (thrown) {
    await rm(building, { force: true });
    throw thrown;
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle of a folder to sync; its rename is journalled by the file system.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
