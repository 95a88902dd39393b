/** Words from this length on are meant even when they are typed wrongly; of shorter ones too many are near. In code points. */
export const nearFrom = 3;
/** A longer word may be wrong in two places. */
const twiceFrom = 8;
/** More words than this as near as the nearest say only that nothing was meant. */
const nearMax = 8;

/**
 * Which of the words somebody may have meant: a letter wrong, missing, too many or exchanged with the one beside it, twice in a long word.
 * From four letters on also the beginning of a word, once wrong. Only the nearest, in the order of the vocabulary; the word itself is not
 * near to itself. All in one case.
 */
export function nearWords(typed: string, vocabulary: readonly string[]): readonly string[] {
  const letters = [...typed];
  if (letters.length < nearFrom) return [];
  const most = letters.length >= twiceFrom ? 2 : 1;
  const best: { rank: number; words: string[] } = { rank: Number.POSITIVE_INFINITY, words: [] };
  for (const word of vocabulary) {
    if (word === typed) continue;
    const { whole, beginning } = distances(letters, [...word]);
    // A whole word goes before the beginning of one.
    const rank = whole <= most ? 2 * whole : beginning <= 1 && letters.length > nearFrom ? 2 * beginning + 1 : null;
    if (rank === null || rank > best.rank) continue;
    if (rank < best.rank) best.words = [];
    best.rank = rank;
    best.words.push(word);
  }
  return best.words.slice(0, nearMax);
}

/**
 * How many letters have to be put in, taken out, replaced or exchanged with their neighbour to make of one word the other (optimal string
 * alignment), or any beginning of the other.
 */
export function distances(
  from: readonly string[],
  to: readonly string[],
): { readonly whole: number; readonly beginning: number } {
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, letter] of from.entries()) {
    const fresh = [row + 1];
    for (const [at, other] of to.entries()) {
      const replaced = (old[at] ?? 0) + (letter === other ? 0 : 1);
      let least = Math.min(replaced, (old[at + 1] ?? 0) + 1, (fresh[at] ?? 0) + 1);
      if (row > 0 && at > 0 && letter === to[at - 1] && from[row - 1] === other) {
        least = Math.min(least, (older[at - 1] ?? 0) + 1);
      }
      fresh.push(least);
    }
    older = old;
    old = fresh;
  }
  return { whole: old[to.length] ?? 0, beginning: Math.min(...old) };
}
