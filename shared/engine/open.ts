import fs from 'node:fs';
import path from 'node:path';
import type { Extensions } from '@electric-sql/pglite';
import { MunimError } from '../kernel/errors.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { type Random, systemRandom } from '../ports/random.ts';
import { markCleanStop, takeCleanStop } from './control-file.ts';
import { createDataDir } from './create.ts';
import { Disk, type DiskLimits } from './disk.ts';
import type { Engine } from './engine.ts';
import { errorCode, sweepLeftovers } from './files.ts';
import type { GuardedPGlite, PoisonListener } from './guard.ts';
import { Housekeeping } from './housekeeping.ts';
import { checkIntegrity, readCanary } from './integrity.ts';
import { canonicalDir, type DirLock, lockDir } from './lock.ts';
import { finishRestore } from './restore.ts';
import { proveDurable } from './self-test.ts';
import { furnish, type Log, type MakeFs, type Started, startDatabase } from './start.ts';
import { pgMajor } from './version.ts';

export interface EngineOptions {
  /** The data directory. Beside it the engine keeps `<dir>.lock`, `<dir>.ballast` and short-lived `<dir>.tmp-…`. */
  readonly dir: string;
  /** A template made by `buildTemplate`; without a fitting one the first start runs initdb. */
  readonly templateDir?: string | undefined;
  /** Extensions beyond pg_trgm and amcheck, by the name they have in `create extension`. */
  readonly extensions?: Extensions | undefined;
  /**
   * Told once when the database can no longer be trusted. The process must end hard (no close, no exit handlers), so
   * that its parent starts it again and PostgreSQL recovers from what is on the disk.
   */
  readonly onPoison: PoisonListener;
  readonly log?: Log | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly diskLimits?: DiskLimits | undefined;
  /** Another file system, for tests that show the self-test refusing it. */
  readonly makeFs?: MakeFs | undefined;
}

/**
 * Opens the books' database so that nothing it acknowledges can vanish: locked against a second process, made whole or
 * not at all, proven to sync, checked after a crash, guarded against silent failure.
 *
 * @throws MunimError ENGINE_LOCKED, ENGINE_DISK_FULL, ENGINE_MAJOR_MISMATCH, ENGINE_NOT_DURABLE or ENGINE_CORRUPT
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const random = options.random ?? systemRandom;
  const dir = canonicalDir(options.dir);
  const disk = new Disk(dir, options.diskLimits);
  const lock = await lockWithRoom(dir, disk, random);
  try {
    return await openLocked({ ...options, dir }, disk, lock, random);
  } catch (thrown) {
    await lock.release();
    throw isNoSpace(thrown) ? disk.full(thrown) : thrown;
  }
}

/** Even the lock takes a few bytes. On a disk filled to the brim they come out of the ballast, which nobody else needs. */
async function lockWithRoom(dir: string, disk: Disk, random: Random): Promise<DirLock> {
  try {
    return await lockDir(dir, random);
  } catch (thrown) {
    if (!isNoSpace(thrown)) throw thrown;
  }
  disk.releaseBallast();
  try {
    return await lockDir(dir, random);
  } catch (thrown) {
    throw isNoSpace(thrown) ? disk.full(thrown) : thrown;
  }
}

const isNoSpace = (thrown: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errorCode(thrown));

async function openLocked(options: EngineOptions, disk: Disk, lock: DirLock, random: Random): Promise<Engine> {
  const { dir, log = () => {} } = options;
  await sweepLeftovers(dir, 'tmp');
  await finishRestore(dir);
  disk.prepareToOpen();
  const isNew = !holdsDatabase(dir);
  if (isNew) {
    await createDataDir({ dir, templateDir: options.templateDir, extensions: options.extensions, random, log });
  }
  const wasClean = takeCleanStop(dir);
  // Our own lock says who may open; a file torn by a power cut would only keep PostgreSQL from starting.
  fs.rmSync(path.join(dir, 'postmaster.pid'), { force: true });
  const started = await startDatabase({ ...options, log });
  try {
    const start = isNew ? 'created' : wasClean ? 'clean' : 'recovered';
    await prove(started, options.extensions, start === 'recovered');
    const housekeeping = new Housekeeping(started.pg, disk, options.clock ?? systemClock, log);
    await housekeeping.begin();
    return new OpenEngine(dir, started.pg, start, disk, housekeeping, lock);
  } catch (thrown) {
    await started.pg.close();
    throw thrown;
  }
}

async function prove(started: Started, extensions: Extensions | undefined, afterCrash: boolean): Promise<void> {
  const { pg } = started;
  await furnish(pg, extensions);
  if (afterCrash) await checkIntegrity(pg);
  await readCanary(pg);
  await proveDurable(pg, () => started.fsyncCount());
}

/** @throws MunimError ENGINE_MAJOR_MISMATCH, or ENGINE_CORRUPT when the directory holds something else */
function holdsDatabase(dir: string): boolean {
  if (!fs.existsSync(dir) || fs.readdirSync(dir).length === 0) return false;
  const versionFile = path.join(dir, 'PG_VERSION');
  if (!fs.existsSync(versionFile)) {
    throw new MunimError('ENGINE_CORRUPT', { detail: 'the folder of the books holds no database' });
  }
  const found = fs.readFileSync(versionFile, 'utf8').trim();
  if (found !== pgMajor) throw new MunimError('ENGINE_MAJOR_MISMATCH', { found, needed: pgMajor });
  return true;
}

class OpenEngine implements Engine {
  readonly dir: string;
  readonly pg: GuardedPGlite;
  readonly start: Engine['start'];
  readonly disk: Disk;
  readonly housekeeping: Housekeeping;
  readonly #lock: DirLock;
  #closing: Promise<void> | null = null;

  constructor(
    dir: string,
    pg: GuardedPGlite,
    start: Engine['start'],
    disk: Disk,
    housekeeping: Housekeeping,
    lock: DirLock,
  ) {
    this.dir = dir;
    this.pg = pg;
    this.start = start;
    this.disk = disk;
    this.housekeeping = housekeeping;
    this.#lock = lock;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.housekeeping.end();
      await this.pg.close();
      if (this.pg.poison === null) markCleanStop(this.dir);
    } finally {
      await this.#lock.release();
    }
  }
}
