import { describe, expect, it } from 'vitest';
import { isId, namedId, toHex, uuidv7 } from './ids.ts';

const ones = new Uint8Array(16).fill(0xff);

describe('ids', () => {
  it('of version 7 carry their time and sort by it', () => {
    const id = uuidv7(0x0123_4567_89ab, ones);
    expect(id).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
    expect(isId(id)).toBe(true);
    expect(uuidv7(1_790_000_000_000, ones) < uuidv7(1_790_000_000_001, new Uint8Array(10))).toBe(true);
  });

  it('named by a digest are version 8', () => {
    const id = namedId(new Uint8Array(32));
    expect(id).toBe('00000000-0000-8000-8000-000000000000');
    expect(isId(id)).toBe(true);
    expect(namedId(new Uint8Array(32).fill(0xff))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
  });

  it.each([
    '',
    '01234567-89ab-7fff-bfff-fffffffffff',
    '01234567-89AB-7fff-bfff-ffffffffffff',
    '01234567-89ab-7fff-7fff-ffffffffffff',
  ])('are not %j', (text) => {
    expect(isId(text)).toBe(false);
  });

  it('show bytes as hex', () => {
    expect(toHex(Uint8Array.from([0, 15, 255]))).toBe('000fff');
  });
});
