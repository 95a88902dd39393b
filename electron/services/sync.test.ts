import { describe, expect, it } from 'vitest';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { throttled } from './sync.ts';

describe('telling of changes', () => {
  it('goes on after a telling that failed, and says that it failed', async () => {
    const clock = new SimClock(0);
    const failures: unknown[] = [];
    const full = new Error('the disk is full');
    let told = 0;
    const tell = throttled(
      clock,
      async () => {
        told++;
        if (told === 1) throw full;
      },
      (problem) => failures.push(problem),
    );
    for (let time = 0; time < 2; time++) {
      tell();
      tell();
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([told, failures]).toEqual([2, [full]]);
  });
});
