import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineNames } from './line-identity.ts';
import type { StatementEntry } from './model.ts';
import { balanced } from './running-balance.ts';

interface Move {
  readonly day: number;
  readonly paise: bigint;
  readonly narration: string;
}

const move: fc.Arbitrary<Move> = fc.record({
  day: fc.nat({ max: 2 }),
  paise: fc.oneof(
    fc.bigInt({ min: -9n, max: 9n }).filter((paise) => paise !== 0n),
    fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).filter((paise) => paise !== 0n),
  ),
  narration: fc.constantFrom('FEES', 'RENT', 'CHARGES'),
});

/** Lines that add up from `opening`, oldest first, over at least two days. */
function linesOf(moves: readonly Move[], opening: bigint, isStated: (index: number) => boolean): StatementEntry[] {
  let balance = opening;
  let day = 1;
  return moves.map(({ day: step, paise, narration }, index) => {
    balance += paise;
    day += index === 1 ? step + 1 : step;
    return {
      date: `2026-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`,
      valueDate: null,
      narration,
      reference: null,
      chequeNo: null,
      debitPaise: paise < 0n ? -paise : 0n,
      creditPaise: paise > 0n ? paise : 0n,
      balancePaise: isStated(index) ? balance : null,
    };
  });
}

const opening = fc.bigInt({ min: -1000n, max: 10n ** 12n });
const moves = fc.array(move, { minLength: 2, maxLength: 40 });
const nowhere = { openingPaise: null, closingPaise: null };

describe('the running balance', () => {
  it('fits whichever end the export begins with, and gives the oldest first', () => {
    fc.assert(
      fc.property(moves, opening, fc.boolean(), (drawn, start, turned) => {
        const lines = linesOf(drawn, start, () => true);
        const result = balanced(turned ? lines.toReversed() : lines, nowhere);
        const closingPaise = lines.at(-1)?.balancePaise ?? null;
        expect(result).toEqual({ ok: true, value: { lines, openingPaise: start, closingPaise } });
      }),
    );
  });

  it('puts right days that run one way and lines of a day that run the other', () => {
    fc.assert(
      fc.property(moves, opening, (drawn, start) => {
        const lines = linesOf(drawn, start, () => true);
        const mixed = lines.toSorted((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0));
        const result = balanced(mixed, { openingPaise: start, closingPaise: null });
        expect(result.ok).toBe(true);
        if (!result.ok) return;
        // Where lines of a day can stand in two orders, both add up; the days stand as they were.
        expect(result.value.lines.map(({ date }) => date)).toEqual(lines.map(({ date }) => date));
        expect(result.value.closingPaise).toBe(lines.at(-1)?.balancePaise);
      }),
    );
  });

  it('names the very line that was changed', () => {
    fc.assert(
      fc.property(moves, opening, fc.nat(), fc.boolean(), (drawn, start, pick, turned) => {
        const lines = linesOf(drawn, start, () => true);
        const at = pick % lines.length;
        const spoilt = lines.map((line, index) =>
          index === at ? { ...line, balancePaise: (line.balancePaise ?? 0n) + 10n ** 16n } : line,
        );
        const given = turned ? spoilt.toReversed() : spoilt;
        const result = balanced(given, { openingPaise: start, closingPaise: null });
        expect(result).toMatchObject({ ok: false, error: { index: turned ? given.length - 1 - at : at } });
      }),
    );
  });

  it('is checked from one stated balance to the next, and against the closing one', () => {
    fc.assert(
      fc.property(moves, opening, fc.func(fc.boolean()), (drawn, start, isStated) => {
        const lines = linesOf(drawn, start, (index) => isStated(index));
        const closing = linesOf(drawn, start, () => true).at(-1)?.balancePaise ?? 0n;
        const ends = { openingPaise: start, closingPaise: closing };
        expect(balanced(lines, ends)).toEqual({ ok: true, value: { lines, ...ends } });
        expect(balanced(lines, { openingPaise: null, closingPaise: closing })).toEqual({
          ok: true,
          value: { lines, ...ends },
        });
        const wrong = balanced(lines, { ...ends, closingPaise: closing + 1n });
        expect(wrong).toMatchObject({
          ok: false,
          error: { index: lines.length - 1, statedPaise: closing + 1n, madePaise: closing },
        });
      }),
    );
  });

  it('of nothing is nothing, and lines without any balance stay as they are', () => {
    expect(balanced([], { openingPaise: 5n, closingPaise: null })).toEqual({
      ok: true,
      value: { lines: [], openingPaise: 5n, closingPaise: null },
    });
    const lines = linesOf([{ day: 0, paise: 5n, narration: 'FEES' }], 0n, () => false);
    expect(balanced(lines, nowhere)).toEqual({ ok: true, value: { lines, ...nowhere } });
  });
});

describe('the name of a line', () => {
  const setOf = (lines: readonly StatementEntry[]): string[] =>
    lineNames('A1', lines).map((name) => JSON.stringify(name));

  it('is its own, whether balances are stated or not', () => {
    fc.assert(
      fc.property(moves, opening, fc.boolean(), (drawn, start, stated) => {
        const names = setOf(linesOf(drawn, start, () => stated));
        expect(new Set(names).size).toBe(drawn.length);
      }),
    );
  });

  it('is the same in statements that overlap by whole days or end earlier', () => {
    fc.assert(
      fc.property(moves, opening, fc.nat(), fc.nat(), fc.boolean(), (drawn, start, cutDay, cutEnd, stated) => {
        const all = linesOf(drawn, start, () => stated);
        const from = all[cutDay % all.length]?.date ?? '';
        const later = all.filter(({ date }) => date >= from);
        const earlier = all.slice(0, 1 + (cutEnd % all.length));
        const union = new Set([...setOf(earlier), ...setOf(later), ...setOf(all)]);
        expect(union.size).toBe(all.length);
      }),
    );
  });

  it('hangs on every part that makes it another line, not on how it was spaced', () => {
    const [line] = linesOf([{ day: 0, paise: 5n, narration: 'FEES OF ASHA' }], 0n, () => true);
    if (line === undefined) throw new Error('no line');
    const [name] = setOf([line]);
    expect(setOf([{ ...line, narration: ' FEES  OF\u00a0ASHA ' }])).toEqual([name]);
    const others: readonly Partial<StatementEntry>[] = [
      { date: '2026-02-01' },
      { debitPaise: 5n, creditPaise: 0n },
      { creditPaise: 6n },
      { reference: 'R1' },
      { chequeNo: '000123' },
      { narration: 'FEES' },
      { balancePaise: 7n },
      { balancePaise: null },
    ];
    const names = others.map((other) => setOf([{ ...line, ...other }])[0]);
    expect(new Set([name, ...names]).size).toBe(others.length + 1);
    expect(JSON.stringify(lineNames('A2', [line])[0])).not.toBe(name);
  });
});
