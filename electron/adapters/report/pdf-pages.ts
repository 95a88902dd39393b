export interface PageRoom {
  /** In points, under the letterhead of the first page. */
  readonly first: number;
  /** On every other page. */
  readonly other: number;
}

/**
 * Where pages begin: the first block of each, in order. Blocks fill a page from the top; one that must not be the last of its page takes the
 * next one with it, as long as that leaves something on the page.
 * @param heights of the blocks, in points
 * @param keepsNext whether a block stays on the page of the one after it
 */
export function pageStarts(
  heights: ArrayLike<number>,
  keepsNext: (index: number) => boolean,
  room: PageRoom,
): readonly number[] {
  const starts = [0];
  let used = 0;
  for (let index = 0; index < heights.length; index += 1) {
    const height = heights[index] ?? 0;
    const start = starts.at(-1) ?? 0;
    const most = starts.length === 1 ? room.first : room.other;
    if (used + height > most && index > start) {
      let next = index;
      while (next > start && keepsNext(next - 1)) next -= 1;
      // A chain as long as a page has to be cut somewhere.
      if (next === start) next = index;
      starts.push(next);
      used = 0;
      for (let moved = next; moved < index; moved += 1) used += heights[moved] ?? 0;
    }
    used += height;
  }
  return starts;
}
