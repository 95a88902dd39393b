import { truncateSync } from 'node:fs';
import * as xlsx from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCamt053, writeMt940, writeOfx } from '../../../shared/connectors/statement/formats.fixture.ts';
import { layouts } from '../../../shared/connectors/statement/layouts.fixture.ts';
import {
  delimited,
  type Grid,
  gridOf,
  shownIn,
  statementsOf,
} from '../../../shared/connectors/statement/sheet.fixture.ts';
import {
  readValue,
  statements,
  swiftNarration,
  transferReference,
} from '../../../shared/connectors/statement/statement.fixture.ts';
import type { StatementFormat } from '../../../shared/domain/statement/model.ts';
import { testFolder } from '../workbook/workbook.fixture.ts';
import { statementFiles } from './read-statement.ts';

const { path, put } = testFolder();
const files = statementFiles();
const read = (file: string, signal = new AbortController().signal) => files.read(file, { signal });
const style = { banner: true, newestFirst: false, above: [], below: [] };

function workbook(sheets: Readonly<Record<string, Grid>>, bookType: 'biff8' | 'xlsx'): Buffer {
  const book = xlsx.utils.book_new();
  for (const [name, grid] of Object.entries(sheets))
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(grid.map((row) => [...row])), name);
  const bytes: ArrayBuffer = xlsx.write(book, { type: 'array', bookType, bookSST: true });
  return Buffer.from(bytes);
}

describe('the export of a bank as a file', () => {
  it.each(layouts.map((layout) => [layout.name, layout] as const))(
    '%s: as CSV, TSV, .xls and .xlsx',
    async (_name, layout) => {
      for (const statement of fc.sample(statementsOf(layout), 1)) {
        const grid = gridOf(layout, statement, style);
        const expected = shownIn(layout, statement, style);
        const written = [
          delimited(grid, ','),
          delimited(grid, '\t'),
          workbook({ Statement: grid }, 'biff8'),
          workbook({ Statement: grid }, 'xlsx'),
        ];
        // The name says nothing: SBI gives TSV the name of a workbook.
        for (const content of written) expect(readValue(await read(put('statement.xls', content)))).toEqual(expected);
      }
    },
  );
});

describe('a statement in a format of its own', () => {
  const sample = (format: StatementFormat) =>
    fc.sample(
      statements({
        format,
        narration: swiftNarration,
        reference: fc.option(transferReference),
        cheque: fc.constant(null),
        hasValueDate: true,
        hasBalances: false,
      }),
      5,
    );

  it('is known by its content', async () => {
    const swift = { structured: false, enveloped: true, lineEnd: '\r\n', reversals: false, perMessage: 5 } as const;
    for (const one of sample('mt940')) {
      expect(readValue(await read(put('a.txt', writeMt940(one, swift))))).toEqual(one);
      expect(readValue(await read(put('a.txt', writeMt940(one, { ...swift, enveloped: false }))))).toEqual(one);
    }
    for (const one of sample('camt053')) {
      const text = writeCamt053(one, { version: '08', prefix: 'c', clocks: false, perStatement: 9 });
      expect(readValue(await read(put('a.csv', text)))).toEqual(one);
      expect(readValue(await read(put('a.csv', Buffer.from(`\ufeff${text}`, 'utf16le'))))).toEqual(one);
    }
    for (const one of sample('ofx')) {
      for (const xml of [true, false]) {
        const text = writeOfx(one, { xml, named: false, newestFirst: false });
        expect(readValue(await read(put('a.xml', text)))).toEqual(one);
      }
    }
  });
});

describe('a file that is refused', () => {
  const header = ['Date', 'Narration', 'Debit', 'Credit', 'Balance'];
  const line = ['01/04/2026', 'FEES', '', '5.00', '5.00'];

  it.each([
    ['empty', '', 'STATEMENT_UNKNOWN'],
    ['a PDF', '%PDF-1.7', 'STATEMENT_UNKNOWN'],
    ['a web page', '<html><table><tr><td>Date</td></tr></table></html>', 'STATEMENT_UNKNOWN'],
    ['a list of something else', 'Vendor,Amount\nShree,5\n', 'STATEMENT_NO_HEADER'],
    ['random bytes', Buffer.from('00ff12fe00aa55cc'.repeat(9), 'hex'), 'IMPORT_CORRUPT'],
    [
      'a workbook of two accounts',
      workbook({ A: [header, line], B: [header, line] }, 'xlsx'),
      'STATEMENT_SEVERAL_ACCOUNTS',
    ],
  ])('%s', async (_name, content, code) => {
    expect(await read(put('any.csv', content))).toMatchObject({ ok: false, error: { code } });
  });

  it('too large, whatever its format', async () => {
    const swift = put('large.sta', ':20:A\n');
    truncateSync(swift, 9 * 1024 * 1024);
    expect(await read(swift)).toMatchObject({ ok: false, error: { code: 'STATEMENT_TOO_LARGE' } });
  });

  it('with a workbook beside sheets that say nothing is read', async () => {
    const file = put('cover.xls', workbook({ Cover: [['HDFC BANK']], Lines: [header, line] }, 'biff8'));
    expect(readValue(await read(file)).entries).toHaveLength(1);
  });
});

describe('reading that is stopped', () => {
  it('rejects, before it begins and while it goes on', async () => {
    const row = '01/04/2026,FEES,,5.00,\n';
    const file = put('long.csv', `Date,Narration,Debit,Credit,Balance\n${row.repeat(40_000)}`);
    await expect(read(file, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    const stop = new AbortController();
    const reading = read(file, stop.signal);
    setImmediate(() => stop.abort());
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(read(path('nowhere.csv'))).rejects.toThrow(/ENOENT/);
  });
});
