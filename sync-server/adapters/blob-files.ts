import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isId } from '../../shared/kernel/ids.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import { writeWhole } from './durable-file.ts';

/** Receipts as files `<folder>/<college>/<first two digits>/<sha256>`. */
export async function fileBlobStore(folder: string): Promise<BlobStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (collegeId: string, sha256: string): string => {
    // Both become part of a path, so their form is checked here once more, whatever the caller did.
    if (!isId(collegeId) || !/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not the name of a receipt');
    return path.join(folder, collegeId, sha256.slice(0, 2), sha256);
  };
  return {
    put: async (collegeId, sha256, bytes) => writeWhole(fileOf(collegeId, sha256), bytes),
    get: async (collegeId, sha256) => {
      try {
        return await readFile(fileOf(collegeId, sha256));
      } catch (thrown) {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
        throw thrown;
      }
    },
  };
}
