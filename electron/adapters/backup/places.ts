import path from 'node:path';
import { z } from 'zod';
import { type Id, isId } from '../../../shared/kernel/ids.ts';

/** Where the encrypted backups of a desk have to do with its data folder. What lies below `checkedAll` and `making` is gone at every start. */
export function backupPlaces(dataDir: string) {
  const work = path.join(dataDir, 'backup-work');
  const checkedAll = path.join(work, 'checked');
  return {
    settings: path.join(dataDir, 'backups.json'),
    /** The desk's own folder of encrypted backups. */
    own: path.join(dataDir, 'encrypted-backups'),
    work,
    making: path.join(work, 'making'),
    checkedAll,
    checked: (name: Id): string => {
      if (!isId(name)) throw new Error('a scratch ledger is named by an id');
      return path.join(checkedAll, name);
    },
    /** Books that the next start takes, once the file of `stagedFile` is there. */
    staged: path.join(dataDir, 'restore'),
  };
}

export const stagedFile = (staged: string): string => path.join(staged, 'ready.json');

export const zStaged = z.strictObject({
  format: z.literal(1),
  deskId: z.string(),
  backupAt: z.int(),
  waiting: z.int(),
});
