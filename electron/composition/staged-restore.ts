import fs from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import { dataFolder } from '../../shared/engine/backup.ts';
import { fsyncDir, removeTree } from '../../shared/engine/files.ts';
import { type EngineOptions, openEngine } from '../../shared/engine/open.ts';
import { restoreBackup } from '../../shared/engine/restore.ts';
import { type ErrorDetails, MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import { readJournal } from '../../shared/sync/client/journal.ts';
import { BackupSettingsFile } from '../adapters/backup/backup-settings.ts';
import { backupPlaces, stagedFile, zStaged } from '../adapters/backup/places.ts';
import { blobStore } from '../adapters/files/blob-store.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { adoptBooks, type DeskMemory, readDeskMemory } from '../adapters/pglite/adopt-books.ts';
import { replayJournal } from '../adapters/pglite/replay.ts';
import { replaceSigned, unheardCommands } from '../adapters/pglite/resign.ts';
import { Serial } from '../services/serial.ts';
import { makeResign } from '../services/sync.ts';
import { journalFiles } from './ledger-journal.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

export interface StagedRestoreOptions {
  readonly dataDir: string;
  /** Of the books; those staged are opened in the same way. */
  readonly engine: EngineOptions;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: LedgerDeskOptions['log'];
}

/**
 * Puts books that a person restored in the place of the present ones, which are moved aside. Called before the books are opened. All that
 * is to be changed in them is changed before they show, so this may be broken off anywhere and is done again at the next start. When it
 * cannot be done the present books stay, and the reason is noted for the screen of backups.
 */
export async function takeStagedBooks(options: StagedRestoreOptions): Promise<void> {
  const { dataDir, clock, log } = options;
  const places = backupPlaces(dataDir);
  await removeTree(places.work);
  const ready = stagedFile(places.staged);
  if (!fs.existsSync(ready)) {
    await removeTree(places.staged);
    return;
  }
  const { deskId, backupAt, waiting } = zStaged.parse(JSON.parse(fs.readFileSync(ready, 'utf8')));
  let problem: { code: string; details: ErrorDetails } | null = null;
  try {
    const { former } = await putInPlace(options, path.join(places.staged, 'backup'), deskId);
    log({
      what: 'books were restored from a backup',
      backupAt,
      former: former === null ? null : path.basename(former),
    });
  } catch (thrown) {
    const { code, details } = toMunimError(thrown);
    problem = { code, details };
    log({ what: 'books could not be restored', code, problem: thrown });
  }
  new BackupSettingsFile(places.settings).change({
    restored: {
      at: clock.now(),
      backupAt,
      waiting,
      problem: problem && { ...problem, details: { ...problem.details } },
    },
  });
  fs.rmSync(ready);
  fsyncDir(places.staged);
  await removeTree(places.staged);
}

async function putInPlace(
  options: StagedRestoreOptions,
  backup: string,
  deskId: Id,
): Promise<{ readonly former: string | null }> {
  const { engine, dataDir } = options;
  const memory = await withBooks({ ...engine }, (db) => readDeskMemory(db));
  if (memory === null) throw new MunimError('AUTH_DEVICE_UNKNOWN');
  const isOther = deskId !== memory.device.id;
  await withBooks({ ...engine, dir: path.join(backup, dataFolder) }, (db) => adopt(db, memory, isOther, options));
  await keepReceipts(path.join(backup, 'receipts'), path.join(dataDir, 'blobs'));
  return await restoreBackup(backup, engine.dir, engine.random);
}

/**
 * The restored books become books of this desk: its name, its people, and what waited in them under its signature. Of other books it puts
 * in besides what it has itself not yet got back from the server; its own are completed by the start that follows, as after any loss.
 */
async function adopt(
  db: Db,
  memory: DeskMemory,
  isOther: boolean,
  { dataDir, signer }: StagedRestoreOptions,
): Promise<void> {
  const journal = await readJournal(journalFiles(dataDir), nodeDigest);
  await adoptBooks(db, memory, async (nextSeq) => {
    const resign = makeResign({
      keeper: {
        unheard: () => unheardCommands(db),
        replace: (resigned) => replaceSigned(db, resigned, nodeDigest, () => {}),
      },
      signer,
      serial: new Serial(),
      deviceId: () => memory.device.id,
      onRenumbered: () => {},
      onLost: () => {},
    });
    await resign(nextSeq);
  });
  if (isOther && memory.resign === null) await replayJournal(db, journal, nodeDigest);
}

async function withBooks<T>(options: EngineOptions, work: (db: Db) => Promise<T>): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await work(drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db);
  } finally {
    await engine.close();
  }
}

/** The receipts that the server did not have when the backup was made. */
async function keepReceipts(from: string, to: string): Promise<void> {
  if (!fs.existsSync(from)) return;
  const blobs = blobStore(to);
  await fs.promises.mkdir(to, { recursive: true, mode: 0o700 });
  for (const sha256 of await fs.promises.readdir(from)) {
    await blobs.put(sha256, await fs.promises.readFile(path.join(from, sha256)));
  }
}
