import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatementEntry } from '../../domain/statement/model.ts';
import { layouts } from './layouts.fixture.ts';
import { gridOf, gridStyle, rowsOfGrid, shownIn, statementsOf } from './sheet.fixture.ts';
import { readSheet } from './sheet.ts';
import { readValue } from './statement.fixture.ts';

const otherOrders = (lines: readonly StatementEntry[]): readonly (readonly StatementEntry[])[] => {
  const byDay = (one: StatementEntry, other: StatementEntry): number =>
    one.date < other.date ? -1 : one.date > other.date ? 1 : 0;
  return [lines.toReversed(), lines.toSorted(byDay), lines.toReversed().toSorted(byDay)];
};
/** Each balance is the one before and what the line moved. */
const isWhole = (lines: readonly StatementEntry[]): boolean =>
  lines.every(({ debitPaise, creditPaise, balancePaise }, at) => {
    const before = lines[at - 1];
    return before === undefined || balancePaise === (before.balancePaise ?? 0n) + creditPaise - debitPaise;
  });

describe('the export of a bank is read as the statement it was made of', () => {
  it.each(layouts.map((layout) => [layout.name, layout] as const))('%s', (_name, layout) => {
    fc.assert(
      fc.property(statementsOf(layout), gridStyle, (statement, style) => {
        const rows = rowsOfGrid(gridOf(layout, statement, style));
        expect(readValue(readSheet(rows))).toEqual(shownIn(layout, statement, style));
      }),
    );
  });

  it.each(layouts.map((layout) => [layout.name, layout] as const))(
    '%s: a line that is left out is missed',
    (_name, layout) => {
      fc.assert(
        fc.property(statementsOf(layout), gridStyle, fc.nat(), (statement, style, pick) => {
          const grid = gridOf(layout, statement, style);
          const first = grid.indexOf(layout.header) + 1;
          // Without the first or the last line it is the statement of a shorter time.
          fc.pre(statement.entries.length > 2);
          const missing = 1 + (pick % (statement.entries.length - 2));
          // What is left may be a whole statement whose lines of a day stand the other way round, and nobody can tell.
          const left = statement.entries.toSpliced(
            style.newestFirst ? statement.entries.length - 1 - missing : missing,
            1,
          );
          fc.pre(!otherOrders(left).some(isWhole));
          const gone = first + missing;
          const result = readSheet(rowsOfGrid(grid.map((row, index) => (index === gone ? [] : row))));
          const next = gone + (style.newestFirst ? 0 : 2);
          expect(result).toMatchObject({ ok: false, error: { code: 'STATEMENT_BALANCE', details: { line: next } } });
        }),
      );
    },
  );
});
