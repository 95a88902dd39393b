import fs from 'node:fs';
import path from 'node:path';
import type { GrowingFiles } from '../../../shared/ports/growing-files.ts';
import { syncFolder } from '../atomic-file.ts';

/**
 * Growing files in a folder, for this person's eyes only. The calls are the synchronous ones, as those of the database are: a command
 * is not acknowledged before the disk has it, so nothing is gained by letting go of the thread.
 */
export function growingFiles(folder: string): GrowingFiles {
  const fileOf = (name: string): string => path.join(folder, name);
  let present: { readonly name: string; readonly descriptor: number; size: number } | null = null;
  const open = (name: string) => {
    if (present?.name === name) return present;
    if (present !== null) fs.closeSync(present.descriptor);
    present = null;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isNew = !fs.existsSync(fileOf(name));
    const descriptor = fs.openSync(fileOf(name), isNew ? 'wx' : 'r+', 0o600);
    present = { name, descriptor, size: fs.fstatSync(descriptor).size };
    if (isNew) {
      syncFolder(folder);
      syncFolder(path.dirname(folder));
    }
    return present;
  };
  const close = (): void => {
    if (present !== null) fs.closeSync(present.descriptor);
    present = null;
  };
  return {
    names: async () => (fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []),
    read: async (name) => fs.readFileSync(fileOf(name)),
    append: async (name, bytes) => {
      const file = open(name);
      try {
        for (let done = 0; done < bytes.byteLength; ) {
          done += fs.writeSync(file.descriptor, bytes, done, bytes.byteLength - done, file.size + done);
        }
        fs.fsyncSync(file.descriptor);
        file.size += bytes.byteLength;
      } catch (thrown) {
        // What the kernel dropped once cannot be synced by asking again.
        close();
        throw thrown;
      }
    },
    cut: async (name, size) => {
      const file = open(name);
      fs.ftruncateSync(file.descriptor, size);
      fs.fsyncSync(file.descriptor);
      file.size = size;
    },
    remove: async (name) => {
      if (present?.name === name) close();
      fs.rmSync(fileOf(name), { force: true });
      syncFolder(folder);
    },
  };
}
