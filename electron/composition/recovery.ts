import type { Recovery } from '../../shared/ipc/contract/recovery.ts';
import { readJournal } from '../../shared/sync/client/journal.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { backupsFolder, journalFiles, newestBackup } from './ledger-journal.ts';

/** Reasons for which other books in the place of these would help. */
const ofTheBooks: ReadonlySet<string> = new Set(['ENGINE_CORRUPT', 'ENGINE_MAJOR_MISMATCH', 'INTERNAL', 'HOST_GONE']);
export const canRecover = (code: string): boolean => ofTheBooks.has(code);

/** What of the books could be had back on this PC alone; read from the files, since the books may not be readable. */
export async function whatIsKept(dataDir: string): Promise<Pick<Recovery, 'backupAt' | 'journaled' | 'lastEntryAt'>> {
  const { commands } = await readJournal(journalFiles(dataDir), nodeDigest);
  const times = [...commands.values()].map(({ command }) => command.occurredAt);
  return {
    backupAt: newestBackup(backupsFolder(dataDir)),
    journaled: commands.size,
    lastEntryAt: times.reduce<number | null>((last, at) => Math.max(last ?? at, at), null),
  };
}
