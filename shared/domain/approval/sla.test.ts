import { describe, expect, it } from 'vitest';
import { decisionReasons } from './policy.ts';
import { dueAfter, slaState } from './sla.ts';

const HOUR = 3_600_000;

describe('the time for a decision', () => {
  const dueAt = dueAfter(1_000, { approvalSlaHours: 48 });

  it('ends after the hours of the college', () => {
    expect(dueAt).toBe(1_000 + 48 * HOUR);
    const expense = { status: 'submitted', dueAt } as const;
    expect(slaState(expense, 1_000)).toEqual({ kind: 'due', hours: 48 });
    expect(slaState(expense, dueAt - 1)).toEqual({ kind: 'due', hours: 0 });
    expect(slaState(expense, dueAt)).toEqual({ kind: 'overdue', hours: 0 });
    expect(slaState(expense, dueAt + 25 * HOUR)).toEqual({ kind: 'overdue', hours: 25 });
  });

  it('does not run for what nobody waits for', () => {
    expect(slaState({ status: 'approved', dueAt }, dueAt + 1)).toEqual({ kind: 'none' });
    expect(slaState({ status: 'submitted', dueAt: null }, dueAt + 1)).toEqual({ kind: 'none' });
  });
});

describe('the policy', () => {
  const college = { approvalAbovePaise: 50_000_00n };

  it.each([
    [50_000_00n, false, false, []],
    [50_000_01n, false, false, ['amount']],
    [1n, true, false, ['category']],
    [1n, false, true, ['over_budget']],
    [60_000_00n, true, true, ['category', 'amount', 'over_budget']],
  ])('for %s paise, category %s, over budget %s asks because of %j', (totalPaise, requiresApproval, over, reasons) => {
    expect(decisionReasons({ totalPaise }, { requiresApproval }, college, over)).toEqual(reasons);
  });
});
