import { line } from '../command/line.ts';

/** The key by which names of other programs are compared: Latin letter case and extra spaces aside, nothing else. */
export const exchangeKey = (name: string): string => (line(name) ?? '').toLowerCase();

/** Names that were given away already, so that no two things are called the same. */
export class TakenNames {
  readonly #keys = new Set<string>();

  /** The name itself, or with the first of the additions that tells it apart. The last resort counts, so that it always ends. */
  take(name: string, ...additions: readonly string[]): string {
    const wanted = line(name) ?? '-';
    const candidates = [wanted, ...additions.map((addition) => `${wanted} (${addition})`)];
    for (const candidate of candidates) if (this.#add(candidate)) return candidate;
    for (let count = 2; ; count += 1) {
      const candidate = `${wanted} (${count})`;
      if (this.#add(candidate)) return candidate;
    }
  }

  #add(name: string): boolean {
    const key = exchangeKey(name);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}

/** The key of a heading: as `exchangeKey`, and signs (`Cash-in-Hand`) and the kind in brackets (`Loans (Liability)`) aside. */
export const headingKey = (name: string): string =>
  exchangeKey(name)
    .replace(/\((?:asset|liability)\)$/, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
