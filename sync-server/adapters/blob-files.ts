import { mkdir, opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isReceiptName, markName, type ReceiptPlace, receiptPath } from '../ports/blob-store.ts';
import { writeWhole } from './durable-file.ts';

/** Receipts as files of a folder. */
export async function fileBlobStore(folder: string): Promise<ReceiptPlace> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (collegeId: string, sha256: string): string => path.join(folder, receiptPath(collegeId, sha256));
  const mark = path.join(folder, markName);
  return {
    where: `the folder ${folder}`,
    put: async (collegeId, sha256, bytes) => writeWhole(fileOf(collegeId, sha256), bytes),
    get: async (collegeId, sha256) => unlessAbsent(readFile(fileOf(collegeId, sha256))),
    has: async (collegeId, sha256) => (await unlessAbsent(stat(fileOf(collegeId, sha256)))) !== null,
    readMark: () => unlessAbsent(readFile(mark, 'utf8')),
    writeMark: (text) => writeWhole(mark, text),
    names: async function* (collegeId) {
      const entries = await unlessAbsent(opendir(path.join(folder, collegeId), { recursive: true }));
      // What is half written has another form of name.
      for await (const entry of entries ?? []) if (entry.isFile() && isReceiptName(entry.name)) yield entry.name;
    },
    close: () => {},
  };
}

async function unlessAbsent<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
