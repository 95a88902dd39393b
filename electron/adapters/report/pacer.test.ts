import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { codeOf } from '../workbook/workbook.fixture.ts';
import { pacer } from './pacer.ts';

const busyFor = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until; );
};

it('lets others have the thread while a writer is at work, and not after every row', async () => {
  let [turns, done] = [0, false];
  const others = (async () => {
    while (!done) {
      await setImmediate();
      turns += 1;
    }
  })();
  const { rowDone } = pacer(new AbortController().signal, () => undefined);
  const since = performance.now();
  for (let row = 0; row < 400; row += 1) {
    busyFor(1);
    await rowDone();
  }
  const [whileAtWork, stretches] = [turns, (performance.now() - since) / 15];
  done = true;
  await others;
  expect(whileAtWork).toBeGreaterThan(5);
  expect(whileAtWork).toBeLessThan(3 * stretches);
});

it('stops a writer soon after the stop', async () => {
  const stop = new AbortController();
  const { rowDone } = pacer(stop.signal, () => undefined);
  let rows = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      busyFor(1);
      rows += 1;
      if (rows === 10) stop.abort();
      await rowDone();
    }
  };
  expect(await codeOf(work())).toBe('CANCELLED');
  expect(rows).toBeLessThan(60);
});
