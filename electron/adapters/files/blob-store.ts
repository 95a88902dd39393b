import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore } from '../../../shared/ports/files.ts';
import { syncFolder } from '../atomic-file.ts';
import { onDisk } from './temp-files.ts';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Blobs as files `ab/abcdef…` below a folder. A file appears under its name only when it is whole and synced. */
export function blobStore(folder: string): BlobStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a blob is named by its SHA-256');
    return path.join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    has: (sha256) => existsSync(pathOf(sha256)),
    put: (sha256, bytes) => onDisk(() => putBlob(folder, pathOf(sha256), sha256, bytes)),
    async get(sha256) {
      if (!existsSync(pathOf(sha256))) return null;
      const bytes = await readFile(pathOf(sha256));
      if (sha256Of(bytes) === sha256) return bytes;
      // The disk lost what it kept. Out of the way with it, so that the server's copy can take its place.
      await rename(pathOf(sha256), `${pathOf(sha256)}.damaged`);
      return null;
    },
  };
}

async function putBlob(folder: string, file: string, sha256: string, bytes: Uint8Array): Promise<void> {
  if (sha256Of(bytes) !== sha256) throw new Error('a blob does not have the hash it is to be kept under');
  if (existsSync(file)) return;
  const shelf = path.dirname(file);
  if ((await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined) syncFolder(folder);
  const part = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
  syncFolder(shelf);
}
