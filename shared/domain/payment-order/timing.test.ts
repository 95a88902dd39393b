import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { istDate } from '../../kernel/dates.ts';
import { bankRestOn, nextWorkingDay, usualCreditBy } from './timing.ts';

describe('when a payment arrives', () => {
  it('is within two hours of the next half-hourly batch for NEFT, at any hour of any day', () => {
    const at = Date.parse('2026-11-28T18:17:00Z');
    expect(usualCreditBy('neft', at)).toBe(Date.parse('2026-11-28T20:30:00Z'));
    expect(usualCreditBy('rtgs', at)).toBe(Date.parse('2026-11-28T18:47:00Z'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const wait = usualCreditBy('neft', now) - now;
        expect(wait >= 120 * 60_000 && wait < 150 * 60_000).toBe(true);
      }),
    );
  });

  it('knows when branches rest', () => {
    // November 2026: Saturdays 7, 14, 21, 28.
    expect(['2026-11-07', '2026-11-14', '2026-11-21', '2026-11-28'].map(bankRestOn)).toEqual([
      null,
      'saturday',
      null,
      'saturday',
    ]);
    expect(['2026-11-29', '2026-10-02', '2027-01-26', '2026-05-30'].map(bankRestOn)).toEqual([
      'sunday',
      'holiday',
      'holiday',
      null,
    ]);
    expect(nextWorkingDay(Date.parse('2026-11-27T19:00:00Z'))).toBe('2026-11-30');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const next = nextWorkingDay(now);
        expect(bankRestOn(next)).toBeNull();
        expect(next >= istDate(now)).toBe(true);
      }),
    );
  });
});
