import fc from 'fast-check';
import type { RawCell, RawRow } from '../../domain/import/raw-cell.ts';
import type { Statement } from '../../domain/statement/model.ts';
import type { Layout } from './layouts.fixture.ts';
import { anyNarration, statements, transferReference } from './statement.fixture.ts';

/** A sheet of texts, a row each. */
export type Grid = readonly (readonly string[])[];

/** As CSV and TSV give them; blank rows are left out and still counted. */
export const rowsOfGrid = (grid: Grid): readonly RawRow[] =>
  grid.flatMap((texts, index): RawRow[] => {
    const cells = texts.map((text): RawCell => (text === '' ? { kind: 'empty', text } : { kind: 'text', text }));
    return texts.every((text) => text.trim() === '') ? [] : [{ number: index + 1, cells }];
  });

/** What a layout can carry of a statement, with references that it would not take for a cheque. */
export const statementsOf = ({ has, either }: Layout): fc.Arbitrary<Statement> =>
  statements({
    format: 'sheet',
    narration: anyNarration,
    reference: has.reference ? fc.option(transferReference) : fc.constant(null),
    cheque: has.cheque
      ? fc.option(fc.stringMatching(/^[0-9]{6}$/).filter((text) => !/^0+$/.test(text)))
      : fc.constant(null),
    hasValueDate: has.valueDate,
    hasBalances: true,
    either,
  });

export interface GridStyle {
  readonly banner: boolean;
  readonly newestFirst: boolean;
  /** Rows of anything around the lines. */
  readonly above: Grid;
  readonly below: Grid;
}

const noise: fc.Arbitrary<Grid> = fc.array(
  fc.oneof(
    fc.constantFrom(
      ['********', '********'],
      ['-----'],
      ['', '', 'Page 1 of 2'],
      ['IFSC :', 'HDFC0000123', 'MICR', '411240002'],
    ),
    fc.array(anyNarration, { maxLength: 4 }),
  ),
  { maxLength: 12 },
);

export const gridStyle: fc.Arbitrary<GridStyle> = fc.record({
  banner: fc.boolean(),
  newestFirst: fc.boolean(),
  above: noise,
  below: noise,
});

/** The sheet of a statement. Without its banner it names no account and no period. */
export function gridOf(layout: Layout, statement: Statement, style: GridStyle): Grid {
  const { accountNumber, from, to, entries } = statement;
  const lines = entries.map(layout.row);
  return [
    ...(style.banner ? layout.banner(accountNumber ?? '', from, to) : []),
    ...style.above,
    layout.header,
    ...(style.newestFirst ? lines.toReversed() : lines),
    ...layout.footer,
    ...style.below,
  ];
}

/** What is left of the statement in such a sheet. */
export function shownIn(layout: Layout, statement: Statement, { banner }: Pick<GridStyle, 'banner'>): Statement {
  const text = banner ? layout.banner('1', '2026-01-02', '2026-02-03').flat().join(' ') : '';
  const hasPeriod = /\b(?:from|period|start date)\b/i.test(text);
  const days = statement.entries.map(({ date }) => date);
  return {
    ...statement,
    accountNumber: /account (?:no|number)/i.test(text) ? statement.accountNumber : null,
    from: hasPeriod ? statement.from : (days.at(0) ?? ''),
    to: hasPeriod ? statement.to : (days.at(-1) ?? ''),
  };
}

/** As CSV or with tabs, with quotes where they are needed. */
export const delimited = (grid: Grid, delimiter: ',' | '\t'): string => {
  // Tabs need no quotes around a cell, but one that begins with a quotation mark would be read as quoted.
  const isQuoted = delimiter === ',' ? /[",\r\n]/ : /^"/;
  const written = (cell: string) => (isQuoted.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return grid
    .map((row) => row.map((cell) => written(delimiter === ',' ? cell : cell.replaceAll('\t', ' '))).join(delimiter))
    .join('\r\n');
};
