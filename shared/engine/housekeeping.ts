import { limits } from '../kernel/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from './disk.ts';
import type { GuardedPGlite } from './guard.ts';

interface LogPosition {
  /** Bytes written to the log since the redo point of the last checkpoint. */
  readonly sinceRedoBytes: bigint;
  readonly position: bigint;
}

/**
 * Does what PostgreSQL's background processes would: this build has none. Without checkpoints the log grows without
 * end and a crash takes long to recover from; without vacuum and analyze the tables swell and plans go wrong. It also
 * watches the space on the disk.
 */
export class Housekeeping {
  readonly #pg: GuardedPGlite;
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  #cancelTick: (() => void) | null = null;
  #ticking: Promise<void> | null = null;
  #lastPosition = -1n;
  #lastWriteAt = 0;
  #settledPosition = -1n;

  constructor(pg: GuardedPGlite, disk: Disk, clock: Clock, log: (line: string) => void) {
    this.#pg = pg;
    this.#disk = disk;
    this.#clock = clock;
    this.#log = log;
    pg.freeMiB = () => disk.freeMiB();
  }

  /** Looks after the disk once, then starts the timer. */
  async begin(): Promise<void> {
    this.#lastWriteAt = this.#clock.now();
    await this.#watchSpace();
    // The next round comes at once when a write ran out of space: it gives up the ballast and stops further writing.
    this.#pg.onDiskFull = () => this.#schedule(0);
    this.#schedule(limits.engine.housekeepingTickMs);
  }

  /** Stops the timer and waits for a running round. */
  async end(): Promise<void> {
    this.#pg.onDiskFull = () => {};
    this.#cancelTick?.();
    this.#cancelTick = null;
    await this.#ticking;
  }

  /** Resolves when no round is running. */
  async settled(): Promise<void> {
    await this.#ticking;
  }

  /** One round: space, checkpoint, daily vacuum. The timer calls it; an importer may call it between batches. */
  async tick(): Promise<void> {
    await this.#watchSpace();
    await this.#checkpointIfDue();
    await this.#vacuumIfDue();
  }

  /** To be awaited after a bulk load: fresh statistics, dead rows reclaimed, log shortened. Not inside a transaction. */
  async afterBulkLoad(): Promise<void> {
    await this.#pg.exec('vacuum (analyze)');
    await this.#noteVacuum();
    await this.checkpoint();
  }

  async checkpoint(): Promise<void> {
    await this.#pg.exec('checkpoint');
    this.#settledPosition = (await this.#readPosition()).position;
    this.#lastPosition = this.#settledPosition;
  }

  #schedule(ms: number): void {
    this.#cancelTick?.();
    this.#cancelTick = this.#clock.after(ms, () => {
      this.#ticking = this.#round();
    });
  }

  async #round(): Promise<void> {
    try {
      await this.tick();
    } catch (thrown) {
      // A failed round must not end the program; the guard has already acted if the database is unsound.
      this.#log(`housekeeping: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
    if (this.#cancelTick !== null && this.#pg.poison === null) this.#schedule(limits.engine.housekeepingTickMs);
  }

  async #readPosition(): Promise<LogPosition> {
    const { rows } = await this.#pg.query<{ since: bigint; position: bigint }>(`
      select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::bigint as since,
             pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position
      from pg_control_checkpoint()
    `);
    return { sinceRedoBytes: rows[0]?.since ?? 0n, position: rows[0]?.position ?? 0n };
  }

  async #checkpointIfDue(): Promise<void> {
    const { sinceRedoBytes, position } = await this.#readPosition();
    if (position !== this.#lastPosition) {
      this.#lastPosition = position;
      this.#lastWriteAt = this.#clock.now();
    }
    const isLarge = sinceRedoBytes > BigInt(limits.engine.checkpointWalBytes);
    const isQuiet = this.#quietMs() >= limits.engine.checkpointIdleMs && position !== this.#settledPosition;
    if (isLarge || isQuiet) await this.checkpoint();
  }

  #quietMs(): number {
    return this.#clock.now() - this.#lastWriteAt;
  }

  /** PCs are off at night, so "nightly" means: once a day, the first time nobody has written for a while. */
  async #vacuumIfDue(): Promise<void> {
    if (this.#pg.readOnlyForSpace || this.#quietMs() < limits.engine.checkpointIdleMs) return;
    const { rows } = await this.#pg.query<{ at: bigint }>('select vacuumed_at as at from engine.canary where id = 1');
    const last = Number(rows[0]?.at ?? 0n);
    if (this.#clock.now() - last < limits.engine.vacuumEveryMs) return;
    await this.afterBulkLoad();
  }

  async #noteVacuum(): Promise<void> {
    await this.#pg.query('update engine.canary set vacuumed_at = $1 where id = 1', [this.#clock.now()]);
  }

  /**
   * When space is short the ballast is given up and the session refuses to write (ENGINE_DISK_FULL), while reading goes
   * on; when there is room again, writing returns by itself and the ballast is made anew.
   */
  async #watchSpace(): Promise<void> {
    const low = this.#disk.isLow();
    if (low !== this.#pg.readOnlyForSpace) {
      if (low) this.#disk.releaseBallast();
      await this.#pg.exec(`set default_transaction_read_only = ${low ? 'on' : 'off'}`);
      this.#pg.readOnlyForSpace = low;
    }
    if (!low) this.#disk.ensureBallast();
  }
}
