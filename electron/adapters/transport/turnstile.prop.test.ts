import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import { SimClock } from '../../../shared/testing/sim-clock.ts';
import { Turnstile } from './turnstile.ts';

const MINUTE_MS = 60_000;
/** The clock is turned by so much at a time, so that the moments are known to within it. */
const STEP_MS = 250;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

describe('a turnstile', () => {
  it('lets no more through in any minute than are allowed, and no more at once, and everybody in the end', async () => {
    const steps = fc.array(fc.record({ comes: fc.nat(8), passes: fc.nat(30_000), stays: fc.nat(5_000) }), {
      minLength: 3,
      maxLength: 5,
    });
    const rules = fc.record({
      requestsPerMinute: fc.integer({ min: 1, max: 120 }),
      concurrency: fc.integer({ min: 1, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(rules, steps, async ({ requestsPerMinute, concurrency }, what) => {
        const clock = new SimClock(0);
        const turnstile = new Turnstile({ clock, requestsPerMinute, concurrency });
        const enteredAt: number[] = [];
        let [inside, most, came] = [0, 0, 0];
        const visit = async (stays: number): Promise<void> => {
          const leave = await turnstile.enter('lane', never);
          enteredAt.push(clock.now());
          inside += 1;
          most = Math.max(most, inside);
          clock.after(stays, () => {
            inside -= 1;
            leave?.();
          });
        };
        for (const { comes, passes, stays } of what) {
          came += comes;
          for (let one = 0; one < comes; one += 1) void visit(stays);
          await settle();
          for (let passed = 0; passed < passes; passed += STEP_MS) {
            clock.advance(STEP_MS);
            await settle();
          }
        }
        for (let round = 0; enteredAt.length < came && round < 20_000; round += 1) {
          clock.advance(STEP_MS);
          await settle();
        }
        expect(enteredAt).toHaveLength(came);
        expect(most).toBeLessThanOrEqual(concurrency);
        enteredAt.forEach((at, index) => {
          const after = enteredAt[index + requestsPerMinute];
          if (after !== undefined) expect(after - at).toBeGreaterThanOrEqual(MINUTE_MS - STEP_MS);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('takes the lanes in turns, and those of a lane as they came', async () => {
    const turnstile = new Turnstile({ clock: new SimClock(0), requestsPerMinute: null, concurrency: 1 });
    const order: string[] = [];
    const first = await turnstile.enter('statement', never);
    const visit = async (lane: string, name: string): Promise<void> => {
      const leave = await turnstile.enter(lane, never);
      order.push(name);
      await settle();
      leave?.();
    };
    const all = [
      ...['s1', 's2', 's3'].map((name) => visit('statement', name)),
      ...['p1', 'p2'].map((name) => visit('pay', name)),
    ];
    first?.();
    await Promise.all(all);
    expect(order).toEqual(['s1', 'p1', 's2', 'p2', 's3']);
  });

  it('forgets who went away, and leaves nobody inside who left twice', async () => {
    const turnstile = new Turnstile({ clock: new SimClock(0), requestsPerMinute: null, concurrency: 1 });
    const first = await turnstile.enter('a', never);
    const stop = new AbortController();
    const gone = turnstile.enter('a', stop.signal);
    const last = turnstile.enter('a', never);
    expect(turnstile.waiting).toBe(2);
    stop.abort();
    expect(await gone).toBeNull();
    first?.();
    first?.();
    expect(await last).not.toBeNull();
    expect(await turnstile.enter('a', AbortSignal.abort())).toBeNull();
    const blocked = turnstile.enter('a', never);
    expect(turnstile.waiting).toBe(1);
    (await last)?.();
    await blocked;
  });

  it('is full at so many', () => {
    const turnstile = new Turnstile({ clock: new SimClock(0), requestsPerMinute: null, concurrency: 1 });
    for (let count = 0; count <= limits.connector.queueMax; count += 1) {
      expect(turnstile.isFull).toBe(false);
      void turnstile.enter(`lane ${count % 7}`, never);
    }
    expect(turnstile.isFull).toBe(true);
  });
});
