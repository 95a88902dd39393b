import fs from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Random } from '../ports/random.ts';

const parallelSyncs = 16;

/** Six random bytes as hex, for names that must not collide. */
export const randomSuffix = (random: Random): string => Buffer.from(random.bytes(6)).toString('hex');

export const errorCode = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';

/** Makes a directory's own entries (created, renamed, deleted names) durable. Systems that cannot do it are let pass. */
export function fsyncDir(dir: string): void {
  if (process.platform === 'win32') return; // NTFS journals names itself and refuses the call
  const fd = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes every file and directory under `root` durable, `root` included. */
export async function fsyncTree(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const queue = files.values();
  const worker = async (): Promise<void> => {
    for (const file of queue) await fsyncFile(file);
  };
  await Promise.all(Array.from({ length: parallelSyncs }, worker));
  for (const entry of entries) if (entry.isDirectory()) fsyncDir(path.join(entry.parentPath, entry.name));
  fsyncDir(root);
}

async function fsyncFile(file: string): Promise<void> {
  // Windows syncs only through a handle that may write.
  const handle = await fs.promises.open(file, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a small file so that after a power cut either the old or the new content stands there, whole. */
export function writeFileDurably(file: string, content: string): void {
  const temporary = `${file}.new`;
  const fd = fs.openSync(temporary, 'w', 0o600);
  try {
    fs.writeFileSync(fd, content);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  fs.renameSync(temporary, file);
  fsyncDir(path.dirname(file));
}

/** Copies a tree; shares blocks where the file system can. */
export async function copyTree(from: string, to: string): Promise<void> {
  await fs.promises.cp(from, to, {
    recursive: true,
    errorOnExist: true,
    force: false,
    mode: fs.constants.COPYFILE_FICLONE,
  });
}

export const removeTree = (target: string): Promise<void> =>
  fs.promises.rm(target, { recursive: true, force: true, maxRetries: 3 });

/** The bytes all files under `root` take. */
export async function treeBytes(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  let total = 0;
  for (const entry of entries) if (entry.isFile()) total += fs.statSync(path.join(entry.parentPath, entry.name)).size;
  return total;
}

/** Removes what an interrupted step left beside `dir` (names `<dir>.<tag>-…`). Only the holder of the lock may call it. */
export async function sweepLeftovers(dir: string, tag: string): Promise<void> {
  const prefix = `${path.basename(dir)}.${tag}-`;
  const parent = path.dirname(dir);
  const names = fs.existsSync(parent) ? fs.readdirSync(parent) : [];
  for (const name of names) if (name.startsWith(prefix)) await removeTree(path.join(parent, name));
}
