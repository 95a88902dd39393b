import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';

interface Tries {
  count: number;
  readonly from: number;
}

/**
 * Counts tries by name (an account, an address) in windows of time. It lives in the memory of one process: a restart forgives, and
 * several processes each count for themselves.
 */
export class TryLimiter {
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one try. @returns RATE_LIMITED with the seconds to wait when there were too many, else undefined */
  take(name: string, triesMax: number, windowMs: number = limits.auth.signInWindowMs): Refusal | undefined {
    const now = this.#clock.now();
    this.#sweep(now, windowMs);
    const known = this.#tries.get(name);
    const tries = known !== undefined && now - known.from < windowMs ? known : { count: 0, from: now };
    if (tries.count >= triesMax) {
      return refusal('RATE_LIMITED', { seconds: Math.ceil((tries.from + windowMs - now) / 1000) });
    }
    tries.count++;
    this.#tries.set(name, tries);
    return undefined;
  }

  /** A try that went well does not count. */
  forgive(name: string): void {
    this.#tries.delete(name);
  }

  /** Names come from strangers, so the table must not grow with them for ever. */
  #sweep(now: number, windowMs: number): void {
    if (this.#tries.size < limits.server.limiterNamesMax) return;
    for (const [name, tries] of this.#tries) if (now - tries.from >= windowMs) this.#tries.delete(name);
    if (this.#tries.size >= limits.server.limiterNamesMax) this.#tries.clear();
  }
}
