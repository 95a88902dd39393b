import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSigned, signatureOf } from './hmac.ts';

const key = (secret: string) => ({ secret, allowsNoTime: false });
const hmac = (secret: string, ...parts: readonly Uint8Array[]): string =>
  createHmac('sha256', secret).update(Buffer.concat(parts)).digest('hex');

it('signs as OpenSSL does, and believes that and nothing else', async () => {
  const secrets = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed());
  await fc.assert(
    fc.asyncProperty(
      secrets,
      fc.string(),
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(63),
      async (secret, text, body, at) => {
        const signature = hmac(secret, new TextEncoder().encode(text), body);
        expect(await signatureOf([text, body], secret)).toBe(signature);
        expect(await isSigned(signature, [text, body], [key(`${secret}x`), key(secret)])).toBe(true);
        expect(await isSigned(signature.toUpperCase(), [text, body], [key(secret)])).toBe(true);
        const other = signature[at] === '0' ? '1' : '0';
        expect(
          await isSigned(`${signature.slice(0, at)}${other}${signature.slice(at + 1)}`, [text, body], [key(secret)]),
        ).toBe(false);
      },
    ),
    { numRuns: 50 },
  );
});

it('believes nothing that is no signature, and nothing under no key', async () => {
  const body = new Uint8Array([1]);
  const right = hmac('k', body);
  for (const text of ['', right.slice(2), `${right}00`, `0x${right.slice(2)}`, ` ${right}`, right.replace(/./, 'g')]) {
    expect(await isSigned(text, [body], [key('k')])).toBe(false);
  }
  expect(await isSigned(hmac('', body), [body], [key('')])).toBe(false);
  expect(await isSigned(right, [body], [])).toBe(false);
});
