import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

/** What a request that was let through must be told of in the end, once. `neither` is for what says nothing of the other side's health. */
export type Pass = (outcome: 'success' | 'failure' | 'neither') => void;

/**
 * Leaves another system alone after five failures in a row: for a minute nothing is sent, then one request at a time as a probe, and two
 * successes in a row close it (001 section 5.4). What was let through before it opened says nothing any more when it ends.
 */
export class Breaker {
  readonly #clock: Clock;
  #state: BreakerState = 'closed';
  #failures = 0;
  #successes = 0;
  #openUntil = 0;
  #isProbing = false;
  #era = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): BreakerState {
    return this.#state === 'open' && this.#clock.now() >= this.#openUntil ? 'half_open' : this.#state;
  }

  /** @returns a pass, or for how long to wait before asking again */
  ask(): { readonly pass: Pass } | { readonly waitMs: number } {
    if (this.state === 'open') return { waitMs: this.#openUntil - this.#clock.now() };
    if (this.state === 'closed') return { pass: this.#passOf(this.#era, false) };
    if (this.#state === 'open') this.#turn('half_open');
    if (this.#isProbing) return { waitMs: limits.connector.backoffMaxMs };
    this.#isProbing = true;
    return { pass: this.#passOf(this.#era, true) };
  }

  #passOf(era: number, isProbe: boolean): Pass {
    let isUsed = false;
    return (outcome) => {
      if (isUsed || era !== this.#era) return;
      isUsed = true;
      if (isProbe) this.#isProbing = false;
      if (outcome === 'success') this.#succeed();
      else if (outcome === 'failure') this.#fail();
    };
  }

  #succeed(): void {
    this.#failures = 0;
    this.#successes += 1;
    if (this.#state === 'half_open' && this.#successes >= limits.connector.breakerSuccesses) this.#turn('closed');
  }

  #fail(): void {
    this.#failures += 1;
    this.#successes = 0;
    if (this.#state === 'closed' && this.#failures < limits.connector.breakerFailures) return;
    this.#turn('open');
    this.#openUntil = this.#clock.now() + limits.connector.breakerOpenMs;
  }

  #turn(state: BreakerState): void {
    this.#state = state;
    this.#era += 1;
    this.#failures = 0;
    this.#successes = 0;
    this.#isProbing = false;
  }
}
