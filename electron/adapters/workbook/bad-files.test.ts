import { truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openWorkbook } from './read-workbook.ts';
import { codeOf, readAll, testFolder } from './workbook.fixture.ts';
import { makeZip, xlsxParts } from './zip.fixture.ts';

const MiB = 1024 * 1024;
const { path, put } = testFolder();
const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Vendor</t></is></c></row>';
const sound = makeZip(xlsxParts({ rows: row }));
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

describe('a sound file', () => {
  it('is read, so that what follows is about what is wrong with the others', async () => {
    expect(await readAll(put('sound.xlsx', sound))).toEqual([{ number: 1, cells: [{ kind: 'text', text: 'Vendor' }] }]);
  });
});

describe('a file that is no workbook', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['random bytes', Buffer.from('00ff12fe00aa55cc'.repeat(99), 'hex')],
    ['a web page', '<html><body><table><tr><td>Vendor</td></tr></table></body></html>'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ'],
    ['JSON', '{"vendor": "Shree"}'],
    ['a zip of something else', makeZip([{ name: 'photo.jpg', content: 'x' }])],
    ['a zip cut off', sound.subarray(0, sound.length - 60)],
    ['a zip with damage in a part', damaged(sound)],
    ['a sheet that breaks off', makeZip(xlsxParts({ rows: '<row r="1"><c r="A1"><v>1</v></c>' }))],
    ['a sheet with a broken tag', makeZip(xlsxParts({ rows: '<row r="1"><c r="A1"><v>1</row>' }))],
    [
      'a sheet that is not UTF-8',
      makeZip(
        xlsxParts({ rows: 'X' }).map((part) =>
          part.name.includes('odd') ? { ...part, content: Buffer.from('<a>\xff\xfe</a>', 'latin1') } : part,
        ),
      ),
    ],
    [
      'a workbook whose sheet is missing',
      makeZip(xlsxParts({ rows: row }).filter((part) => !part.name.includes('odd'))),
    ],
    ['CSV with a quote that never ends', `Vendor,Amount\n"${'x'.repeat(2 * MiB)}`],
  ])('%s is IMPORT_CORRUPT', async (name, content) => {
    expect(await codeOf(readAll(put(`${name}.xlsx`, content)))).toBe('IMPORT_CORRUPT');
  });

  it('is judged by its content, not its name', async () => {
    expect(await codeOf(readAll(put('really csv.xlsx', 'Vendor,Amount\nShree,5\n')))).toBe('none');
    expect((await openAndClose(put('really xlsx.csv', sound))).format).toBe('xlsx');
  });
});

describe('an Office container', () => {
  it('with an encrypted package asks for the password to be taken off', async () => {
    const file = Buffer.concat([
      OLE,
      Buffer.alloc(3 * MiB),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(512),
    ]);
    expect(await codeOf(readAll(put('locked.xlsx', file)))).toBe('IMPORT_ENCRYPTED');
  });

  it('without one and without a workbook is damaged', async () => {
    expect(await codeOf(readAll(put('old.xls', Buffer.concat([OLE, Buffer.alloc(4096)]))))).toBe('IMPORT_CORRUPT');
  });

  it('that is a zip with a password is encrypted too', async () => {
    const parts = xlsxParts({ rows: row }).map((part) => ({ ...part, encrypted: true }));
    expect(await codeOf(readAll(put('zip password.xlsx', makeZip(parts))))).toBe('IMPORT_ENCRYPTED');
  });
});

describe('a file that is too much', () => {
  it('of 200 MB is refused by its size, before it is read', async () => {
    const file = put('200.xlsx', sound);
    truncateSync(file, 200 * 1000 * 1000);
    await expect(openWorkbook(file)).rejects.toMatchObject({
      code: 'IMPORT_FILE_TOO_LARGE',
      details: { sizeMiB: 191, limitMiB: 64 },
    });
  });

  it('and unpacks to more than the limit is a bomb', async () => {
    const parts = [...xlsxParts({ rows: row }), { name: 'xl/media/bomb.bin', content: Buffer.alloc(40 * MiB) }];
    const file = put('bomb.xlsx', makeZip(parts));
    expect(await codeOf(readAll(file, { limits: { inflateRatioMax: 1e9 } }))).toBe('none');
    expect(await codeOf(readAll(file, { limits: { inflateRatioMax: 1e9, inflatedBytesMax: 39 * MiB } }))).toBe(
      'IMPORT_ZIP_BOMB',
    );
  });

  it('or packs tighter than any real one is a bomb', async () => {
    const rows = `${row}${' '.repeat(60 * MiB)}`;
    expect(await codeOf(readAll(put('ratio.xlsx', makeZip(xlsxParts({ rows })))))).toBe('IMPORT_ZIP_BOMB');
  });

  it('or lies about how much it unpacks to is a bomb', async () => {
    const rows = `${row}${' '.repeat(60 * MiB)}`;
    const parts = xlsxParts({ rows }).map((part) =>
      part.name.includes('odd') ? { ...part, claimedSize: 1_000 } : part,
    );
    expect(await codeOf(readAll(put('lie.xlsx', makeZip(parts))))).toBe('IMPORT_ZIP_BOMB');
  });

  it('or has thousands of parts is a bomb', async () => {
    const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `xl/media/${index}`, content: '' }));
    expect(await codeOf(readAll(put('parts.xlsx', makeZip([...xlsxParts({ rows: row }), ...many]))))).toBe(
      'IMPORT_ZIP_BOMB',
    );
  });

  it('or fills the memory of its thread is a bomb, and only the thread dies', async () => {
    const strings = Array.from(
      { length: 300_000 },
      (_, index) => `<si><t>${index}${' many different texts'.repeat(3)}</t></si>`,
    );
    const sharedStrings = strings.join('');
    const file = put('memory.xlsx', makeZip(xlsxParts({ rows: row, sharedStrings })));
    expect(await codeOf(readAll(file, { heapMaxMiB: 12 }))).toBe('IMPORT_ZIP_BOMB');
    expect(await codeOf(readAll(file))).toBe('none');
  });

  it('has one row more than the limit', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, index) => `Shree,${index}`).join('\n');
    const xml = (count: number): string => '<row><c><v>1</v></c></row><row/>'.repeat(count);
    const limits = { rowsMax: 1_000 };
    expect(await codeOf(readAll(put('ok.csv', lines(1_000)), { limits }))).toBe('none');
    expect(await codeOf(readAll(put('rows.csv', lines(1_001)), { limits }))).toBe('IMPORT_TOO_MANY_ROWS');
    expect(await codeOf(readAll(put('ok.xlsx', makeZip(xlsxParts({ rows: xml(1_000) }))), { limits }))).toBe('none');
    expect(await codeOf(readAll(put('rows.xlsx', makeZip(xlsxParts({ rows: xml(1_001) }))), { limits }))).toBe(
      'IMPORT_TOO_MANY_ROWS',
    );
  });
});

describe('XML that wants more than to be read', () => {
  const entity = (definition: string): Buffer =>
    makeZip(xlsxParts({ prolog: `<!DOCTYPE a [${definition}]>`, rows: '<row><c t="str"><v>&x;</v></c></row>' }));

  it('is refused: entities that fetch a file, and entities that explode', async () => {
    const secret = put('secret.txt', 'the secret');
    expect(await codeOf(readAll(put('xxe.xlsx', entity(`<!ENTITY x SYSTEM "file://${secret}">`))))).toBe(
      'IMPORT_CORRUPT',
    );
    const laughs = Array.from(
      { length: 20 },
      (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
    ).join('');
    expect(await codeOf(readAll(put('laughs.xlsx', entity(`<!ENTITY l0 "ha">${laughs}<!ENTITY x "&l20;">`))))).toBe(
      'IMPORT_CORRUPT',
    );
  });
});

describe('a file that is not there', () => {
  it('fails with the error of the system', async () => {
    await expect(openWorkbook(path('nowhere.xlsx'))).rejects.toThrow(/ENOENT/);
  });

  it('and a sheet that is not there is not found', async () => {
    expect(await codeOf(readAll(put('s.xlsx', sound), { sheet: 'Other' }))).toBe('NOT_FOUND');
    expect(await codeOf(readAll(put('s.csv', 'a,b\n'), { sheet: 'Other' }))).toBe('NOT_FOUND');
  });
});

/** Flips bytes inside the packed bytes of the worksheet. */
function damaged(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const at = copy.indexOf('xl/worksheets/odd name.xml') + 'xl/worksheets/odd name.xml'.length;
  copy.fill(0xff, at, at + 24);
  return copy;
}

async function openAndClose(file: string) {
  const book = await openWorkbook(file);
  await book.close();
  return book;
}
