import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import { type Bytes, open, seal } from './sealed-stream.ts';

const CHUNK = limits.backup.chunkBytes;
const key = randomBytes(32);
const header = Buffer.from('a header');

async function all(source: Bytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function refused(sealed: Uint8Array, bound: Uint8Array = header): Promise<string> {
  return await all(open([sealed], key, bound)).then(
    () => 'opened',
    (thrown: { code?: string }) => String(thrown.code),
  );
}

/** Cut at any places. */
function split(bytes: Buffer, at: readonly number[]): Buffer[] {
  const cuts = [0, ...at.map((part) => Math.floor(part * bytes.length)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

/** Sizes around the edges of chunks, since that is where counting goes wrong. */
const size = fc.oneof(
  fc.nat(2_000),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -2, max: 2 })).map(([n, d]) => n * CHUNK + d),
);
const part = fc.double({ min: 0, max: 1, noNaN: true });
const cuts = fc.array(part, { maxLength: 6 });

test('what was sealed in any portions opens in any others', async () => {
  await fc.assert(
    fc.asyncProperty(size, cuts, cuts, async (length, inAt, outAt) => {
      const plain = randomBytes(length);
      const sealed = await all(seal(split(plain, inAt), key, header));
      expect((await all(open(split(sealed, outAt), key, header))).equals(plain)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a flipped bit, a missing end, something behind the end, and another header are refused', async () => {
  const refusals = ['BACKUP_ALTERED', 'BACKUP_TRUNCATED'];
  await fc.assert(
    fc.asyncProperty(size, part, fc.nat(7), fc.integer({ min: 1, max: 40 }), async (length, place, bit, extra) => {
      const sealed = await all(seal([randomBytes(length)], key, header));
      const flipped = Buffer.from(sealed);
      const at = Math.min(sealed.length - 1, Math.floor(place * sealed.length));
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
      expect(refusals).toContain(await refused(flipped));
      expect(await refused(sealed.subarray(0, at))).toBe('BACKUP_TRUNCATED');
      expect(await refused(Buffer.concat([sealed, randomBytes(extra)]))).toBe('BACKUP_ALTERED');
      expect(await refused(sealed, Buffer.from('another header'))).toBe('BACKUP_ALTERED');
    }),
    { numRuns: 60 },
  );
});

test('chunks that change places, are left out, come twice or from another file are refused', async () => {
  const framed = 4 + CHUNK + 16;
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(2), fc.nat(100), async (one, other, rest) => {
      const sealed = await all(seal([randomBytes(3 * CHUNK + 1 + rest)], key, header));
      const strange = await all(seal([randomBytes(3 * CHUNK + 1 + rest)], randomBytes(32), header));
      const chunks = [0, 1, 2].map((index) => sealed.subarray(index * framed, (index + 1) * framed));
      const last = sealed.subarray(3 * framed);
      const joined = (middle: readonly (Buffer | undefined)[]) =>
        refused(Buffer.concat([...middle.filter((chunk) => chunk !== undefined), last]));
      const swapped = [...chunks];
      [swapped[one], swapped[other]] = [chunks[other] as Buffer, chunks[one] as Buffer];
      expect(await joined(swapped)).toBe(one === other ? 'opened' : 'BACKUP_ALTERED');
      expect(await joined(chunks.toSpliced(one, 1))).toBe('BACKUP_ALTERED');
      expect(await joined(chunks.toSpliced(one, 0, chunks[one] as Buffer))).toBe('BACKUP_ALTERED');
      const spliced = chunks.with(one, strange.subarray(one * framed, (one + 1) * framed));
      expect(await joined(spliced)).toBe('BACKUP_ALTERED');
      expect(await refused(Buffer.concat(chunks))).toBe('BACKUP_TRUNCATED');
    }),
    { numRuns: 30 },
  );
});
