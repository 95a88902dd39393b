import fs from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../../../shared/engine/backup.ts';
import { Disk } from '../../../shared/engine/disk.ts';
import type { Engine } from '../../../shared/engine/engine.ts';
import { fsyncDir, fsyncTree, removeTree } from '../../../shared/engine/files.ts';
import { MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { BackupState, Backups, BackupWork, FoundBackup, VerifiedBackup } from '../../../shared/ports/backups.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { BlobStore } from '../../../shared/ports/files.ts';
import type { Random } from '../../../shared/ports/random.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { onDisk } from '../files/temp-files.ts';
import { readHeader, unpackBackup } from './backup-file.ts';
import type { BackupHeader } from './backup-header.ts';
import { openKey, passphraseKeyPair, SALT_BYTES } from './backup-keys.ts';
import { type BackupSettings, BackupSettingsFile } from './backup-settings.ts';
import { checkScratch, inFolder, makeBackup } from './make-backup.ts';
import { backupPlaces, stagedFile } from './places.ts';

export interface DeskBackupsOptions {
  readonly dataDir: string;
  readonly engine: Engine;
  readonly blobs: BlobStore;
  readonly migrationsDir: string;
  readonly clock: Clock;
  readonly random: Random;
}

const MIB = 1024 * 1024;
/** Unpacked books are some times larger than the backup, and are copied once more when they take the place of the others. */
const UNPACKED_FACTOR = 12;
/** Of the check of a backup, so much is unpacking; the rest looks at all of it. */
const UNPACKED_PERCENT = 60;

/** The encrypted backups of a desk: its settings, its folder, and the scratch ledgers of restores. */
export class DeskBackups implements Backups {
  readonly #options: DeskBackupsOptions;
  readonly #places: ReturnType<typeof backupPlaces>;
  readonly #settings: BackupSettingsFile;

  constructor(options: DeskBackupsOptions) {
    this.#options = options;
    this.#places = backupPlaces(options.dataDir);
    this.#settings = new BackupSettingsFile(this.#places.settings);
  }

  state(): BackupState {
    const { key, daily, keep, folder, last, failure, restored } = this.#settings.read();
    const passphraseSetAt = key?.setAt ?? null;
    const folderName = folder === null ? null : path.basename(folder);
    return { passphraseSetAt, daily, keep, folderName, last: last && withoutFolder(last), failure, restored };
  }

  async setPassphrase(passphrase: string): Promise<void> {
    const salt = this.#options.random.bytes(SALT_BYTES);
    const { publicKey } = await passphraseKeyPair(passphrase, salt);
    this.#settings.change({
      key: { publicKey: base64(publicKey), salt: base64(salt), setAt: this.#options.clock.now() },
    });
  }

  setSchedule(schedule: { readonly daily: boolean; readonly keep: number }): void {
    this.#settings.change(schedule);
  }

  async setFolder(folder: string | null): Promise<void> {
    if (folder !== null) {
      await inFolder(async () => {
        const probe = path.join(folder, `.munim-${Buffer.from(this.#options.random.bytes(6)).toString('hex')}`);
        await fs.promises.writeFile(probe, 'munim', { flag: 'wx', mode: 0o600 });
        await fs.promises.rm(probe);
      });
    }
    this.#settings.change({ folder });
  }

  async make({ desk, person, signal, onProgress }: Parameters<Backups['make']>[0]): Promise<VerifiedBackup> {
    const { engine, blobs, migrationsDir, clock, random } = this.#options;
    const { key, folder, keep } = this.#settings.read();
    if (key === null) throw new MunimError('BACKUP_NO_PASSPHRASE');
    const into = folder ?? this.#places.own;
    try {
      if (folder === null) await fs.promises.mkdir(into, { recursive: true, mode: 0o700 });
      const workDir = this.#places.making;
      const order = { engine, blobs, migrationsDir, workDir, folder: into, key, desk, person, keep, clock, random };
      const made = await makeBackup({ ...order, signal, onProgress });
      const last = { ...summaryOf(made.header), fileName: made.fileName, sizeBytes: made.sizeBytes };
      this.#settings.change({ last: { ...last, folder: into }, failure: null });
      return last;
    } catch (thrown) {
      const { code, details } = toMunimError(thrown);
      if (code !== 'CANCELLED') this.#settings.change({ failure: { at: clock.now(), code, details } });
      throw thrown;
    }
  }

  async copyLast(to: string): Promise<VerifiedBackup> {
    const { last } = this.#settings.read();
    const file = last === null ? null : path.join(last.folder, last.fileName);
    if (last === null || file === null || !fs.existsSync(file)) throw new MunimError('NOT_FOUND', { what: 'file' });
    try {
      await onDisk(() => fs.promises.copyFile(file, to, fs.constants.COPYFILE_FICLONE));
    } catch (thrown) {
      await fs.promises.rm(to, { force: true });
      throw thrown;
    }
    return withoutFolder(last);
  }

  async check(file: string, passphrase: string, name: Id, work: BackupWork): Promise<FoundBackup> {
    const { migrationsDir } = this.#options;
    const { size } = await fs.promises.stat(file);
    const read = await readHeader(file);
    const { header } = read;
    const pair = await passphraseKeyPair(passphrase, Buffer.from(header.salt, 'base64'));
    if (base64(pair.publicKey) !== header.publicKey) throw new MunimError('BACKUP_PASSPHRASE_WRONG');
    const fileKey = openKey(header.forPassphrase, pair);
    const into = this.#places.checked(name);
    await fs.promises.mkdir(path.dirname(into), { recursive: true, mode: 0o700 });
    new Disk(into).assertRoomFor(UNPACKED_FACTOR * size);
    try {
      let unpacked = 0;
      const onBytes = (bytes: number): void => {
        unpacked += bytes;
        // How much it will be is not known; what is, is that it comes nearer.
        work.onProgress(Math.floor((UNPACKED_PERCENT * unpacked) / (unpacked + size + MIB)));
      };
      await onDisk(() => unpackBackup(file, read, fileKey, into, { signal: work.signal, onBytes }));
      work.onProgress(UNPACKED_PERCENT);
      await checkScratch(path.join(into, dataFolder), header.facts, migrationsDir, work.signal);
      return foundIn(header);
    } catch (thrown) {
      await removeTree(into);
      // Its tables are those of a program that is not here yet.
      if (toMunimError(thrown).code === 'ENGINE_SCHEMA_NEWER') throw new MunimError('BACKUP_NEWER');
      throw thrown;
    }
  }

  async discardChecked(but: Id | null): Promise<void> {
    const kept = but === null ? null : path.basename(this.#places.checked(but));
    const folder = this.#places.checkedAll;
    if (!fs.existsSync(folder)) return;
    for (const name of await fs.promises.readdir(folder)) {
      if (name !== kept) await removeTree(path.join(folder, name));
    }
  }

  async stage(name: Id, found: FoundBackup): Promise<void> {
    const { staged } = this.#places;
    await removeTree(staged);
    await fs.promises.mkdir(staged, { mode: 0o700 });
    const backup = path.join(staged, 'backup');
    await fs.promises.rename(this.#places.checked(name), backup);
    await fsyncTree(backup);
    fsyncDir(this.#options.dataDir);
    // Only with this does the next start take it for the books.
    const { deskId, at, waiting } = found;
    writeFileAtomically(stagedFile(staged), JSON.stringify({ format: 1, deskId, backupAt: at, waiting }));
  }
}

function summaryOf({ at, facts }: BackupHeader) {
  return {
    at,
    colleges: facts.colleges.map(({ code }) => code),
    vouchers: facts.colleges.reduce((sum, { vouchers }) => sum + vouchers, 0),
    expenses: facts.colleges.reduce((sum, { expenses }) => sum + expenses, 0),
    waiting: facts.waiting,
  };
}

function foundIn({ at, desk, person, facts }: BackupHeader): FoundBackup {
  return {
    at,
    deskId: desk.id,
    deskName: desk.name,
    personName: person?.name ?? null,
    colleges: facts.colleges.map(({ id, code, name, vouchers, expenses }) => ({ id, code, name, vouchers, expenses })),
    waiting: facts.waiting,
  };
}

function withoutFolder({ folder: _, ...last }: NonNullable<BackupSettings['last']>): VerifiedBackup {
  return last;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
