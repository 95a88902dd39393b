import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Random } from '../../../shared/ports/random.ts';

export const zSealed = z.strictObject({ iv: z.base64(), data: z.base64(), tag: z.base64() });
export type Sealed = z.infer<typeof zSealed>;

/** AES-256-GCM. @param bound what the seal is good for; opening it for anything else fails */
export function seal(plain: Uint8Array, key: Uint8Array, bound: string, random: Random): Sealed {
  const iv = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv: base64(iv), data: base64(data), tag: base64(cipher.getAuthTag()) };
}

/** @throws MunimError KEYCHAIN_KEY_LOST when the seal does not open: wrong key, or a file that was tampered with */
export function unseal(sealed: Sealed, key: Uint8Array, bound: string): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
      .setAAD(Buffer.from(bound))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch (thrown) {
    throw new MunimError('KEYCHAIN_KEY_LOST', {}, { cause: thrown });
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
