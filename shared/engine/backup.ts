import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MunimError } from '../kernel/errors.ts';
import { limits } from '../kernel/limits.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { type Random, systemRandom } from '../ports/random.ts';
import { isShutDown, markCleanStop } from './control-file.ts';
import { Disk, type DiskLimits } from './disk.ts';
import type { Engine } from './engine.ts';
import {
  copyTree,
  errorCode,
  fsyncDir,
  fsyncTree,
  randomSuffix,
  removeTree,
  treeBytes,
  writeFileDurably,
} from './files.ts';
import { checkIntegrity, countRows, type Queryable, readCanary } from './integrity.ts';
import { type Log, startDatabase } from './start.ts';
import { pgliteVersion } from './version.ts';

/** Where the data directory lies inside a backup. */
export const dataFolder = 'pgdata';
const stampFile = 'backup.json';
/** Backups are named by their time, so that names sort by age: books-20261121T041200000Z-1f2e3d4c5b6a. */
const namePattern = /^books-\d{8}T\d{9}Z-[0-9a-f]{12}$/;

const stampSchema = z.strictObject({
  pglite: z.string(),
  /** ISO time, UTC. */
  at: z.string(),
  reason: z.string(),
  /** Rows of each table as decimal text. */
  rows: z.record(z.string(), z.string()),
});

export type BackupStamp = z.infer<typeof stampSchema>;

export interface Backup {
  readonly dir: string;
  readonly stamp: BackupStamp;
}

export interface BackupOptions {
  /** The folder all backups stand in; made when missing. Best on another disk. */
  readonly into: string;
  /** Why it was made, for the person who looks for it later. */
  readonly reason: string;
  readonly keep?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly log?: Log | undefined;
  readonly diskLimits?: DiskLimits | undefined;
}

/**
 * Copies the data directory while nobody writes, then proves the copy: it is opened, recovered, checked page by page
 * and its row counts are compared with those of the original. Only then does it get its name; older ones beyond `keep`
 * go. Other queries wait while the files are copied, not while the copy is checked.
 *
 * @throws MunimError ENGINE_DISK_FULL before anything is written, or ENGINE_BACKUP_UNVERIFIED; no half backup remains
 */
export async function backUp(engine: Engine, options: BackupOptions): Promise<Backup> {
  const { into, clock = systemClock, random = systemRandom, log = () => {} } = options;
  fs.mkdirSync(into, { recursive: true, mode: 0o700 });
  await sweepUnfinished(into);
  new Disk(path.join(into, 'books'), options.diskLimits).assertRoomFor(await treeBytes(engine.dir));
  const at = new Date(clock.now()).toISOString();
  const name = `books-${at.replace(/[-:.]/g, '')}-${randomSuffix(random)}`;
  const building = path.join(into, `building-${name}`);
  try {
    const rows = await copyQuietly(engine, path.join(building, dataFolder), rowsAsText);
    await verifyCopy(path.join(building, dataFolder), rows, log);
    const stamp = stampBackup(building, { at, reason: options.reason, rows });
    await fsyncTree(building);
    const dir = path.join(into, name);
    fs.renameSync(building, dir);
    fsyncDir(into);
    await dropOld(into, options.keep ?? limits.engine.backupsKept);
    return { dir, stamp };
  } finally {
    await removeTree(building);
  }
}

/** The verified backups in a folder, newest first. One whose stamp can no longer be read is none, and takes no other with it. */
export function listBackups(into: string): Backup[] {
  if (!fs.existsSync(into)) return [];
  const names = fs.readdirSync(into).filter((name) => namePattern.test(name));
  return names
    .sort()
    .reverse()
    .flatMap((name) => {
      const dir = path.join(into, name);
      try {
        return [{ dir, stamp: readStamp(dir) }];
      } catch {
        return [];
      }
    });
}

/**
 * Copies under an open transaction that writes nothing: it holds everybody else back, and after its checkpoint the files
 * are complete in themselves.
 * @param read what is to be known of the books as they were at the copy
 */
export async function copyQuietly<T>(engine: Engine, to: string, read: (tx: Queryable) => Promise<T>): Promise<T> {
  return engine.pg.transaction(async (tx) => {
    await tx.query('checkpoint');
    const found = await read(tx);
    await copyTree(engine.dir, to);
    fs.rmSync(path.join(to, 'postmaster.pid'), { force: true });
    return found;
  });
}

/** Rows of each table as decimal text. */
export async function rowsAsText(pg: Queryable): Promise<Record<string, string>> {
  return Object.fromEntries([...(await countRows(pg))].map(([table, count]) => [table, String(count)]));
}

/** Leaves word in a folder that the copy in it was verified. */
export function stampBackup(dir: string, facts: Omit<BackupStamp, 'pglite'>): BackupStamp {
  const stamp: BackupStamp = { pglite: pgliteVersion, ...facts };
  writeFileDurably(path.join(dir, stampFile), JSON.stringify(stamp));
  return stamp;
}

async function verifyCopy(dir: string, rows: Readonly<Record<string, string>>, log: Log): Promise<void> {
  const poisons: string[] = [];
  try {
    const { pg } = await startDatabase({ dir, onPoison: (reason) => poisons.push(reason), log });
    try {
      await readCanary(pg);
      await checkIntegrity(pg);
      const found = await rowsAsText(pg);
      for (const [table, count] of Object.entries(rows)) {
        const copied = found[table] ?? 'none';
        if (copied !== count) throw new Error(`${table} has ${copied} rows in the copy, ${count} in the books`);
      }
    } finally {
      await pg.close();
    }
    if (poisons[0] !== undefined || !isShutDown(dir)) throw new Error(poisons[0] ?? 'the copy did not shut down');
    markCleanStop(dir);
  } catch (thrown) {
    throw unverified(thrown);
  }
}

/** @throws MunimError ENGINE_BACKUP_UNVERIFIED when this is not a whole, verified backup */
export function readStamp(backupDir: string): BackupStamp {
  try {
    return stampSchema.parse(JSON.parse(fs.readFileSync(path.join(backupDir, stampFile), 'utf8')));
  } catch (thrown) {
    throw unverified(thrown);
  }
}

const unverified = (thrown: unknown): MunimError =>
  new MunimError(
    'ENGINE_BACKUP_UNVERIFIED',
    { detail: thrown instanceof Error ? thrown.message : String(thrown) },
    { cause: thrown },
  );

async function dropOld(into: string, keep: number): Promise<void> {
  for (const old of listBackups(into).slice(keep)) await removeTree(old.dir);
}

async function sweepUnfinished(into: string): Promise<void> {
  for (const name of fs.readdirSync(into)) {
    if (!name.startsWith('building-books-')) continue;
    try {
      await removeTree(path.join(into, name));
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOENT') throw thrown;
    }
  }
}
