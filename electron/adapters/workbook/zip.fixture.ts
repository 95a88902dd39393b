import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory shall claim instead of the true unpacked size. */
  readonly claimedSize?: number;
  readonly encrypted?: boolean;
}

/** A zip file byte by byte, so that tests can make the ones no honest program writes. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const plain = Buffer.from(part.content);
    const packed = deflateRawSync(plain, { level: 9 });
    const name = Buffer.from(part.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(part.encrypted === true ? 1 : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(part.claimedSize ?? plain.length, 18);
    fields.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, tail, name]));
    offset += 30 + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listing, Buffer.from('PK\x05\x06'), end]);
}

export interface XlsxParts {
  /** Content of `<sheetData>`. */
  readonly rows: string;
  readonly sharedStrings?: string;
  /** `<xf/>` elements of the cell formats. */
  readonly formats?: string;
  readonly numberFormats?: string;
  readonly date1904?: boolean;
  /** Between the XML declaration and the worksheet. */
  readonly prolog?: string;
}

/** The parts of a small workbook with one sheet named `Sheet`, written by hand. */
export function xlsxParts(parts: XlsxParts): readonly ZipPart[] {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = (list: readonly (readonly [string, string])[]): string =>
    `<Relationships>${list.map(([type, target], index) => `<Relationship Id="r${index + 1}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  return [
    { name: '_rels/.rels', content: relations([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${parts.date1904 === true ? 1 : 0}"/><sheets><sheet name="Sheet" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ['worksheet', '/xl/worksheets/odd name.xml'],
        ['sharedStrings', 'sharedStrings.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/sharedStrings.xml', content: `<sst xmlns="${main}">${parts.sharedStrings ?? ''}</sst>` },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${main}"><numFmts>${parts.numberFormats ?? ''}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${parts.formats ?? '<xf numFmtId="0"/>'}</cellXfs></styleSheet>`,
    },
    {
      name: 'xl/worksheets/odd name.xml',
      content: `<?xml version="1.0" encoding="UTF-8"?>${parts.prolog ?? ''}<worksheet xmlns="${main}"><sheetData>${parts.rows}</sheetData></worksheet>`,
    },
  ];
}
