import { setTimeout } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawCell } from '../../../shared/domain/import/raw-cell.ts';
import { isDateFormat, plainNumber } from './cell-values.ts';
import { sniffDelimiter } from './csv-source.ts';
import { openWorkbook } from './read-workbook.ts';
import { codeOf, readAll, testFolder } from './workbook.fixture.ts';
import { makeZip, type XlsxParts, xlsxParts } from './zip.fixture.ts';

const { path, put } = testFolder();
let made = 0;
const putXlsx = (parts: XlsxParts): string => {
  made += 1;
  return put(`${made}.xlsx`, makeZip(xlsxParts(parts)));
};
const cellsOf = async (parts: XlsxParts): Promise<readonly RawCell[]> =>
  (await readAll(putXlsx(parts)))[0]?.cells ?? [];
const text = (value: string): RawCell => ({ kind: 'text', text: value });

describe('the cells of a workbook', () => {
  it('of every type', async () => {
    const rows = `<row r="7">
      <c r="A7" t="s"><v>1</v></c><c r="B7" t="inlineStr"><is><r><t>श्री </t></r><r><t>गणेश</t></r><rPh><t>x</t></rPh></is></c>
      <c r="C7"><v>1.1000000000000001</v></c><c r="D7" s="1"><v>46117.75</v></c><c r="E7" t="b"><v>1</v></c>
      <c r="F7" t="e"><v>#REF!</v></c><c r="H7" t="d"><v>2026-04-05T00:00:00</v></c><c r="I7" t="str"><f>A1</f><v>ab</v></c>
      <c r="J7"><f>1/3</f><v>0.33333333333333331</v></c><c r="K7" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="L7"><f>X1</f></c><c r="M7" s="1"/></row>`;
    const sharedStrings =
      '<si><t>zero</t></si><si><r><t>Om </t></r><r><t xml:space="preserve">Sai &amp; Co</t></r><rPh><t>no</t></rPh></si>';
    expect(await readAll(putXlsx({ rows, sharedStrings, formats: '<xf numFmtId="0"/><xf numFmtId="14"/>' }))).toEqual([
      {
        number: 7,
        cells: [
          text('Om Sai & Co'),
          text('श्री गणेश'),
          { kind: 'number', text: '1.1' },
          { kind: 'date', text: '2026-04-05' },
          { kind: 'boolean', text: 'TRUE' },
          { kind: 'error', text: '#REF!' },
          { kind: 'empty', text: '' },
          { kind: 'date', text: '2026-04-05' },
          { kind: 'text', text: 'ab', formula: true },
          { kind: 'number', text: '0.333333333333333', formula: true },
          { kind: 'error', text: '#DIV/0!', formula: true },
          { kind: 'formula', text: '' },
        ],
      },
    ]);
  });

  it('may leave out their addresses, and rows their numbers', async () => {
    const rows =
      '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"><c><v>4</v></c></row><row><c><v>5</v></c></row>';
    const read = await readAll(putXlsx({ rows }));
    expect(read.map(({ number, cells }) => [number, cells.map((cell) => cell.text)])).toEqual([
      [1, ['1', '', '', '2', '3']],
      [5, ['4']],
      [6, ['5']],
    ]);
  });

  it('count days from 1900 or from 1904', async () => {
    const rows = '<row><c s="0"><v>44655</v></c></row>';
    const formats = '<xf numFmtId="164"/>';
    const numberFormats = '<numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy;@"/>';
    expect(await cellsOf({ rows, formats, numberFormats })).toEqual([{ kind: 'date', text: '2022-04-04' }]);
    expect(await cellsOf({ rows, formats, numberFormats, date1904: true })).toEqual([
      { kind: 'date', text: '2026-04-05' },
    ]);
  });

  it('of a prefixed worksheet are read like any other', async () => {
    const parts = xlsxParts({ rows: '' }).map((part) =>
      part.name.includes('odd')
        ? {
            ...part,
            content:
              '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>',
          }
        : part,
    );
    expect((await readAll(put('prefixed.xlsx', makeZip(parts))))[0]?.cells).toEqual([{ kind: 'number', text: '5' }]);
  });

  it('keep every letter, wherever the file is cut into pieces', async () => {
    const name = 'श्री गणेश एंटरप्राइजेज';
    const count = 20_000;
    const rows = Array.from(
      { length: count },
      (_, index) => `<row><c t="str"><v>${name}${'x'.repeat(index % 7)}</v></c></row>`,
    ).join('');
    const read = await readAll(putXlsx({ rows }));
    expect(read.length).toBe(count);
    expect(read.every(({ cells }, index) => cells[0]?.text === `${name}${'x'.repeat(index % 7)}`)).toBe(true);
  });

  it('of workbooks that exceljs writes are read, sheet by sheet', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('पहला').addRow(['दिनांक', new Date('2026-04-05T00:00:00Z'), 12.5]);
    book.addWorksheet('Hidden', { state: 'hidden' }).addRow(['x']);
    const merged = book.addWorksheet('Merged');
    merged.addRows([
      ['GST', 'GST'],
      ['CGST', 'SGST'],
    ]);
    merged.mergeCells('A1:B1');
    await book.xlsx.writeFile(path('exceljs.xlsx'));
    const open = await openWorkbook(path('exceljs.xlsx'));
    expect(open.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['पहला', false],
      ['Hidden', true],
      ['Merged', false],
    ]);
    await open.close();
    expect((await readAll(path('exceljs.xlsx')))[0]?.cells).toEqual([
      text('दिनांक'),
      { kind: 'date', text: '2026-04-05' },
      { kind: 'number', text: '12.5' },
    ]);
    expect((await readAll(path('exceljs.xlsx'), { sheet: 'Merged' }))[0]?.cells).toEqual([text('GST')]);
  });
});

describe('a stored number', () => {
  it('that is money comes back as that money, however many digits the program wrote', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
        fc.constantFrom(15, 16, 17),
        (paise, digits) => {
          const sign = paise < 0n ? '-' : '';
          const magnitude = paise < 0n ? -paise : paise;
          const exact = `${sign}${magnitude / 100n}.${String(magnitude % 100n).padStart(2, '0')}`;
          const expected = paise === 0n ? '0' : exact.replace(/\.?0+$/, '');
          expect(plainNumber(Number(exact).toPrecision(digits))).toBe(expected);
          expect(plainNumber(String(Number(exact)))).toBe(expected);
        },
      ),
    );
  });

  it.each([
    ['1E+3', '1000'],
    ['1.25e20', '125000000000000000000'],
    ['4.5E-7', '0.00000045'],
    ['-0', '0'],
    ['9007199254740991', '9007199254740991'],
    [' 12 ', '12'],
    ['.5', '0.5'],
    ['', undefined],
    ['1e999', undefined],
    ['0x10', undefined],
    ['12abc', undefined],
  ])('%s is %s', (stored, plain) => {
    expect(plainNumber(stored)).toBe(plain);
  });
});

describe('a number format', () => {
  it.each([
    [14, undefined, true],
    [22, undefined, true],
    [0, undefined, false],
    [20, undefined, false],
    [164, 'dd-mm-yyyy', true],
    [164, '[$-4009]d mmmm yyyy;@', true],
    [164, 'mmm-yy', true],
    [164, 'h:mm:ss', false],
    [164, '[h]:mm', false],
    [164, '#,##0.00" days"', false],
    [164, '"Rs. "#,##0', false],
    [164, '[Red]0.00', false],
    [164, 'General', false],
    [164, '\\d0', false],
  ])('%s %s shows a day: %s', (id, code, is) => {
    expect(isDateFormat(id, code)).toBe(is);
  });
});

describe('a CSV file', () => {
  const line =
    'दिनांक,Vendor,"Amount, ₹"\r\n05-04-2026,"Shree ""Om"" & Co","1,25,000.50"\r\n\r\n06-04-2026,"two\nlines",007\r\n';
  const expected = [
    { number: 1, cells: [text('दिनांक'), text('Vendor'), text('Amount, ₹')] },
    { number: 2, cells: [text('05-04-2026'), text('Shree "Om" & Co'), text('1,25,000.50')] },
    { number: 4, cells: [text('06-04-2026'), text('two\nlines'), text('007')] },
  ];
  const utf16 = Buffer.from(`\ufeff${line}`, 'utf16le');

  it.each([
    ['UTF-8', Buffer.from(line)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${line}`)],
    ['UTF-16, little end first', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['only line feeds', Buffer.from(line.replaceAll('\r\n', '\n'))],
  ])('in %s is read with every figure as it was typed', async (name, content) => {
    expect(await readAll(put(`${name}.csv`, content))).toEqual(expected);
  });

  it('of an old Windows program is read as Windows-1252', async () => {
    expect((await readAll(put('1252.csv', Buffer.from('Caf\xe9,\x80 5', 'latin1'))))[0]?.cells).toEqual([
      text('Café'),
      text('€ 5'),
    ]);
  });

  it('keeps Devanagari whole across the pieces it is read in', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index},श्री गणेश`).join('\n');
    const rows = await readAll(put('long.csv', lines));
    expect(rows.length).toBe(30_000);
    expect(rows.every(({ cells }) => cells[1]?.text === 'श्री गणेश')).toBe(true);
  });

  it.each([
    ['a;b;c\n1,5;2;3\n4,0;5;6', ';'],
    ['a\tb\tc\n1, 2\t3\t4', '\t'],
    ['a,b,c\n1;2,3,4', ','],
    ['"a;b;c;d",x\n"e;f",y', ','],
    ['one column\nonly', ','],
  ])('%j is divided by %j', (head, delimiter) => {
    expect(sniffDelimiter(head)).toBe(delimiter);
  });

  it('may name its divider in the first line', async () => {
    expect(await readAll(put('sep.csv', 'sep=;\r\na,1;b\r\n'))).toEqual([
      { number: 2, cells: [text('a,1'), text('b')] },
    ]);
  });
});

describe('reading', () => {
  const rowsXml = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `<row><c t="str"><v>Vendor ${index % 50}</v></c><c><v>${index}.25</v></c></row>`,
    ).join('');

  it('goes on in batches, reports its progress, and can begin again', async () => {
    const seen: { readonly rows: number; readonly fraction: number }[] = [];
    const file = putXlsx({ rows: rowsXml(2_345) });
    const book = await openWorkbook(file, {
      onProgress: (progress) => seen.push(progress),
      limits: { batchRows: 100 },
    });
    const estimate = book.sheets[0]?.rowsEstimate ?? 0;
    expect(estimate).toBeGreaterThan(1_800);
    expect(estimate).toBeLessThan(3_000);
    let first = 0;
    for await (const row of book.rows('Sheet')) {
      first = row.number;
      if (first === 150) break;
    }
    let count = 0;
    let sum = 0n;
    for await (const row of book.rows('Sheet')) {
      count += 1;
      sum += BigInt((row.cells[1]?.text ?? '').replace('.', ''));
    }
    await book.close();
    expect([first, count, sum]).toEqual([150, 2_345, BigInt((2_344 * 2_345) / 2) * 100n + 25n * 2_345n]);
    expect(seen.at(-1)).toEqual({ rows: 2_345, fraction: 1 });
    expect(seen.every(({ fraction }) => fraction > 0 && fraction <= 1)).toBe(true);
  });

  it('of 100,000 rows needs little memory beside the rows, since they pass in batches', async () => {
    const file = putXlsx({ rows: rowsXml(100_000) });
    // A heap this small cannot hold the 100,000 rows of the sheet, let alone its XML.
    const book = await openWorkbook(file, { heapMaxMiB: 24 });
    let count = 0;
    for await (const _row of book.rows('Sheet')) count += 1;
    await book.close();
    expect(count).toBe(100_000);
  });

  it('stops in the middle when it is told to, and the thread is gone', async () => {
    const stop = new AbortController();
    const book = await openWorkbook(putXlsx({ rows: rowsXml(50_000) }), { signal: stop.signal });
    const work = (async () => {
      for await (const row of book.rows('Sheet')) if (row.number === 1_000) stop.abort();
    })();
    expect(await codeOf(work)).toBe('CANCELLED');
    expect(await codeOf(book.rows('Sheet').next())).toBe('CANCELLED');
  });

  it('does not even begin when it was told to stop before', async () => {
    expect(await codeOf(openWorkbook(putXlsx({ rows: '' }), { signal: AbortSignal.abort() }))).toBe('CANCELLED');
  });

  it('leaves this thread free to answer others', async () => {
    const file = putXlsx({ rows: rowsXml(60_000) });
    const book = await openWorkbook(file);
    let ticks = 0;
    let reading = true;
    const clock = (async () => {
      while (reading) {
        await setTimeout(1);
        ticks += 1;
      }
    })();
    for await (const _row of book.rows('Sheet')) {
      // Only the pace is of interest.
    }
    reading = false;
    await clock;
    await book.close();
    // There are 120 batches, and between two of them this thread waits for the other one.
    expect(ticks).toBeGreaterThan(10);
  });
});
