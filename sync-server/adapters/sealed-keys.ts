import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Random } from '../../shared/ports/random.ts';

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);
/** OWASP's cost for scrypt; the file may lie for years where others can read it. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };
const zSealed = z.strictObject({
  sealed: z.literal('scrypt-aes256gcm'),
  salt: z.string(),
  iv: z.string(),
  text: z.string(),
  tag: z.string(),
});

/** The text encrypted under a passphrase (scrypt, AES-256-GCM), as JSON. */
export async function seal(text: string, passphrase: string, random: Random): Promise<string> {
  const [salt, iv] = [random.bytes(16), random.bytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = { salt, iv, text: sealed, tag: cipher.getAuthTag() };
  const inBase64 = Object.entries(parts).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  return JSON.stringify({ sealed: 'scrypt-aes256gcm', ...Object.fromEntries(inBase64) });
}

/** What was sealed, or null when the passphrase is another or the text was changed. */
export async function unseal(json: string, passphrase: string): Promise<string | null> {
  const { salt, iv, text, tag } = zSealed.parse(JSON.parse(json));
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(passphrase, bytes(salt)), bytes(iv));
  decipher.setAuthTag(bytes(tag));
  try {
    return Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

const keyOf = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), salt, 32, cost);
