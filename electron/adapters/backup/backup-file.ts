import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { type BackupHeader, decodeHeader, encodeHeader, PREFIX_BYTES, readPrefix } from './backup-header.ts';
import { packTree, unpackTree, writeAll } from './pack-tree.ts';
import { type Bytes, open, seal } from './sealed-stream.ts';

/** A header as it was read, and the very bytes that are bound into the chunks behind it. */
export interface ReadHeader {
  readonly header: BackupHeader;
  readonly bytes: Buffer;
}

export interface Told {
  readonly signal: AbortSignal;
  /** Told of the bytes of the folder that went through. */
  readonly onBytes: (bytes: number) => void;
}

/** Writes a folder as a backup, on the disk when it resolves. What is there of it after a failure is the caller's to remove. */
export async function writeBackup(
  file: string,
  root: string,
  header: BackupHeader,
  fileKey: Uint8Array,
  { signal, onBytes }: Told,
): Promise<void> {
  const headerBytes = encodeHeader(header);
  const handle = await fs.promises.open(file, 'wx', 0o600);
  try {
    await handle.writeFile(headerBytes);
    await pipeline(
      Readable.from(counted(packTree(root, signal), onBytes), { objectMode: false }),
      createZstdCompress(),
      (packed: Bytes) => seal(packed, fileKey, headerBytes),
      async (sealed: Bytes) => {
        for await (const piece of sealed) await writeAll(handle, piece);
      },
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws MunimError BACKUP_NOT_A_BACKUP, BACKUP_NEWER, BACKUP_TRUNCATED, BACKUP_ALTERED */
export async function readHeader(file: string): Promise<ReadHeader> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const prefix = await readAt(handle, 0, PREFIX_BYTES);
    const length = readPrefix(prefix);
    const body = await readAt(handle, PREFIX_BYTES, length);
    if (body.length < length) throw new MunimError('BACKUP_TRUNCATED');
    return { header: decodeHeader(body), bytes: Buffer.concat([prefix, body]) };
  } finally {
    await handle.close();
  }
}

/**
 * Unpacks a backup into a new folder, of which nothing may be used when this throws.
 * @throws MunimError BACKUP_TRUNCATED, BACKUP_ALTERED, CANCELLED, what the disk says
 */
export async function unpackBackup(
  file: string,
  { bytes }: ReadHeader,
  fileKey: Uint8Array,
  into: string,
  { signal, onBytes }: Told,
): Promise<void> {
  await pipeline(
    fs.createReadStream(file, { start: bytes.length, highWaterMark: 256 * 1024 }),
    (sealed: Bytes) => open(sealed, fileKey, bytes),
    createZstdDecompress(),
    (unpacked: Bytes) => unpackTree(counted(unpacked, onBytes), into, signal),
  );
}

async function* counted(source: Bytes, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    onBytes(piece.length);
    yield piece;
  }
}

async function readAt(handle: fs.promises.FileHandle, at: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
