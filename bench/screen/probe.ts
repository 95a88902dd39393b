/** What the page itself saw while it was scrolled. All times in milliseconds. */
export interface Seen {
  /** Between one frame and the next. */
  readonly frames: number[];
  /** From a row's coming into sight to its content being there: 0 where it came with its content. */
  readonly waits: number[];
  /** Rows that left the sight without ever having shown their content. */
  readonly neverShown: number;
}

declare global {
  interface Window {
    munimProbe?: { stop(): Seen };
  }
}

/**
 * Watches a list from inside its page, frame by frame. Sent to the page as text, so that it can use nothing from outside itself. The list
 * is the one with role `grid`; its rows carry `aria-rowindex`, the first of the body being 2.
 */
export function startProbe(rowPx: number): void {
  const grid = document.querySelector('[role="grid"]');
  if (grid === null) throw new Error('no list is shown');
  const frames: number[] = [];
  const waits: number[] = [];
  let neverShown = 0;
  let last: number | null = null;
  let request = 0;
  /** When each row in sight was first seen, or null once its content was there. */
  const inSight = new Map<number, number | null>();
  const look = (now: number): void => {
    if (last !== null) frames.push(now - last);
    last = now;
    const shown = new Set<number>();
    for (const row of grid.querySelectorAll('[role="row"][aria-rowindex]')) {
      if (row.querySelector('.data-waiting') === null) shown.add(Number(row.getAttribute('aria-rowindex')) - 2);
    }
    const count = Number(grid.getAttribute('aria-rowcount')) - 1;
    const first = Math.floor(grid.scrollTop / rowPx);
    const end = Math.min(count, Math.floor((grid.scrollTop + grid.clientHeight) / rowPx) - 1);
    for (const [index, since] of inSight) {
      if (index >= first && index < end) continue;
      inSight.delete(index);
      if (since === null) continue;
      waits.push(now - since);
      neverShown += 1;
    }
    for (let index = first; index < end; index += 1) {
      const since = inSight.get(index);
      if (since === null) continue;
      if (shown.has(index)) {
        waits.push(since === undefined ? 0 : now - since);
        inSight.set(index, null);
      } else if (since === undefined) inSight.set(index, now);
    }
    request = requestAnimationFrame(look);
  };
  request = requestAnimationFrame(look);
  window.munimProbe = {
    stop: () => {
      cancelAnimationFrame(request);
      return { frames, waits, neverShown };
    },
  };
}

export function stopProbe(): Seen {
  const seen = window.munimProbe?.stop();
  if (seen === undefined) throw new Error('no probe is running');
  return seen;
}
