import type { Page } from 'playwright-core';
import { type Seen, startProbe, stopProbe } from './probe.ts';

const ROW_PX = 32;
/** How long each way of scrolling goes on, and how long the list then has to come to rest. */
const SCROLL_MS = 4_000;
const REST_MS = 1_500;
const JUMPS = 10;

export const ways = ['wheel_slow', 'wheel_fast', 'page_down', 'jump'] as const;
export type Way = (typeof ways)[number];

export interface Scrolled extends Seen {
  /** Frames that the browser's compositor gave up on, and those it drew. */
  readonly dropped: number;
  readonly drawn: number;
}

/** Scrolls the list of the page from its top in one way and tells what was seen. */
export async function scrollList(page: Page, way: Way): Promise<Scrolled> {
  const grid = page.getByRole('grid');
  await grid.focus();
  await grid.evaluate((element) => {
    element.scrollTop = 0;
  });
  await page.keyboard.press('Home');
  await page.waitForTimeout(500);
  await grid.hover();
  const frames = await countFrames(page);
  await page.evaluate(startProbe, ROW_PX);
  await motions[way](page);
  await page.waitForTimeout(REST_MS);
  const seen = await page.evaluate(stopProbe);
  return { ...seen, ...(await frames()) };
}

/** One notch of a wheel is 100 px: ten a second by hand, and as fast as a free-running wheel or touchpad throws a list. */
const motions: Record<Way, (page: Page) => Promise<void>> = {
  wheel_slow: (page) => repeat(100, () => page.mouse.wheel(0, 100)),
  wheel_fast: (page) => repeat(16, () => page.mouse.wheel(0, 600)),
  // A held key repeats thirty times a second.
  page_down: (page) => repeat(33, () => page.keyboard.press('PageDown')),
  jump: async (page) => {
    for (let step = 1; step <= JUMPS; step += 1) {
      // To and fro, as the scrollbar is dragged.
      const share = ((step * 7) % (JUMPS + 1)) / (JUMPS + 1);
      await page.getByRole('grid').evaluate((element, part) => {
        element.scrollTop = part * element.scrollHeight;
      }, share);
      await page.waitForTimeout(SCROLL_MS / JUMPS);
    }
  },
};

async function repeat(everyMs: number, act: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  for (let step = 0; step * everyMs < SCROLL_MS; step += 1) {
    const early = step * everyMs - (performance.now() - begun);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    await act();
    if (performance.now() - begun > SCROLL_MS) return;
  }
}

/** Listens to the browser's own count of frames. */
async function countFrames(page: Page): Promise<() => Promise<{ dropped: number; drawn: number }>> {
  const debug = await page.context().newCDPSession(page);
  const counts = { dropped: 0, drawn: 0 };
  debug.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      if ('name' in event && String(event.name) === 'DroppedFrame') counts.dropped += 1;
      if ('name' in event && String(event.name) === 'DrawFrame') counts.drawn += 1;
    }
  });
  await debug.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => debug.once('Tracing.tracingComplete', () => resolve()));
    await debug.send('Tracing.end');
    await complete;
    await debug.detach();
    return counts;
  };
}
