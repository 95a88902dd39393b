import path from 'node:path';
import type { Db } from '../../shared/db/tables.ts';
import { listBackups } from '../../shared/engine/backup.ts';
import type { GrowingFiles } from '../../shared/ports/growing-files.ts';
import { Journal } from '../../shared/sync/client/journal.ts';
import { growingFiles } from '../adapters/files/growing-files.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { journalSource } from '../adapters/pglite/journal-source.ts';
import { isJournalAhead, replayJournal } from '../adapters/pglite/replay.ts';
import { DeskJournal } from '../services/desk-journal.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

export interface JournalOptions
  extends Pick<LedgerDeskOptions, 'log' | 'expectSilence' | 'onJournalFault' | 'onReplayed'> {
  readonly files: GrowingFiles;
}

export interface OpenJournal {
  readonly journal: DeskJournal;
  /** Lets go of what a backup made meanwhile and the server together make needless. Nothing goes when `backUp` throws. */
  prune(backUp: () => Promise<void>): Promise<void>;
}

export const backupsFolder = (dataDir: string): string => path.join(dataDir, 'backups');
export const journalFiles = (dataDir: string): GrowingFiles => growingFiles(path.join(dataDir, 'journal'));

/** Putting back many commands runs all of them again. */
const REPLAY_SILENCE_MS = 120_000;

/**
 * Opens the journal and brings books and journal level, in whichever of them something is missing: books that are new or came from a
 * backup get what they never saw, the journal what a crash kept from it.
 */
export async function openJournal(db: Db, options: JournalOptions): Promise<OpenJournal> {
  const { log } = options;
  const opened = await Journal.open(options.files, nodeDigest);
  const { contents } = opened;
  if (contents.damaged > 0) log({ what: 'the journal is damaged', stretches: contents.damaged });
  if (await isJournalAhead(db, contents)) {
    options.expectSilence(REPLAY_SILENCE_MS);
    const replayed = await replayJournal(db, contents, nodeDigest);
    log({ what: 'commands put back from the journal', ...replayed });
    options.onReplayed?.(replayed);
  }
  const source = journalSource(db);
  const journal = new DeskJournal({
    journal: opened.journal,
    source,
    onFault: options.onJournalFault,
  });
  // Books that can be read are better than none: until the journal can be written, commands alone are refused.
  await journal.catchUp().catch((problem: unknown) => log({ what: 'the journal cannot be written', problem }));
  return {
    journal,
    prune: async (backUp) => {
      const last = opened.journal.rotate();
      await backUp();
      const waiting = await source.open();
      const files = await opened.journal.prune(last, (id) => waiting.has(id));
      if (files > 0) log({ what: 'files of the journal let go', files });
    },
  };
}

/** When the newest whole backup of a folder was made, in ms, or null. */
export function newestBackup(folder: string): number | null {
  try {
    const [newest] = listBackups(folder);
    return newest === undefined ? null : Date.parse(newest.stamp.at);
  } catch {
    return null;
  }
}
