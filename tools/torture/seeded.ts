import { SeededRandom } from '../../shared/testing/seeded-random.ts';

/** Draws from a seed: the same seed plans the same rounds. */
export class Seeded {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** 0 ≤ x < 1 */
  next(): number {
    return this.#random.next() / 2 ** 32;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.#random.below(high - low + 1);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.#random.below(items.length)] ?? items[0];
  }
}
