import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFetchDue, lastFetchTime, nextFetchTime } from './fetch-times.ts';

const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
const hourInIndia = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Kolkata',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
const hours = ['04:00:00', '10:00:00', '16:00:00', '22:00:00'];

test('the next time is the first of the four after the moment, by the clock of India', () => {
  fc.assert(
    fc.property(instant, (at) => {
      const [last, next] = [lastFetchTime(at), nextFetchTime(at)];
      expect(hours).toContain(hourInIndia(last));
      expect(hours).toContain(hourInIndia(next));
      expect(last).toBeLessThanOrEqual(at);
      expect(next).toBeGreaterThan(at);
      // Nothing lies between the two, and the next one is followed from itself.
      expect(next - last).toBe(6 * 3_600_000);
      expect(lastFetchTime(next)).toBe(next);
      expect(nextFetchTime(next - 1)).toBe(next);
    }),
  );
});

test('whoever slept through times asks once when awake, and then not before the next', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 40 * 86_400_000 }), (asked, slept) => {
      const now = asked + slept;
      expect(isFetchDue(asked, now)).toBe(nextFetchTime(asked) <= now);
      expect(isFetchDue(now, now)).toBe(false);
      expect(isFetchDue(now, nextFetchTime(now))).toBe(true);
      expect(isFetchDue(now + 1, now)).toBe(true);
    }),
  );
});
