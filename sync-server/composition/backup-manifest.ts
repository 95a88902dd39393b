import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { MunimError } from '../../shared/kernel/errors.ts';
import { zId } from '../../shared/sync/command-args.ts';

/** What a backup of a server says of itself. It is written last, so a folder without it is no backup. */
export const zManifest = z.strictObject({
  format: z.literal(1),
  kind: z.enum(['embedded', 'postgres']),
  /** ISO time, UTC. */
  at: z.string(),
  program: z.string(),
  /** The name under which the server signs; its keys must come back with the books. */
  serverDevice: zId,
  /** Rows of each table as decimal text. */
  rows: z.record(z.string().regex(/^[a-z_]+\.[a-z_]+$/), z.string()),
  /** As they were shortly before the copy was taken. */
  colleges: z.array(z.strictObject({ id: zId, code: z.string(), version: z.int().nonnegative() })),
  receipts: z.int().nonnegative(),
  /** The bucket in which the receipts stayed; absent when they were copied. */
  receiptsIn: z.string().optional(),
  keys: z.enum(['sealed', 'left out']),
});
export type BackupManifest = z.infer<typeof zManifest>;

const fileIn = (folder: string, name: string) => path.join(folder, name);
export const manifestFile = (folder: string): string => fileIn(folder, 'munim-backup.json');
export const sealedKeysFile = (folder: string): string => fileIn(folder, 'server-keys.sealed.json');
export const receiptsFolder = (folder: string): string => fileIn(folder, 'receipts');
/** Of embedded books: a backup of the engine. */
export const booksFolder = (folder: string): string => fileIn(folder, 'books');

/** @throws MunimError RESTORE_NOT_BACKUP */
export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return zManifest.parse(JSON.parse(await readFile(manifestFile(folder), 'utf8')));
  } catch (thrown) {
    throw new MunimError('RESTORE_NOT_BACKUP', { folder }, { cause: thrown });
  }
}
