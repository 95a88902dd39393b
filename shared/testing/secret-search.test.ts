import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretSearch } from './secret-search.ts';

const secret = 'Jasmin&Kokum <27>/+=~"\\é-amrai';
const search = new SecretSearch([
  { name: 'text', value: secret },
  { name: 'bytes', value: Uint8Array.from({ length: 32 }, (_, index) => (index * 71 + 13) & 0xff) },
]);
const seen = (bytes: Uint8Array): string[] => search.find(bytes).map(({ name, form }) => `${name}, ${form}`);

const written: readonly [string, (value: Buffer) => string | Uint8Array][] = [
  ['raw', (value) => value],
  ['hex', (value) => value.toString('hex')],
  ['HEX', (value) => value.toString('hex').toUpperCase()],
  ['base64', (value) => value.toString('base64')],
  ['base64url', (value) => value.toString('base64url')],
  ['percent-encoded', (value) => encodeURIComponent(value.toString())],
  ['form-encoded', (value) => new URLSearchParams({ key: value.toString() }).toString()],
  ['JSON', (value) => JSON.stringify({ said: value.toString() })],
  ['JSON in JSON', (value) => JSON.stringify({ body: JSON.stringify({ said: value.toString() }) })],
  ['UTF-16LE', (value) => Buffer.from(value.toString(), 'utf16le')],
];

describe('the search for secrets', () => {
  it.each(written)('finds one that is written as %s, anywhere', (form, write) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(write(Buffer.from(secret)) as string), after]);
        expect(seen(bytes)).toContain(`text, whole, ${form}`);
      }),
      { numRuns: 50 },
    );
  });

  it('finds one inside something longer that was made base64, at each alignment', () => {
    for (const length of [0, 1, 2, 3, 4, 5]) {
      const inside = Buffer.concat([Buffer.alloc(length, 'k'), Buffer.from(secret), Buffer.from(':tail')]);
      expect(seen(Buffer.from(`Basic ${inside.toString('base64')}`))).toContain('text, whole, base64');
    }
  });

  it('finds halves and what is turned round, of text and of bytes', () => {
    const half = Math.floor(Buffer.byteLength(secret) / 2);
    const bytes = Buffer.from(secret);
    expect(seen(bytes.subarray(0, half))).toEqual(['text, first half, raw']);
    expect(seen(Buffer.from(bytes.subarray(half).toString('hex')))).toEqual(['text, second half, hex']);
    expect(seen(Buffer.from(bytes).reverse())).toContain('text, whole backwards, raw');
    const key = Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => (index * 71 + 13) & 0xff));
    expect(seen(Buffer.from(key.subarray(16).toString('base64')))).toEqual(['bytes, second half, base64']);
  });

  it('finds nothing in what holds none, not even in less than half of one', () => {
    expect(seen(randomBytes(1_000_000))).toEqual([]);
    expect(seen(Buffer.from(secret.slice(0, 11)))).toEqual([]);
    expect(() => new SecretSearch([{ name: 'short', value: 'abc' }])).toThrow(/short/);
  });
});
