import type { Clock } from '../../shared/ports/clock.ts';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';
import type { Scheduler } from './scheduler.ts';

/** How the machine's database call of this number, counted from now, goes wrong. */
export interface Doom {
  readonly calls: number;
  /** The process ends before or after the call took effect, or the disk refuses the call and the process lives on. */
  readonly how: 'die-before' | 'die-after' | 'disk';
  /** Whether only calls count that write or commit. */
  readonly atWrites: boolean;
}

const writing = /^commit|insert into|update |delete from/i;

/** One run of a process, from its start to its death. What it awaits when it dies never comes; nothing of it runs afterwards. */
export class Life {
  readonly name: string;
  readonly clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #onDeath: () => void;
  #doom: Doom | null = null;
  #isDead = false;
  /** Rejects at death, for what outside of the process has to end with it (an open transaction, a connection). */
  readonly death: Promise<never>;
  #end: (reason: Error) => void = () => {};

  constructor(name: string, scheduler: Scheduler, random: SeededRandom, wallMs: () => number, onDeath: () => void) {
    this.name = name;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#onDeath = onDeath;
    this.death = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.death.catch(() => {});
    this.clock = {
      now: wallMs,
      after: (ms, run) =>
        scheduler.after(ms, () => {
          if (!this.#isDead) run();
        }),
    };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  doom(doom: Doom | null): void {
    this.#doom = doom;
  }

  die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#end(new Error(`${this.name} died`));
    this.#onDeath();
  }

  /** Waits for the turn of one step of this process. Never ends for a dead one. */
  gate(): Promise<void> {
    const delayMs = this.#random.below(4) === 0 ? 1 : 0;
    return new Promise((resolve) => {
      this.#scheduler.after(delayMs, () => {
        if (!this.#isDead) resolve();
      });
    });
  }

  /** What becomes of the database call that is due now; null when it goes well. */
  fate(call: string): Doom['how'] | null {
    if (this.#doom === null || (this.#doom.atWrites && !writing.test(call))) return null;
    if (this.#doom.calls > 0) {
      this.#doom = { ...this.#doom, calls: this.#doom.calls - 1 };
      return null;
    }
    const { how } = this.#doom;
    this.#doom = null;
    return how;
  }
}

/** Where a dead process stands for ever. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});
