import assert from 'node:assert/strict';
import * as xlsx from '@e965/xlsx';
import fc from 'fast-check';
import { defaultLimits } from '../../electron/adapters/workbook/workbook-limits.ts';
import { xlsOf } from '../../electron/adapters/workbook/xls-source.ts';
import { readCamt053 } from '../../shared/connectors/statement/camt053.ts';
import { writeCamt053, writeMt940, writeOfx } from '../../shared/connectors/statement/formats.fixture.ts';
import { layouts } from '../../shared/connectors/statement/layouts.fixture.ts';
import { readMt940 } from '../../shared/connectors/statement/mt940.ts';
import { readOfx } from '../../shared/connectors/statement/ofx.ts';
import { delimited, gridOf, statementsOf } from '../../shared/connectors/statement/sheet.fixture.ts';
import { readSheet } from '../../shared/connectors/statement/sheet.ts';
import {
  anyNarration,
  type Shape,
  statements,
  swiftNarration,
  transferReference,
  utf8,
} from '../../shared/connectors/statement/statement.fixture.ts';
import type { RawCell, RawRow } from '../../shared/domain/import/raw-cell.ts';
import { lineNames } from '../../shared/domain/statement/line-identity.ts';
import type { Statement } from '../../shared/domain/statement/model.ts';
import { transferReferences } from '../../shared/domain/statement/utr.ts';
import { isIsoDate } from '../../shared/kernel/dates.ts';
import { errorCatalogue, fillText, type Refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { FuzzTarget } from './fuzz.ts';

type Seeds = readonly [Uint8Array, ...Uint8Array[]];

/** Always the same ones: a run follows from its own seed alone. */
function sampled<T>(arbitrary: fc.Arbitrary<T>, write: (value: T, index: number) => Uint8Array): Seeds {
  const [first, ...others] = fc.sample(arbitrary, { seed: 1, numRuns: 6 }).map(write);
  if (first === undefined) throw new Error('no sample');
  return [first, ...others];
}

const shape: Omit<Shape, 'format' | 'narration'> = {
  reference: fc.option(transferReference),
  cheque: fc.option(fc.stringMatching(/^[0-9]{6}$/)),
  hasValueDate: true,
  hasBalances: false,
};
const size = { minLength: 2, maxLength: 6 };

/** What must hold for every statement that was taken, and for every refusal. */
export function checked(result: Result<Statement, Refusal>): Result<Statement, Refusal> {
  if (!result.ok) {
    const { code, details } = result.error;
    assert.match(code, /^(?:STATEMENT|IMPORT)_/);
    const { cause, next } = errorCatalogue[code];
    assert.doesNotMatch(fillText(`${cause} ${next}`, details), /\{\w+\}/);
    return result;
  }
  const { entries, from, to, openingPaise, closingPaise } = result.value;
  assert(isIsoDate(from) && isIsoDate(to) && from <= to);
  assert(entries.length <= limits.statement.linesMax);
  let balance = openingPaise;
  for (const entry of entries) {
    const { date, valueDate, debitPaise, creditPaise, balancePaise, narration } = entry;
    assert(isIsoDate(date) && date >= from && date <= to && (valueDate === null || isIsoDate(valueDate)));
    assert((debitPaise > 0n && creditPaise === 0n) || (creditPaise > 0n && debitPaise === 0n));
    if (balance !== null) balance += creditPaise - debitPaise;
    if (balancePaise !== null) assert.equal(balancePaise, balance);
    for (const text of [narration, entry.reference ?? '', entry.chequeNo ?? '']) {
      assert(text.length <= limits.statement.fieldCharsMax && text.isWellFormed());
    }
  }
  assert.equal(closingPaise, balance);
  assert.equal(new Set(lineNames('1', entries).map((name) => JSON.stringify(name))).size, entries.length);
  return result;
}

const decoder = new TextDecoder();

/** Delimited text as the thread for workbooks would give it; figures and days as cells of a workbook now and then. */
export function rowsOfText(input: Uint8Array): RawRow[] {
  return decoder
    .decode(input)
    .split('\n')
    .map((line, index) => ({
      number: index + 1,
      cells: line
        .replace(/\r$/, '')
        .split('\t')
        .map((text): RawCell => {
          if (text === '') return { kind: 'empty', text };
          if (text.startsWith('#')) return { kind: 'error', text };
          if (/^\d{1,20}(?:\.\d{1,20})?$/.test(text) && line.length % 3 === 0) return { kind: 'number', text };
          return isIsoDate(text) ? { kind: 'date', text } : { kind: 'text', text };
        }),
    }));
}

const sheetSeeds = (): Seeds => {
  const [first, ...others] = layouts.flatMap((layout) =>
    fc.sample(statementsOf(layout), { seed: 2, numRuns: 2 }).map((statement, index) => {
      const short = { ...statement, entries: statement.entries.slice(0, 5) };
      const style = { banner: true, newestFirst: index === 1, above: [], below: [] };
      return utf8(delimited(gridOf(layout, short, style), '\t'));
    }),
  );
  if (first === undefined) throw new Error('no layout');
  return [first, ...others];
};

const xlsSeeds = (): Seeds => {
  const write = (rows: readonly (readonly (string | number | boolean)[])[]): Uint8Array => {
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows.map((row) => [...row])), 'One');
    const written: ArrayBuffer = xlsx.write(book, { type: 'array', bookType: 'biff8', bookSST: true });
    return new Uint8Array(written);
  };
  return [
    write([
      ['Date', 'Narration', 'Amount'],
      ['01/04/26', 'फीस', 1250.5],
      [46_117, true, ''],
    ]),
    write([['x'.repeat(200), -1, 1e300], ['y']]),
  ];
};

export const statementTargets: readonly FuzzTarget[] = [
  {
    name: 'mt940',
    seeds: () =>
      sampled(
        statements({ ...shape, format: 'mt940', narration: swiftNarration, either: true }, size),
        (value, index) =>
          utf8(
            writeMt940(value, {
              structured: index % 2 === 0,
              enveloped: index % 3 === 0,
              lineEnd: index % 2 === 0 ? '\r\n' : '\n',
              reversals: index % 4 === 0,
              perMessage: 1 + index,
            }),
          ),
      ),
    run: (input) => checked(readMt940(input)),
  },
  {
    name: 'camt053',
    seeds: () =>
      sampled(statements({ ...shape, format: 'camt053', narration: anyNarration }, size), (value, index) =>
        utf8(
          writeCamt053(value, {
            version: index % 2 === 0 ? '08' : '02',
            prefix: index % 3 === 0 ? 'n' : '',
            clocks: index % 2 === 0,
            perStatement: 2 + index,
          }),
        ),
      ),
    run: (input) => checked(readCamt053(input)),
  },
  {
    name: 'ofx',
    seeds: () =>
      sampled(statements({ ...shape, format: 'ofx', narration: anyNarration }, size), (value, index) =>
        utf8(writeOfx(value, { xml: index % 2 === 0, named: index % 3 === 0, newestFirst: index % 4 === 0 })),
      ),
    run: (input) => checked(readOfx(input)),
  },
  { name: 'sheet', seeds: sheetSeeds, run: (input) => checked(readSheet(rowsOfText(input))) },
  {
    name: 'transfer-references',
    seeds: () =>
      sampled(fc.tuple(anyNarration, transferReference), ([text, utr]) => utf8(`${text} NEFT ${utr} ${text}`)),
    run: (input) => {
      const narration = decoder.decode(input);
      const found = transferReferences({ narration, reference: narration });
      assert.equal(new Set(found.map(({ value }) => value)).size, found.length);
      return found.length > 0 ? found : { ok: false };
    },
  },
  {
    name: 'xls',
    seeds: xlsSeeds,
    run: async (input) => {
      const source = xlsOf(input, defaultLimits);
      for (const { name } of source.sheets) {
        for await (const { rows } of source.batches(name))
          for (const { cells } of rows) assert(cells.every(({ text }) => typeof text === 'string'));
      }
      return source;
    },
  },
];
