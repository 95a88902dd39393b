/// <reference types="node" />
import { Buffer } from 'node:buffer';

/** A stream object, with its dictionary. */
const stream = (dictionary: string, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
};

/** A black square scanned as fax (CCITT group 4): eight lines like the white one before them, shown inverted. */
const FAX = stream(
  `/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0]
   /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /Rows 8 >>`,
  Buffer.from([0xff, 0x00, 0x10, 0x01]),
);

/**
 * A PDF of A4 pages. Each has its line of text at the top and a scanned black square in its middle. The document also asks to run a
 * script when it is opened, which no reader of ours may do.
 * @param options locked: says that it is encrypted, by a password nobody knows
 */
export function makePdf(lines: readonly string[], options: { readonly locked?: boolean } = {}): Buffer {
  const script = `(globalThis.pdfScriptRan = true; app.alert\\('ran'\\);)`;
  const objects: (Buffer | string)[] = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS ${script} >> >>`,
    `<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, index) => `${5 + 2 * index} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    FAX,
    ...lines.flatMap((line, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${6 + 2 * index} 0 R
         /Resources << /Font << /F1 3 0 R >> /XObject << /Scan 4 0 R >> >> >>`,
      stream('', `BT /F1 24 Tf 60 760 Td (${line}) Tj ET q 100 0 0 100 247 371 cm /Scan Do Q`),
    ]),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [index, object] of objects.entries()) {
    offsets.push(length());
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  }
  const start = length();
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const key = 'ab'.repeat(32);
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${key}> /U <${key}> >> /ID [<00> <00>]`;
  const trailer = `/Size ${objects.length + 1} /Root 1 0 R ${options.locked === true ? encrypt : ''}`;
  parts.push(
    Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`),
    Buffer.from(`trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}
