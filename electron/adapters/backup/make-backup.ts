import fs from 'node:fs';
import path from 'node:path';
import { copyQuietly, dataFolder, stampBackup } from '../../../shared/engine/backup.ts';
import type { Engine } from '../../../shared/engine/engine.ts';
import { fsyncDir, removeTree, treeBytes } from '../../../shared/engine/files.ts';
import type { Queryable } from '../../../shared/engine/integrity.ts';
import { type ErrorCode, MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { BlobStore } from '../../../shared/ports/files.ts';
import type { Random } from '../../../shared/ports/random.ts';
import { readHeader, unpackBackup, writeBackup } from './backup-file.ts';
import type { BackupHeader, BooksFacts } from './backup-header.ts';
import { type KeyPair, keyPairOf, openKey, sealKey } from './backup-keys.ts';
import { factsDifference, readFacts } from './books-facts.ts';
import { EMPTIED } from './scratch-ledger.ts';
import { inScratchThread } from './scratch-thread.ts';

export interface MakeOptions {
  readonly engine: Engine;
  readonly blobs: BlobStore;
  readonly migrationsDir: string;
  /** A folder of its own on the disk of the books, made and removed here. */
  readonly workDir: string;
  /** Where the backup is to lie. One that is missing is not made: a disk may not be connected. */
  readonly folder: string;
  readonly key: { readonly publicKey: string; readonly salt: string };
  readonly desk: BackupHeader['desk'];
  readonly person: BackupHeader['person'];
  readonly keep: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Told of hundredths of the work. */
  readonly onProgress: (percent: number) => void;
}

export interface MadeBackup {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly header: BackupHeader;
}

/** Copy, cleaning, file, reading back, and scratch ledger take about so much of the time. */
const PERCENT = { copied: 10, cleaned: 20, written: 50, readBack: 75, checked: 99 } as const;
/** The copy, the scratch ledger, and the file at most as large as the books. */
const ROOM_FACTOR = 3;
const RECEIPTS = 'receipts';
const BUILDING = '.part';

/**
 * Makes an encrypted backup and proves it before it gets its name: the file is read back, decrypted with a key that was made for this
 * alone, restored into a scratch ledger, and compared with the books as they were at the copy.
 * @throws MunimError ENGINE_DISK_FULL, BACKUP_FOLDER, BACKUP_UNSOUND, CANCELLED; nothing half made remains
 */
export async function makeBackup(options: MakeOptions): Promise<MadeBackup> {
  const { engine, workDir, folder, clock, random } = options;
  engine.disk.assertRoomFor(ROOM_FACTOR * (await treeBytes(engine.dir)));
  const at = clock.now();
  const own = ownNames(options.desk.id);
  await inFolder(() => sweep(folder, own));
  await removeTree(workDir);
  await fs.promises.mkdir(workDir, { recursive: true, mode: 0o700 });
  let building: string | null = null;
  try {
    const packDir = path.join(workDir, 'pack');
    const { facts, receipts } = await copyBooks(options, packDir, at);
    const name = own.name(facts, at);
    building = path.join(folder, `${name}${BUILDING}`);
    const checkKey = keyPairOf(random.bytes(32));
    const header = await write(options, { packDir, building, at, facts, receipts, checkKey });
    // The copy has done its duty; the scratch ledger takes its room.
    const bytes = await treeBytes(packDir);
    await removeTree(packDir);
    await readBack(options, building, checkKey, bytes);
    const { size } = await fs.promises.stat(building);
    const file = building;
    await inFolder(async () => {
      await fs.promises.rename(file, path.join(folder, name));
      fsyncDir(folder);
    });
    building = null;
    await inFolder(() => dropOld(folder, own, options.keep));
    return { fileName: name, sizeBytes: size, header };
  } finally {
    if (building !== null) await fs.promises.rm(building, { force: true }).catch(() => {});
    await removeTree(workDir);
  }
}

/** The books as they are now, without what must not leave the desk, and the receipts that the server does not have yet. */
async function copyBooks({ engine, blobs, signal, onProgress }: MakeOptions, packDir: string, at: number) {
  const dir = path.join(packDir, dataFolder);
  await fs.promises.mkdir(path.join(packDir, RECEIPTS), { recursive: true, mode: 0o700 });
  const { facts, waiting } = await copyQuietly(engine, dir, async (tx) => ({
    facts: await readFacts(tx),
    waiting: await waitingReceipts(tx),
  }));
  onProgress(PERCENT.copied);
  await inScratchThread({ kind: 'clean', dir }, signal);
  onProgress(PERCENT.cleaned);
  const receipts: string[] = [];
  for (const sha256 of waiting) {
    const bytes = await blobs.get(sha256);
    if (bytes === null) continue;
    await fs.promises.writeFile(path.join(packDir, RECEIPTS, sha256), bytes, { mode: 0o600 });
    receipts.push(sha256);
  }
  stampBackup(packDir, { at: new Date(at).toISOString(), reason: 'encrypted', rows: facts.rows });
  return { facts, receipts };
}

async function waitingReceipts(tx: Queryable): Promise<readonly string[]> {
  const { rows } = await tx.query<{ sha256: string }>('SELECT "sha256" FROM "desk"."blob_uploads" ORDER BY 1');
  return rows.map(({ sha256 }) => sha256);
}

interface Writing {
  readonly packDir: string;
  readonly building: string;
  readonly at: number;
  readonly facts: BooksFacts;
  readonly receipts: string[];
  readonly checkKey: KeyPair;
}

async function write(options: MakeOptions, writing: Writing): Promise<BackupHeader> {
  const { key, desk, person, random, signal } = options;
  const { packDir, building, at, facts, receipts, checkKey } = writing;
  const fileKey = random.bytes(32);
  const header: BackupHeader = {
    at,
    desk,
    person,
    facts,
    receipts,
    salt: key.salt,
    publicKey: key.publicKey,
    forPassphrase: sealKey(fileKey, Buffer.from(key.publicKey, 'base64'), random),
    forCheck: sealKey(fileKey, checkKey.publicKey, random),
  };
  const onBytes = steps(options, PERCENT.cleaned, PERCENT.written, await treeBytes(packDir));
  await inFolder(() => writeBackup(building, packDir, header, fileKey, { signal, onBytes }));
  return header;
}

async function readBack(options: MakeOptions, building: string, checkKey: KeyPair, bytes: number): Promise<void> {
  const { workDir, migrationsDir, signal, onProgress } = options;
  const read = await readHeader(building);
  const scratch = path.join(workDir, 'scratch');
  const fileKey = openKey(read.header.forCheck, checkKey);
  const onBytes = steps(options, PERCENT.written, PERCENT.readBack, bytes);
  await unpackBackup(building, read, fileKey, scratch, { signal, onBytes });
  await checkScratch(path.join(scratch, dataFolder), read.header.facts, migrationsDir, signal);
  onProgress(PERCENT.checked);
}

/** @throws MunimError BACKUP_UNSOUND when the ledger in `dir` is not the one of which these facts were read */
export async function checkScratch(
  dir: string,
  facts: BooksFacts,
  migrationsDir: string,
  signal: AbortSignal,
): Promise<void> {
  const found = await inScratchThread({ kind: 'check', dir, migrationsDir }, signal);
  const detail = found === null ? 'it was not read' : factsDifference(facts, found, EMPTIED);
  if (detail !== null) throw new MunimError('BACKUP_UNSOUND', { detail });
}

/** Turns bytes that went through into hundredths between two marks. */
function steps({ onProgress }: MakeOptions, from: number, to: number, total: number): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress(Math.min(to, Math.floor(from + ((to - from) * done) / Math.max(1, total))));
  };
}

/** Names of one desk's backups in a folder that several may share; by age when sorted. */
function ownNames(deskId: string) {
  const short = deskId.slice(-8);
  const pattern = new RegExp(`^munim-[\\w-]+-(\\d{8}T\\d{9}Z)-${short}\\.munim-backup$`);
  return {
    name: (facts: BooksFacts, at: number): string => {
      const codes = facts.colleges.map(({ code }) => code.replace(/\W/g, '')).slice(0, 3);
      const time = new Date(at).toISOString().replace(/[-:.]/g, '');
      return `munim-${codes.join('-') || 'desk'}-${time}-${short}.munim-backup`;
    },
    timeOf: (name: string): string | null => pattern.exec(name)?.[1] ?? null,
    isBuilding: (name: string): boolean => name.endsWith(BUILDING) && pattern.test(name.slice(0, -BUILDING.length)),
  };
}
type OwnNames = ReturnType<typeof ownNames>;

async function sweep(folder: string, own: OwnNames): Promise<void> {
  for (const name of await fs.promises.readdir(folder)) {
    if (own.isBuilding(name)) await fs.promises.rm(path.join(folder, name), { force: true });
  }
}

async function dropOld(folder: string, own: OwnNames, keep: number): Promise<void> {
  const made = (await fs.promises.readdir(folder)).flatMap((name) => {
    const time = own.timeOf(name);
    return time === null ? [] : [{ name, time }];
  });
  made.sort((one, other) => (one.time < other.time ? 1 : -1));
  for (const { name } of made.slice(keep)) await fs.promises.rm(path.join(folder, name), { force: true });
}

const diskFull: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What the disk of the backups says, in the words of the catalogue. */
export async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const reason = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null;
    const code: ErrorCode = toMunimError(thrown).code;
    if (code !== 'INTERNAL' || reason === null || !/^E[A-Z]+$/.test(reason)) throw thrown;
    if (diskFull.has(reason)) throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 }, { cause: thrown });
    throw new MunimError('BACKUP_FOLDER', { reason }, { cause: thrown });
  }
}
