import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryOf } from './facts.ts';

const DAY = 86_400_000;
const validFrom = Date.UTC(2026, 0, 1);
const validUntil = Date.UTC(2026, 11, 31, 18, 29, 59);
const at = (beforeEnd: number) => expiryOf({ validFrom, validUntil }, validUntil - beforeEnd);

describe('the end of a certificate', () => {
  it.each([
    [30 * DAY + 1, { kind: 'later' }],
    [30 * DAY, { kind: 'soon', withinDays: 30, daysLeft: 30 }],
    [7 * DAY + 1, { kind: 'soon', withinDays: 30, daysLeft: 7 }],
    [7 * DAY, { kind: 'soon', withinDays: 7, daysLeft: 7 }],
    [DAY + 1, { kind: 'soon', withinDays: 7, daysLeft: 1 }],
    [DAY, { kind: 'soon', withinDays: 1, daysLeft: 1 }],
    [0, { kind: 'soon', withinDays: 1, daysLeft: 0 }],
    [-1, { kind: 'expired' }],
  ])('is told %i ms before it', (beforeEnd, expected) => {
    expect(at(beforeEnd)).toEqual(expected);
  });

  it('is not told of one that has not begun', () => {
    expect(expiryOf({ validFrom, validUntil }, validFrom - 1)).toEqual({ kind: 'not_yet' });
    expect(expiryOf({ validFrom, validUntil }, validFrom)).toEqual({ kind: 'later' });
  });

  it('only ever comes nearer as time goes on', () => {
    const rank = (now: number): number => {
      const expiry = expiryOf({ validFrom, validUntil }, now);
      return (
        { not_yet: -1, later: 0, soon: 1, expired: 100 }[expiry.kind] +
        (expiry.kind === 'soon' ? 31 - expiry.withinDays : 0)
      );
    };
    const moment = fc.integer({ min: validFrom - 40 * DAY, max: validUntil + 40 * DAY });
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        expect(rank(Math.min(one, other))).toBeLessThanOrEqual(rank(Math.max(one, other)));
      }),
    );
  });
});
