import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

export interface TurnstileOptions {
  readonly clock: Clock;
  /** At most so many requests in any minute; null for no such limit. */
  readonly requestsPerMinute: number | null;
  /** At most so many at once. */
  readonly concurrency: number;
}

interface Waiter {
  readonly enter: (leave: () => void) => void;
}

const MINUTE_MS = 60_000;

/**
 * Lets requests through one after the other, so that the other side is never asked more often than it allows. A bucket of tokens: a part of the
 * minute's requests may go at once, the rest comes back over the minute, so that no sixty seconds ever see more than the limit. Whoever waits
 * stands in the lane of what it does, and the lanes take turns: a long statement does not keep a payment waiting.
 */
export class Turnstile {
  readonly #clock: Clock;
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #perMs: number;
  readonly #lanes = new Map<string, Waiter[]>();
  #tokens: number;
  #filledAt: number;
  #inside = 0;
  #cancelTimer: (() => void) | null = null;

  constructor({ clock, requestsPerMinute, concurrency }: TurnstileOptions) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    const most = requestsPerMinute ?? Number.POSITIVE_INFINITY;
    this.#capacity = Math.max(1, Math.floor(most * limits.connector.burstShare));
    // One a minute leaves nothing over to come back within it.
    this.#perMs = most === 1 ? 1 / MINUTE_MS : (most - this.#capacity) / MINUTE_MS;
    this.#tokens = this.#capacity;
    this.#filledAt = clock.now();
  }

  get waiting(): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += lane.length;
    return sum;
  }

  get isFull(): boolean {
    return this.waiting >= limits.connector.queueMax;
  }

  /** Waits for its turn. @returns what is to be called when the request has ended, or null when the signal was raised first */
  enter(lane: string, signal: AbortSignal): Promise<(() => void) | null> {
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const onAbort = (): void => {
        this.#remove(lane, waiter);
        resolve(null);
      };
      const waiter: Waiter = {
        enter: (leave) => {
          signal.removeEventListener('abort', onAbort);
          resolve(leave);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const queue = this.#lanes.get(lane);
      if (queue === undefined) this.#lanes.set(lane, [waiter]);
      else queue.push(waiter);
      this.#turn();
    });
  }

  #turn(): void {
    this.#fill();
    while (this.#inside < this.#concurrency && this.#tokens >= 1) {
      const waiter = this.#next();
      if (waiter === undefined) return;
      this.#tokens -= 1;
      this.#inside += 1;
      let isInside = true;
      waiter.enter(() => {
        if (!isInside) return;
        isInside = false;
        this.#inside -= 1;
        this.#turn();
      });
    }
    if (this.#inside >= this.#concurrency || this.#lanes.size === 0 || this.#cancelTimer !== null) return;
    this.#cancelTimer = this.#clock.after(Math.max(1, Math.ceil((1 - this.#tokens) / this.#perMs)), () => {
      this.#cancelTimer = null;
      this.#turn();
    });
  }

  /** The first of the lane whose turn it is; that lane goes to the end. */
  #next(): Waiter | undefined {
    const [first] = this.#lanes;
    if (first === undefined) return undefined;
    const [name, lane] = first;
    const waiter = lane.shift();
    this.#lanes.delete(name);
    if (lane.length > 0) this.#lanes.set(name, lane);
    return waiter;
  }

  #remove(name: string, waiter: Waiter): void {
    const left = (this.#lanes.get(name) ?? []).filter((one) => one !== waiter);
    if (left.length === 0) this.#lanes.delete(name);
    else this.#lanes.set(name, left);
  }

  #fill(): void {
    if (this.#perMs === Number.POSITIVE_INFINITY || Number.isNaN(this.#perMs)) {
      this.#tokens = Number.POSITIVE_INFINITY;
      return;
    }
    const now = this.#clock.now();
    // A clock that was set back brings nothing, and takes nothing.
    const passed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#capacity, this.#tokens + passed * this.#perMs);
    this.#filledAt = now;
  }
}
