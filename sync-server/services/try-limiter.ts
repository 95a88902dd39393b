import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { Bus } from '../ports/bus.ts';

interface Tries {
  count: number;
  readonly from: number;
}

export interface OtherProcesses {
  readonly bus: Pick<Bus, 'tellOthers' | 'hearOthers'>;
  readonly digest: Digest;
}

/**
 * Counts tries by name (an account, an address) in windows of time, with those that other processes tell of while they can be reached.
 * It lives in memory: a restart forgives. Names leave the process as hashes, since they tell who tried.
 */
export class TryLimiter {
  readonly #clock: Clock;
  readonly #others: OtherProcesses | undefined;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Clock, others?: OtherProcesses) {
    this.#clock = clock;
    this.#others = others;
    others?.bus.hearOthers((heard) => {
      if ('forgiven' in heard) this.#tries.delete(heard.forgiven);
      else this.#triesOf(heard.tried, heard.windowMs).count++;
    });
  }

  /** Counts one try. @returns RATE_LIMITED with the seconds to wait when there were too many, else undefined */
  take(name: string, triesMax: number, windowMs: number = limits.auth.signInWindowMs): Refusal | undefined {
    const key = this.#keyOf(name);
    const tries = this.#triesOf(key, windowMs);
    if (tries.count >= triesMax) {
      return refusal('RATE_LIMITED', { seconds: Math.ceil((tries.from + windowMs - this.#clock.now()) / 1000) });
    }
    tries.count++;
    this.#others?.bus.tellOthers({ tried: key, windowMs });
    return undefined;
  }

  /** A try that went well does not count. */
  forgive(name: string): void {
    const key = this.#keyOf(name);
    this.#tries.delete(key);
    this.#others?.bus.tellOthers({ forgiven: key });
  }

  #keyOf(name: string): string {
    return this.#others === undefined ? name : toHex(this.#others.digest.sha256(name));
  }

  #triesOf(key: string, windowMs: number): Tries {
    const now = this.#clock.now();
    const known = this.#tries.get(key);
    if (known !== undefined && now - known.from < windowMs) return known;
    this.#sweep(now, windowMs);
    const tries = { count: 0, from: now };
    this.#tries.set(key, tries);
    return tries;
  }

  /** Names come from strangers, so the table must not grow with them for ever. */
  #sweep(now: number, windowMs: number): void {
    if (this.#tries.size < limits.server.limiterNamesMax) return;
    for (const [name, tries] of this.#tries) if (now - tries.from >= windowMs) this.#tries.delete(name);
    if (this.#tries.size >= limits.server.limiterNamesMax) this.#tries.clear();
  }
}
