const words: Readonly<Record<string, string>> = { pvt: 'private', ltd: 'limited', co: 'company', bros: 'brothers' };

/**
 * A vendor's name folded for comparison: letter case, punctuation, spaces, "M/s" and the usual abbreviations do not tell two vendors
 * apart. `M/s. ABC Traders Pvt. Ltd.` and `Abc Traders Private Limited` fold to the same key.
 */
export function nameKey(name: string): string {
  const bare = name.normalize('NFKC').toLowerCase();
  const tokens = bare
    .replace(/^\s*(m\s*\/\s*s\b\.?|messrs\b\.?)/u, ' ')
    .replace(/&/g, ' and ')
    .replace(/['’.]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((token) => token !== '')
    .map((token) => (Object.hasOwn(words, token) ? (words[token] ?? token) : token));
  // A name of nothing but signs is still a name.
  return tokens.length > 0 ? tokens.join(' ') : bare.trim();
}
