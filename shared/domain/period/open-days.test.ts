import { describe, expect, it } from 'vitest';
import { isOpenDay, openDays, postingDateRefusal } from './open-days.ts';

describe('the open days', () => {
  it('are those of this financial year and the one before', () => {
    expect(openDays('2026-11-21')).toEqual({ first: '2025-04-01', last: '2027-03-31' });
    expect(openDays('2027-03-31')).toEqual({ first: '2025-04-01', last: '2027-03-31' });
    expect(openDays('2027-04-01')).toEqual({ first: '2026-04-01', last: '2028-03-31' });
    expect(isOpenDay('2025-03-31', '2026-11-21')).toBe(false);
    expect(isOpenDay('2027-03-31', '2026-11-21')).toBe(true);
  });

  it('take postings up to today', () => {
    expect(postingDateRefusal('2026-11-21', '2026-11-21', 'PAYMENT_DATE_INVALID')).toBeUndefined();
    expect(postingDateRefusal('2026-11-22', '2026-11-21', 'PAYMENT_DATE_INVALID')).toEqual({
      code: 'PAYMENT_DATE_INVALID',
      details: { date: '2026-11-22', reason: 'future' },
    });
    expect(postingDateRefusal('2025-03-31', '2026-11-21', 'PAYMENT_DATE_INVALID')?.code).toBe('PERIOD_CLOSED');
  });
});
