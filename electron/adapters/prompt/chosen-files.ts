import fs from 'node:fs';
import path from 'node:path';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { ChosenFile } from '../../../shared/ports/secret-prompt.ts';

/** Reads the files that a person chose. @throws MunimError CERTIFICATE_FILE_TOO_LARGE, CERTIFICATE_FILE_UNREADABLE */
export function readChosen(paths: readonly string[]): ChosenFile[] {
  return paths.map((file) => ({ name: path.basename(file), bytes: readSmall(file) }));
}

function readSmall(file: string): Uint8Array {
  const { fileBytesMax } = limits.certificate;
  let bytes: Uint8Array;
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      // One byte more than may be, whatever size the file claims to have.
      const buffer = Buffer.alloc(fileBytesMax + 1);
      bytes = buffer.subarray(0, readFully(descriptor, buffer));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'EIO';
    // Neither the message nor the cause: they name the path.
    throw new MunimError('CERTIFICATE_FILE_UNREADABLE', { reason: code });
  }
  if (bytes.byteLength <= fileBytesMax) return bytes;
  throw new MunimError('CERTIFICATE_FILE_TOO_LARGE', {
    sizeKiB: Math.ceil(fs.statSync(file).size / 1024),
    limitKiB: fileBytesMax / 1024,
  });
}

function readFully(descriptor: number, buffer: Uint8Array): number {
  let length = 0;
  for (let read = -1; read !== 0 && length < buffer.byteLength; length += read) {
    read = fs.readSync(descriptor, buffer, length, buffer.byteLength - length, null);
  }
  return length;
}
