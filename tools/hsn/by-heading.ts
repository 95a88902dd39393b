import type { HsnData } from '../../shared/domain/tax/hsn-list.ts';

/** Puts codes of eight digits under their headings, and what all texts of a heading begin with there once. */
export function byHeading(codes: ReadonlyMap<string, string>): HsnData['goods'] {
  const headings = Map.groupBy(
    [...codes].sort(([one], [other]) => (one < other ? -1 : 1)),
    ([code]) => code.slice(0, 4),
  );
  return Object.fromEntries(
    [...headings].map(([heading, same]) => {
      const text = commonWords(same.map(([, one]) => one));
      const rest = same.map(([code, one]): [string, string] => [code.slice(4), one.slice(text.length).trim()]);
      return [heading, { text, codes: Object.fromEntries(rest) }];
    }),
  );
}

/** Whole words that all texts begin with. */
function commonWords(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let end = first.length;
  for (const other of others) {
    let same = 0;
    while (same < end && first[same] === other[same]) same += 1;
    const isWhole = (text: string): boolean => same === text.length || text[same] === ' ' || first[same - 1] === ' ';
    end = isWhole(first) && isWhole(other) ? same : first.lastIndexOf(' ', same - 1) + 1;
  }
  return first.slice(0, Math.max(0, end)).trim();
}
