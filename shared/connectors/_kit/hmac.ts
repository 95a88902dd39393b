import type { WebhookKey } from './webhook.ts';

const encoder = new TextEncoder();

/** Parts that are signed one after the other, without anything between them. */
export type Signed = readonly (Uint8Array | string)[];

/**
 * Whether the signature in hex is the HMAC-SHA256 of the parts under one of the keys. Compares in constant time, and tries every key whatever
 * the first one says, so that the time does not tell which of them it was.
 */
export async function isSigned(signatureHex: string, parts: Signed, keys: readonly WebhookKey[]): Promise<boolean> {
  const signature = fromHex(signatureHex);
  const data = joined(parts);
  let isFound = false;
  for (const { secret } of keys) {
    // An empty key signs nothing; WebCrypto would refuse it anyway.
    if (secret === '') continue;
    const key = await keyOf(secret, 'verify');
    const fits = await crypto.subtle.verify('HMAC', key, signature ?? new Uint8Array(32), data);
    isFound = (fits && signature !== null) || isFound;
  }
  return isFound;
}

/** The HMAC-SHA256 of the parts, in hex. */
export async function signatureOf(parts: Signed, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret, 'sign'), joined(parts));
  return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const keyOf = (secret: string, use: 'sign' | 'verify') =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);

function joined(parts: Signed): Uint8Array<ArrayBuffer> {
  const pieces = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** 32 bytes, or null for anything that is not written as such. */
function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
