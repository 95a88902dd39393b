import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { TAG_BYTES } from './backup-keys.ts';

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Before each chunk: its length in the lower 31 bits, the lowest byte first, and in the highest whether it is the last. */
const LENGTH_BYTES = 4;
const LAST = 0x8000_0000;
const CHUNK = limits.backup.chunkBytes;

/**
 * The payload in chunks of AES-256-GCM. The number of a chunk is its nonce, under a key that no other file has; number, last-flag and
 * the hash of the header are authenticated with it. So a chunk that was changed, left out, repeated, moved or taken from another file
 * does not open, and neither does a file whose end is missing.
 */
export async function* seal(plain: Bytes, key: Uint8Array, headerBytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const bound = boundTo(headerBytes);
  let number = 0;
  let held = Buffer.alloc(0);
  for await (const piece of plain) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece]);
    // One chunk stays behind, because only the end of the payload tells which is the last.
    while (held.length > CHUNK) {
      yield sealChunk(held.subarray(0, CHUNK), key, bound, number++, false);
      held = held.subarray(CHUNK);
    }
  }
  yield sealChunk(held, key, bound, number, true);
}

/** @throws MunimError BACKUP_ALTERED, BACKUP_TRUNCATED; what was yielded before is authentic but not the whole */
export async function* open(sealed: Bytes, key: Uint8Array, headerBytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const bound = boundTo(headerBytes);
  const reader = new Pieces(sealed);
  for (let number = 0; ; number++) {
    const word = (await reader.take(LENGTH_BYTES)).readUInt32LE(0);
    const isLast = word >= LAST;
    const length = isLast ? word - LAST : word;
    if (length > CHUNK || (!isLast && length !== CHUNK)) throw new MunimError('BACKUP_ALTERED');
    const chunk = await reader.take(length + TAG_BYTES);
    yield openChunk(chunk, key, bound, number, isLast);
    if (!isLast) continue;
    if (await reader.hasMore()) throw new MunimError('BACKUP_ALTERED');
    return;
  }
}

function sealChunk(plain: Uint8Array, key: Uint8Array, bound: Buffer, number: number, isLast: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number)).setAAD(aadOf(bound, number, isLast));
  const word = Buffer.alloc(LENGTH_BYTES);
  word.writeUInt32LE(plain.length + (isLast ? LAST : 0), 0);
  return Buffer.concat([word, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(chunk: Buffer, key: Uint8Array, bound: Buffer, number: number, isLast: boolean): Buffer {
  const end = chunk.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: TAG_BYTES })
      .setAAD(aadOf(bound, number, isLast))
      .setAuthTag(chunk.subarray(end));
    return Buffer.concat([decipher.update(chunk.subarray(0, end)), decipher.final()]);
  } catch (thrown) {
    throw new MunimError('BACKUP_ALTERED', {}, { cause: thrown });
  }
}

const boundTo = (headerBytes: Uint8Array): Buffer => createHash('sha256').update(headerBytes).digest();

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function aadOf(bound: Buffer, number: number, isLast: boolean): Buffer {
  const place = Buffer.alloc(9);
  place.writeBigUInt64BE(BigInt(number), 0);
  place.writeUInt8(isLast ? 1 : 0, 8);
  return Buffer.concat([bound, place]);
}

/** Takes bytes from a source in other portions than it gives them. */
export class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer[] = [];
  #length = 0;

  constructor(source: Bytes) {
    this.#source = iterate(source);
  }

  /** Exactly so many bytes. @throws MunimError BACKUP_TRUNCATED */
  async take(count: number): Promise<Buffer> {
    while (this.#length < count) if (!(await this.#more())) throw new MunimError('BACKUP_TRUNCATED');
    const all = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    this.#held = [all.subarray(count)];
    this.#length -= count;
    return all.subarray(0, count);
  }

  /** At least one byte and at most so many. @throws MunimError BACKUP_TRUNCATED */
  async takeSome(atMost: number): Promise<Buffer> {
    if (this.#length === 0 && !(await this.hasMore())) throw new MunimError('BACKUP_TRUNCATED');
    return await this.take(Math.min(atMost, this.#length));
  }

  async hasMore(): Promise<boolean> {
    while (this.#length === 0) if (!(await this.#more())) return false;
    return true;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#held.push(Buffer.from(next.value));
    this.#length += next.value.length;
    return true;
  }
}

async function* iterate(source: Bytes): AsyncGenerator<Uint8Array> {
  yield* source;
}
