import { describe, expect, it } from 'vitest';
import { SeededRandom } from './seeded-random.ts';
import { SimClock } from './sim-clock.ts';

describe('the simulated clock', () => {
  it('runs timers in order of their time, those they make included', () => {
    const clock = new SimClock(1_000);
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name} ${clock.now()}`);
    clock.after(30, note('c'));
    clock.after(10, () => {
      note('a')();
      clock.after(5, note('b'));
    });
    clock.after(30, note('d'));
    const cancel = clock.after(20, note('never'));
    cancel();
    clock.advance(29);
    expect(ran).toEqual(['a 1010', 'b 1015']);
    expect([clock.now(), clock.pending]).toEqual([1_029, 2]);
    clock.advance(1);
    expect(ran.slice(2)).toEqual(['c 1030', 'd 1030']);
  });
});

describe('seeded random numbers', () => {
  it('follow from the seed alone and use the whole range', () => {
    const draw = (seed: number) => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 1_000 }, () => random.below(10));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(new Set(draw(7)).size).toBe(10);
    const bytes = new SeededRandom(1).bytes(2_000);
    expect(new Set(bytes).size).toBe(256);
  });
});
