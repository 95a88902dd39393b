import { compareText } from '../../kernel/order.ts';

/** The codes of goods and services, as `resources/hsn/hsn.json` keeps them. */
export interface HsnData {
  /** Where it is from and of which version, for people. */
  readonly source: string;
  /** By heading, of four digits: what all of its codes have in common, and what the four digits after it add. */
  readonly goods: Readonly<Record<string, { readonly text: string; readonly codes: Readonly<Record<string, string>> }>>;
  /** By service accounting code, of six digits. */
  readonly services: Readonly<Record<string, string>>;
}

export interface HsnEntry {
  /** Four digits for a heading of goods, eight for one of its codes, six for a service. */
  readonly code: string;
  readonly text: string;
  readonly isService: boolean;
}

interface Searched extends HsnEntry {
  /** Each word after a space, in small letters. */
  readonly words: string;
  readonly wordCount: number;
}

/**
 * The codes of the harmonised system and of services, with what they mean. The lists of the portal change; a code that is not here is a
 * reason to look again and none to refuse it.
 */
export class HsnList {
  readonly #entries: readonly Searched[];
  readonly #codes: ReadonlyMap<string, Searched>;

  constructor({ goods, services }: HsnData) {
    const entries = Object.entries(goods).flatMap(([heading, { text, codes }]) => [
      searched(heading, text, false),
      ...Object.entries(codes).map(([rest, own]) => searched(heading + rest, joined(text, own), false)),
    ]);
    entries.push(...Object.entries(services).map(([code, text]) => searched(code, text, true)));
    this.#entries = entries;
    this.#codes = new Map(entries.map((entry) => [entry.code, entry]));
  }

  find(code: string): HsnEntry | null {
    const found = this.#codes.get(code);
    return found === undefined ? null : entryOf(found);
  }

  /**
   * Codes that begin with the digits that were typed, or whose words begin with all of the words; those that say least beside them first,
   * and services before goods, since a college deals in services.
   * @param most how many at most
   */
  search(typed: string, most: number): readonly HsnEntry[] {
    const digits = typed.replace(/\s/g, '');
    if (/^\d+$/.test(digits)) {
      const begins = this.#entries.filter(({ code }) => code.startsWith(digits));
      return begins
        .sort((one, other) => compareText(one.code, other.code))
        .slice(0, most)
        .map(entryOf);
    }
    const wanted = wordsOf(typed);
    if (wanted.length === 0) return [];
    return this.#entries
      .filter(({ words }) => wanted.every((word) => words.includes(` ${word}`)))
      .sort(
        (one, other) =>
          Number(other.isService) - Number(one.isService) ||
          one.wordCount - other.wordCount ||
          compareText(one.code, other.code),
      )
      .slice(0, most)
      .map(entryOf);
  }
}

const entryOf = ({ code, text, isService }: HsnEntry): HsnEntry => ({ code, text, isService });
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const joined = (text: string, own: string): string => (text === '' || own === '' ? text + own : `${text} ${own}`);

function searched(code: string, text: string, isService: boolean): Searched {
  const words = wordsOf(text);
  return { code, text, isService, words: ` ${words.join(' ')}`, wordCount: words.length };
}
