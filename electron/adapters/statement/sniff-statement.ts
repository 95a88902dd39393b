/** What a file holds, as far as its beginning tells. `sheet` is a workbook or delimited text; the thread for workbooks tells them apart. */
export type StatementKind = 'mt940' | 'camt053' | 'ofx' | 'sheet' | 'unknown';

/** Some banks put a banner of their own before the first field. */
const SWIFT = /(?:^|[\r\n])[^\S\r\n]*(?:\{1:[^\r\n]{0,200}\{4:[^\r\n]{0,20}[\r\n]{0,2})?:20:/;

/** @param head the first bytes of the file, a few KiB of them */
export function sniffStatement(head: Uint8Array): StatementKind {
  if (isContainer(head)) return 'sheet';
  const text = headText(head).trimStart();
  if (text === '') return 'unknown';
  if (/^OFXHEADER\s*:/i.test(text) || /<OFX>/i.test(text)) return 'ofx';
  if (text.startsWith('<')) return /<(?:\w{1,20}:)?(?:Document|BkToCstmrStmt)\b/.test(text) ? 'camt053' : 'unknown';
  if (SWIFT.test(text)) return 'mt940';
  return text.startsWith('%PDF') ? 'unknown' : 'sheet';
}

/** A zip or an OLE container. */
function isContainer([a, b, c, d]: Uint8Array): boolean {
  return (
    (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0)
  );
}

function headText(head: Uint8Array): string {
  const [first, second] = head;
  const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(head, { stream: true });
}
