import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';

export interface DailyBackupOptions {
  readonly clock: Clock;
  /** Whether it is wanted at all. */
  readonly isOn?: (() => boolean) | undefined;
  /** When the newest backup was made, or null. */
  readonly newestAt: () => number | null;
  /** Makes a backup, checks it, and lets go of what it makes needless. */
  readonly backUp: () => Promise<void>;
  readonly onFault: (problem: unknown) => void;
}

/** How often it looks whether the time has come. */
const LOOK_EVERY_MS = 60_000;

/** A checked backup a day, made while nobody works, since the copy holds everybody up and its check takes the processor. */
export class DailyBackup {
  readonly #options: DailyBackupOptions;
  #cancel: (() => void) | null = null;
  #workedAt: number;
  #running: Promise<void> | null = null;

  constructor(options: DailyBackupOptions) {
    this.#options = options;
    this.#workedAt = options.clock.now();
  }

  start(): void {
    this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => {
      this.#running = this.look().finally(() => {
        this.#running = null;
        if (this.#cancel !== null) this.start();
      });
    });
  }

  /** Resolves when no backup is being made. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#running;
  }

  /** Somebody works at the desk. */
  worked(): void {
    this.#workedAt = this.#options.clock.now();
  }

  /** Backs up when it is due. A failure is told and tried again at the next quiet time. */
  async look(): Promise<void> {
    const { clock, isOn, newestAt, backUp, onFault } = this.#options;
    const now = clock.now();
    try {
      if (isOn?.() === false) return;
      if (now - this.#workedAt < limits.journal.backupQuietMs) return;
      const newest = newestAt();
      // One of the future was made while the clock was wrong, and says nothing.
      if (newest !== null && newest <= now && now - newest < limits.journal.backupEveryMs) return;
      await backUp();
    } catch (thrown) {
      this.worked();
      onFault(thrown);
    }
  }
}
