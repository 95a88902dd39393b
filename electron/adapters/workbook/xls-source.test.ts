import { writeFileSync } from 'node:fs';
import * as xlsx from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawCell, RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { BiffCursor, recordAt } from './biff-reader.ts';
import { OleFile } from './ole-file.ts';
import { openWorkbook } from './read-workbook.ts';
import { codeOf, readAll, testFolder } from './workbook.fixture.ts';

const { path, put } = testFolder();
type Value = string | number | boolean | null;

/** As another program writes it, one that we did not make. */
function xlsFile(
  sheets: Readonly<Record<string, readonly (readonly Value[])[]>>,
  bookType: 'biff8' | 'biff5' = 'biff8',
) {
  const book = xlsx.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return written(book, bookType);
}

function written(book: xlsx.WorkBook, bookType: 'biff8' | 'biff5' = 'biff8', bookSST = true): Buffer {
  const bytes: ArrayBuffer = xlsx.write(book, { type: 'array', bookType, bookSST });
  return Buffer.from(bytes);
}

const empty: RawCell = { kind: 'empty', text: '' };
function cellOf(value: Value): RawCell {
  if (value === null || value === '') return empty;
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE' };
  return { kind: 'number', text: String(value) };
}

const rowsOf = (grid: readonly (readonly Value[])[]): RawRow[] =>
  grid.flatMap((values, index) => {
    const cells = values.map(cellOf);
    while (cells.at(-1)?.kind === 'empty') cells.pop();
    const isBlank = cells.every((cell) => cell.kind === 'empty' || cell.text.trim() === '');
    return isBlank ? [] : [{ number: index + 1, cells }];
  });

describe('an .xls of another program', () => {
  it('gives the cells that were put into it', async () => {
    const value: fc.Arbitrary<Value> = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((paise) => Number(paise) / 100),
      fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text.isWellFormed()),
      fc.constantFrom('श्री गणेश', 'naïve', '000123', '1,00,000.00'),
    );
    const grid = fc.array(fc.array(value, { maxLength: 8 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(grid, async (rows) => {
        const file = path('any.xls');
        writeFileSync(file, xlsFile({ Statement: rows }));
        expect(await readAll(file)).toEqual(rowsOf(rows));
      }),
      // Each run starts a thread.
      { numRuns: 12 },
    );
  });

  it('with thousands of texts, in one and two bytes a sign', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index): Value[] => [
      `${index} ${(index % 3 === 0 ? 'ü' : 'श').repeat(index % 97)}`,
      'same',
      index,
    ]);
    expect(await readAll(put('long.xls', xlsFile({ Statement: rows })))).toEqual(rowsOf(rows));
  });

  it('with texts in the cells instead of a table', async () => {
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([['Date', 'फीस', 'x'.repeat(200)]]), 'S');
    expect(await readAll(put('label.xls', written(book, 'biff8', false)))).toEqual(
      rowsOf([['Date', 'फीस', 'x'.repeat(200)]]),
    );
  });

  it('knows days, formulas, errors, hidden sheets and the sheet that is asked for', async () => {
    const sheet: xlsx.WorkSheet = {
      '!ref': 'A1:F2',
      A1: { t: 'n', v: 46_113, z: 'dd/mm/yyyy' },
      B1: { t: 'n', v: 5.123456789 },
      C1: { t: 'e', v: 7 },
      D1: { t: 'n', v: 12.5, z: '#,##0.00' },
      E1: { t: 'n', v: 0.1 + 0.2 },
      F2: { t: 's', v: 'end' },
    };
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([['first']]), 'One');
    xlsx.utils.book_append_sheet(book, sheet, 'दो');
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] };
    const bytes = written(book);
    // The other program writes no formulas: its record of a number becomes one with the same saved value.
    const value = Buffer.alloc(8);
    value.writeDoubleLE(5.123456789);
    bytes.writeUInt16LE(0x0006, bytes.indexOf(value) - 10);
    const file = put('kinds.xls', bytes);
    const open = await openWorkbook(file);
    await open.close();
    expect(open.format).toBe('xls');
    expect(open.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['One', true],
      ['दो', false],
    ]);
    expect(await readAll(file, { sheet: 'दो' })).toEqual([
      {
        number: 1,
        cells: [
          { kind: 'date', text: '2026-04-01' },
          { kind: 'number', text: '5.123456789', formula: true },
          { kind: 'error', text: '#DIV/0!' },
          { kind: 'number', text: '12.5' },
          { kind: 'number', text: '0.3' },
        ],
      },
      { number: 2, cells: [empty, empty, empty, empty, empty, { kind: 'text', text: 'end' }] },
    ]);
    expect(await codeOf(readAll(file, { sheet: 'Other' }))).toBe('NOT_FOUND');
  });
});

describe('an .xls that is refused', () => {
  const sound = xlsFile({
    Statement: [
      ['Date', 'Narration'],
      ['01/04/26', 'FEES'],
    ],
  });

  it('with a password', async () => {
    const at = recordAfterBof(sound);
    const locked = Buffer.from(sound);
    // The record behind the beginning becomes FILEPASS.
    locked.writeUInt16LE(0x002f, at);
    expect(await codeOf(readAll(put('locked.xls', locked)))).toBe('IMPORT_ENCRYPTED');
  });

  it('of Excel 95', async () => {
    expect(await codeOf(readAll(put('95.xls', xlsFile({ S: [['a']] }, 'biff5'))))).toBe('IMPORT_OLD_XLS');
  });

  it('larger than is read whole, and with more rows than the limit', async () => {
    const file = put('sound.xls', sound);
    expect(await codeOf(readAll(file, { limits: { oldBytesMax: sound.length } }))).toBe('none');
    expect(await codeOf(readAll(file, { limits: { oldBytesMax: sound.length - 1 } }))).toBe('IMPORT_FILE_TOO_LARGE');
    expect(await codeOf(readAll(file, { limits: { rowsMax: 2 } }))).toBe('none');
    expect(await codeOf(readAll(file, { limits: { rowsMax: 1 } }))).toBe('IMPORT_TOO_MANY_ROWS');
  });

  it('cut off anywhere before its end, and with a table of sectors that goes in a circle', async () => {
    for (const part of [0.1, 0.3, 0.5])
      expect(await codeOf(readAll(put('cut.xls', sound.subarray(0, Math.floor(sound.length * part)))))).toBe(
        'IMPORT_CORRUPT',
      );
    const circle = Buffer.from(sound);
    const table = (circle.readUInt32LE(0x4c) + 1) * 512;
    const directory = circle.readUInt32LE(0x30);
    circle.writeUInt32LE(directory, table + directory * 4);
    expect(await codeOf(readAll(put('circle.xls', circle)))).toBe('IMPORT_CORRUPT');
  });
});

describe('a text that goes on in further records', () => {
  const record = (type: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(body.length, 2);
    return Buffer.concat([head, body]);
  };

  it('is read whole wherever it is cut, also from one byte a sign to two', () => {
    const flags = Buffer.from([0]);
    for (let cut = 0; cut <= 4; cut += 1) {
      const bytes = Buffer.concat([
        record(0x00fc, Buffer.concat([flags, Buffer.from('abcd'.slice(0, cut), 'latin1')])),
        record(0x003c, Buffer.concat([Buffer.from([1]), Buffer.from(`${'abcd'.slice(cut)}श`, 'utf16le')])),
      ]);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const first = recordAt(view, 0);
      if (first === null) throw new Error('no record');
      expect(new BiffCursor(view, first).string(5)).toBe('abcdश');
      expect(() => new BiffCursor(view, first).string(6)).toThrow(/IMPORT_CORRUPT/);
    }
  });
});

/** Where the second record of the stream `Workbook` begins in the file. */
function recordAfterBof(file: Buffer): number {
  const stream = new OleFile(file).stream('Workbook');
  if (stream === null) throw new Error('no workbook in it');
  const begin = file.indexOf(Buffer.from(stream.subarray(0, 20)));
  return begin + 4 + file.readUInt16LE(begin + 2);
}
