import { type FileHandle, open } from 'node:fs/promises';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { WorkbookFormat } from './sheet-source.ts';

const MiB = 1024 * 1024;
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** How an OLE container names its streams. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What a file is by its content, never by its name. Refuses before anything is parsed: IMPORT_FILE_TOO_LARGE, IMPORT_ENCRYPTED (an
 * Office file with a password is an OLE container around the encrypted package), IMPORT_CORRUPT.
 */
export async function sniffFile(path: string, fileBytesMax: number): Promise<WorkbookFormat> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > fileBytesMax) {
      throw new MunimError('IMPORT_FILE_TOO_LARGE', {
        sizeMiB: Math.ceil(size / MiB),
        limitMiB: Math.floor(fileBytesMax / MiB),
      });
    }
    const head = Buffer.alloc(Math.min(size, 4096));
    await file.read(head, 0, head.length, 0);
    if (head.subarray(0, 4).equals(ZIP)) return 'xlsx';
    if (head.subarray(0, 8).equals(OLE)) {
      if (await contains(file, size, ENCRYPTED_PACKAGE)) throw new MunimError('IMPORT_ENCRYPTED');
      return 'xls';
    }
    if (!looksLikeText(head)) throw new MunimError('IMPORT_CORRUPT');
    return 'csv';
  } finally {
    await file.close();
  }
}

async function contains(file: FileHandle, size: number, needle: Buffer): Promise<boolean> {
  const chunk = Buffer.alloc(MiB + needle.length);
  for (let from = 0; from < size; from += MiB) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, from);
    if (chunk.subarray(0, bytesRead).includes(needle)) return true;
  }
  return false;
}

/** Web pages and PDFs that carry a workbook's name are common among portal downloads; they are no lists. */
function looksLikeText(head: Buffer): boolean {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) return true;
  const start = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (start === '' || start.startsWith('<') || start.startsWith('%PDF') || start.startsWith('{')) return false;
  return !head.includes(0);
}
