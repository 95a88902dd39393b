import fs from 'node:fs';
import path from 'node:path';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { type Bytes, Pieces } from './sealed-stream.ts';

/**
 * A folder as one stream: for each entry a kind (1 folder, 2 file), the length of its name, the length of its content, the name with
 * slashes, the content; a kind of 0 ends it. Tar would carry owners, times and modes, links and devices besides, all of which would
 * have to be refused on the way back.
 */
const END = 0;
const FOLDER = 1;
const FILE = 2;
const HEAD_BYTES = 11;
const PIECE = 256 * 1024;
const nameBytesMax = 400;

/** @throws MunimError CANCELLED */
export async function* packTree(root: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const entries = await fs.promises.readdir(root, { recursive: true, withFileTypes: true });
  const names = entries
    .map((entry) => ({ entry, name: path.relative(root, path.join(entry.parentPath, entry.name)) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { entry, name } of names) {
    stopIf(signal);
    const slashed = name.split(path.sep).join('/');
    if (entry.isDirectory()) yield headOf(FOLDER, slashed, 0);
    else if (entry.isFile()) yield* packFile(path.join(root, name), slashed, signal);
  }
  yield Buffer.alloc(HEAD_BYTES, END);
}

async function* packFile(file: string, name: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const { size } = await handle.stat();
    yield headOf(FILE, name, size);
    for (let at = 0; at < size; ) {
      stopIf(signal);
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, Math.min(PIECE, size - at), at);
      if (bytesRead === 0) throw new Error(`${name} became shorter while it was packed`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

function headOf(kind: number, name: string, size: number): Buffer {
  const bytes = Buffer.from(name, 'utf8');
  if (bytes.length > nameBytesMax) throw new Error('a name is too long to be packed');
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(kind, 0);
  head.writeUInt16LE(bytes.length, 1);
  head.writeBigUInt64LE(BigInt(size), 3);
  return Buffer.concat([head, bytes]);
}

/**
 * Writes the stream below a new folder. Names that would lead out of it are refused, whoever made the stream.
 * @throws MunimError BACKUP_ALTERED, BACKUP_TRUNCATED, CANCELLED, what the disk says
 */
export async function unpackTree(stream: Bytes, into: string, signal: AbortSignal): Promise<void> {
  await fs.promises.mkdir(into, { mode: 0o700 });
  const pieces = new Pieces(stream);
  let unpacked = 0;
  for (;;) {
    stopIf(signal);
    const head = await pieces.take(HEAD_BYTES);
    const kind = head.readUInt8(0);
    const size = Number(head.readBigUInt64LE(3));
    if (kind === END) break;
    unpacked += size;
    if (unpacked > limits.backup.unpackedBytesMax) throw new MunimError('BACKUP_ALTERED');
    const name = (await pieces.take(head.readUInt16LE(1))).toString('utf8');
    const target = path.join(into, ...safeParts(name));
    if (kind === FOLDER && size === 0) await fs.promises.mkdir(target, { mode: 0o700 });
    else if (kind === FILE) await unpackFile(pieces, target, size, signal);
    else throw new MunimError('BACKUP_ALTERED');
  }
  // Read to its end, where the stream below says whether it was whole.
  if (await pieces.hasMore()) throw new MunimError('BACKUP_ALTERED');
}

async function unpackFile(pieces: Pieces, target: string, size: number, signal: AbortSignal): Promise<void> {
  const handle = await fs.promises.open(target, 'wx', 0o600);
  try {
    for (let left = size; left > 0; ) {
      stopIf(signal);
      const piece = await pieces.takeSome(Math.min(left, PIECE));
      await writeAll(handle, piece);
      left -= piece.length;
    }
  } finally {
    await handle.close();
  }
}

function safeParts(name: string): readonly string[] {
  const parts = name.split('/');
  const bad = parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part));
  if (bad || name.length > nameBytesMax) throw new MunimError('BACKUP_ALTERED');
  return parts;
}

/** @throws MunimError CANCELLED when the work is to stop */
export function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new MunimError('CANCELLED');
}

export async function writeAll(handle: fs.promises.FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
}
