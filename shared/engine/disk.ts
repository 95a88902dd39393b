import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { MunimError } from '../kernel/errors.ts';
import { limits } from '../kernel/limits.ts';
import { fsyncDir } from './files.ts';

const MiB = 1024 * 1024;

export interface DiskLimits {
  /** Below this the books open for reading only. */
  readonly freeMinBytes: number;
  /** The size of the reserve file that is given up when space runs out. */
  readonly ballastBytes: number;
  /** What PostgreSQL needs to start at all: one new log segment and some pages. */
  readonly openMinBytes: number;
}

export const defaultDiskLimits: DiskLimits = {
  freeMinBytes: limits.engine.freeSpaceMinBytes,
  ballastBytes: limits.engine.ballastBytes,
  openMinBytes: limits.engine.openMinBytes,
};

/**
 * Space on the disk of a data directory. A ballast file beside it holds room back: when everything else has filled up,
 * giving it up lets PostgreSQL recover and shut down in order, and the person read their books while making room.
 */
export class Disk {
  readonly #dir: string;
  readonly #limits: DiskLimits;

  constructor(dir: string, diskLimits: DiskLimits = defaultDiskLimits) {
    this.#dir = dir;
    this.#limits = diskLimits;
  }

  get #ballast(): string {
    return `${this.#dir}.ballast`;
  }

  /** Bytes an ordinary user may still write. */
  freeBytes(): number {
    const stats = fs.statfsSync(path.dirname(this.#dir));
    return stats.bavail * stats.bsize;
  }

  freeMiB(): number {
    return Math.floor(this.freeBytes() / MiB);
  }

  ballastHeldBytes(): number {
    return fs.existsSync(this.#ballast) ? fs.statSync(this.#ballast).size : 0;
  }

  isLow(): boolean {
    return this.freeBytes() < this.#limits.freeMinBytes;
  }

  /**
   * Called before the database is opened. Gives up the ballast when space is short.
   * @throws MunimError ENGINE_DISK_FULL when even then PostgreSQL could not start; nothing has been touched
   */
  prepareToOpen(): void {
    if (this.freeBytes() < this.#limits.openMinBytes) this.releaseBallast();
    if (this.freeBytes() < this.#limits.openMinBytes) throw this.full();
  }

  /**
   * Called before a large write (an import, a backup).
   * @throws MunimError ENGINE_DISK_FULL when `bytes` would leave less than the reserve
   */
  assertRoomFor(bytes: number): void {
    if (this.freeBytes() - bytes < this.#limits.freeMinBytes) throw this.full();
  }

  full(cause?: unknown): MunimError {
    return new MunimError('ENGINE_DISK_FULL', { freeMiB: this.freeMiB() }, { cause });
  }

  releaseBallast(): void {
    fs.rmSync(this.#ballast, { force: true });
  }

  /** Makes the ballast again when there is ample room for it. Random bytes, so that no file system packs it away. */
  ensureBallast(): void {
    if (this.ballastHeldBytes() >= this.#limits.ballastBytes) return;
    if (this.freeBytes() < this.#limits.freeMinBytes + 2 * this.#limits.ballastBytes) return;
    const fd = fs.openSync(this.#ballast, 'w', 0o600);
    try {
      const block = Buffer.allocUnsafe(MiB);
      for (let left = this.#limits.ballastBytes; left > 0; left -= block.length) {
        fs.writeSync(fd, randomFillSync(block), 0, Math.min(block.length, left));
      }
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    fsyncDir(path.dirname(this.#dir));
  }
}
