import type { SeededRandom } from '../../shared/testing/seeded-random.ts';

interface Event {
  readonly at: number;
  /** Drawn from the seed, so that what happens at the same moment happens in any order, but the same one every time. */
  readonly order: number;
  readonly run: () => void;
}

/** Simulated time. Everything that waits (a timer, a message under way, a statement to be run) is an event here, and one runs at a time. */
export class Scheduler {
  readonly #random: SeededRandom;
  readonly #events = new Set<Event>();
  #now: number;

  constructor(random: SeededRandom, startMs: number) {
    this.#random = random;
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** @returns a function that cancels */
  after(ms: number, run: () => void): () => void {
    const event = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#random.next(), run };
    this.#events.add(event);
    return () => this.#events.delete(event);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs the next event and all that follows from it at once. @returns whether there was one until then */
  async turn(untilMs: number): Promise<boolean> {
    let first: Event | undefined;
    for (const event of this.#events) {
      if (event.at > untilMs) continue;
      if (first === undefined || event.at < first.at || (event.at === first.at && event.order < first.order))
        first = event;
    }
    if (first === undefined) {
      this.#now = Math.max(this.#now, untilMs);
      return false;
    }
    this.#events.delete(first);
    this.#now = Math.max(this.#now, first.at);
    first.run();
    // PGlite in memory settles without the event loop turning, so after one turn everybody waits for an event again.
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }
}
