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
    const { whole, beginning } = distances(letters, [...word], most);
    // A whole word goes before the beginning of one.
    const rank = whole <= most ? 2 * whole : beginning <= 1 && letters.length > nearFrom ? 2 * beginning + 1 : null;
    if (rank === null || rank > best.rank) continue;
    if (rank < best.rank) best.words = [];
    best.rank = rank;
    best.words.push(word);
  }
  return best.words.slice(0, nearMax);
}

/** Further apart than anybody wants to know. */
const far = { whole: Number.POSITIVE_INFINITY, beginning: Number.POSITIVE_INFINITY };

/**
 * How many letters have to be put in, taken out, replaced or exchanged with their neighbour to make of one word the other (optimal string
 * alignment), or any beginning of the other. What is more than `most` need not be exact, only more: of nearly all words of a vocabulary that
 * shows within the first letters.
 */
export function distances(
  from: readonly string[],
  whole: readonly string[],
  most: number,
): { readonly whole: number; readonly beginning: number } {
  if (whole.length < from.length - most) return far;
  const to = whole.slice(0, from.length + most);
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, letter] of from.entries()) {
    const fresh = [row + 1];
    let nearest = row + 1;
    for (let at = 0; at < to.length; at += 1) {
      const replaced = (old[at] ?? 0) + (letter === to[at] ? 0 : 1);
      let least = Math.min(replaced, (old[at + 1] ?? 0) + 1, (fresh[at] ?? 0) + 1);
      if (row > 0 && at > 0 && letter === to[at - 1] && from[row - 1] === to[at]) {
        least = Math.min(least, (older[at - 1] ?? 0) + 1);
      }
      fresh.push(least);
      nearest = Math.min(nearest, least);
    }
    // No later row can be nearer than this one, not even by an exchange: it is one letter more than the row before.
    if (nearest > most) return far;
    older = old;
    old = fresh;
  }
  const isCut = to.length < whole.length;
  return { whole: isCut ? far.whole : (old[to.length] ?? 0), beginning: Math.min(...old) };
}
