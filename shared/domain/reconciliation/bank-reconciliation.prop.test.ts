import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '../../kernel/dates.ts';
import { type ReconHistory, reconHistory } from '../../testing/recon-truth.ts';
import type { Proposal } from '../matching/model.ts';
import { proposeMatches } from '../matching/propose.ts';
import { bankReconciliation, type ReconcilingItem } from './bank-reconciliation.ts';

const opening = 12_345_678n;

interface Match {
  readonly lineIds: readonly string[];
  readonly voucherLineIds: readonly string[];
}

/** Both sides with the day from which a match has them on both. */
function items(history: ReconHistory, matches: readonly Match[]) {
  const lines = history.lines.map(({ id, date, debitPaise, creditPaise }) => ({
    id,
    date,
    paise: creditPaise - debitPaise,
  }));
  const entries = history.entries.map(({ voucherLineId, date, debitPaise, creditPaise }) => ({
    id: voucherLineId,
    date,
    paise: debitPaise - creditPaise,
  }));
  const dates = new Map([...lines, ...entries].map(({ id, date }) => [id, date]));
  const settled = new Map<string, IsoDate>();
  for (const { lineIds, voucherLineIds } of matches) {
    const all = [...lineIds, ...voucherLineIds];
    const last =
      all
        .map((id) => dates.get(id) ?? '')
        .sort()
        .at(-1) ?? '';
    for (const id of all) settled.set(id, last);
  }
  const withDay = (item: { id: string; date: IsoDate; paise: bigint }): ReconcilingItem => ({
    ...item,
    settledOn: settled.get(item.id) ?? null,
  });
  return { lines: lines.map(withDay), entries: entries.map(withDay) };
}

const balanceAt = (of: readonly ReconcilingItem[], day: IsoDate): bigint =>
  of.reduce((sum, { date, paise }) => (date <= day ? sum + paise : sum), opening);

/** What a match needs posted before its sums are equal. */
const isWhole = ({ posting, voucherLineIds }: Proposal): boolean => posting === null && voucherLineIds.length > 0;

describe('the bank reconciliation statement', () => {
  it('closes to the paisa on any day, whatever was matched', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: -2, max: 420 }), fc.boolean(), (seed, day, isTrue) => {
        const history = reconHistory(seed, 300, 120);
        const found = proposeMatches(history.lines, history.entries, history.rules).filter(
          (proposal) => proposal.isAutomatic && isWhole(proposal),
        );
        const known = history.matches.filter(({ lineIds, voucherLineIds }) =>
          isBalanced(history, lineIds, voucherLineIds),
        );
        const { lines, entries } = items(history, isTrue ? known : found);
        const asOf = addDays('2026-04-01', day);
        const input = {
          bookBalancePaise: balanceAt(entries, asOf),
          bankBalancePaise: balanceAt(lines, asOf),
          lines,
          entries,
        };
        const statement = bankReconciliation(input, asOf);
        expect(statement.unexplainedPaise).toBe(0n);
        const shown = [
          statement.notPresented,
          statement.notCredited,
          statement.creditsNotInBooks,
          statement.debitsNotInBooks,
        ];
        for (const { items: listed, paise } of shown) {
          expect(listed.reduce((sum, item) => sum + (item.paise < 0n ? -item.paise : item.paise), 0n)).toBe(paise);
          expect(listed.every(({ date }) => date <= asOf)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows what the bank says beyond what both sides have', () => {
    const entry = (id: string, paise: bigint, settledOn: string | null = null) => ({
      id,
      date: '2026-07-10',
      paise,
      settledOn,
    });
    const entries = [
      entry('cheque', -50_000n),
      entry('deposit', 20_000n, '2026-08-02'),
      entry('done', 7n, '2026-07-12'),
    ];
    const lines = [entry('charge', -1_180n), entry('interest', 3_000n)];
    const statement = bankReconciliation(
      { bookBalancePaise: 100_000n, bankBalancePaise: 131_825n, entries, lines },
      '2026-07-31',
    );
    expect(statement.notPresented.paise).toBe(50_000n);
    expect(statement.notCredited.items.map(({ id }) => id)).toEqual(['deposit']);
    expect(statement.debitsNotInBooks.paise).toBe(1_180n);
    expect(statement.creditsNotInBooks.paise).toBe(3_000n);
    expect(statement.expectedBankPaise).toBe(131_820n);
    expect(statement.unexplainedPaise).toBe(5n);
    expect(
      bankReconciliation({ bookBalancePaise: 0n, bankBalancePaise: null, entries, lines }, '2026-07-31')
        .unexplainedPaise,
    ).toBeNull();
  });
});

function isBalanced(history: ReconHistory, lineIds: readonly string[], voucherLineIds: readonly string[]): boolean {
  const ours = history.lines.filter(({ id }) => lineIds.includes(id));
  const theirs = history.entries.filter(({ voucherLineId }) => voucherLineIds.includes(voucherLineId));
  const bank = ours.reduce((sum, { creditPaise, debitPaise }) => sum + creditPaise - debitPaise, 0n);
  return theirs.reduce((sum, { creditPaise, debitPaise }) => sum - creditPaise + debitPaise, 0n) === bank;
}
