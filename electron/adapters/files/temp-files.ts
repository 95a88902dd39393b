import { open, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { isId } from '../../../shared/kernel/ids.ts';
import type { TempFiles } from '../../../shared/ports/files.ts';

/** Files in a folder that is emptied at every start. Ids name them, so that no name from outside reaches the disk. */
export function tempFiles(folder: string): TempFiles {
  const pathOf = (id: string): string => {
    if (!isId(id)) throw new MunimError('INPUT_INVALID', { where: 'fileId' });
    return path.join(folder, id);
  };
  return {
    pathOf,
    create: (id) => onDisk(() => writeFile(pathOf(id), '', { flag: 'wx', mode: 0o600 })),
    write: (id, offset, bytes) =>
      onDisk(async () => {
        const handle = await open(pathOf(id), 'r+');
        try {
          await handle.write(bytes, 0, bytes.length, offset);
        } finally {
          await handle.close();
        }
      }),
    read: async (id, offset, length) => {
      const handle = await open(pathOf(id), 'r');
      try {
        const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    size: async (id) => (await stat(pathOf(id))).size,
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

/** A full disk is said as such, in the words a person understands. */
export async function onDisk<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 }, { cause: thrown });
    throw thrown;
  }
}
