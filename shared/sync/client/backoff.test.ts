import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { backoffMs } from './backoff.ts';

const { backoffMinMs, backoffMaxMs } = limits.sync;
const drawing = (high: number, low: number) => ({ bytes: () => new Uint8Array([high, low]) });

test('waits double from failure to failure up to the most, and half of each is left to chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(255), fc.nat(255), (failures, high, low) => {
      const [least, most] = [backoffMs(failures, drawing(0, 0)), backoffMs(failures, drawing(255, 255))];
      expect(most).toBe(Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.min(failures - 1, 30)));
      expect(least).toBe(Math.round(most / 2));
      const drawn = backoffMs(failures, drawing(high, low));
      expect(drawn >= least && drawn <= most).toBe(true);
    }),
  );
  // Desks that lost the server together come back one by one.
  const waits = new Set(Array.from({ length: 256 }, (_, high) => backoffMs(7, drawing(high, 0))));
  expect(waits.size).toBe(256);
});
