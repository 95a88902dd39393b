import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  scrypt,
} from 'node:crypto';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Random } from '../../../shared/ports/random.ts';

/** Cost of one guess in format 1: 128 MiB and about half a second. Fixed by the format, so that no file can ask for more. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const;
const KEY_BYTES = 32;
export const SALT_BYTES = 16;
/** What stands before the 32 bytes of an X25519 key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** An X25519 key pair. The private half exists only while somebody works with it. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** The file key, encrypted for whoever has the private half of one public key. All in base64. */
export interface SealedKey {
  readonly ephemeral: string;
  readonly wrapped: string;
}

export function keyPairOf(seed: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: new Uint8Array(spki.subarray(publicPrefix.length)) };
}

/** The key pair that a passphrase and a salt always lead to. */
export async function passphraseKeyPair(passphrase: string, salt: Uint8Array): Promise<KeyPair> {
  const seed = await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, cost, (problem, key) =>
      problem === null ? resolve(key) : reject(problem),
    );
  });
  return keyPairOf(seed);
}

/** Encrypts the file key for the owner of a public key; needs nothing secret of the owner. */
export function sealKey(fileKey: Uint8Array, publicKey: Uint8Array, random: Random): SealedKey {
  const once = keyPairOf(random.bytes(KEY_BYTES));
  const key = sharedKey(once.privateKey, publicKey, once.publicKey, publicKey);
  const cipher = createCipheriv('aes-256-gcm', key, onlyNonce);
  const wrapped = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return { ephemeral: Buffer.from(once.publicKey).toString('base64'), wrapped: wrapped.toString('base64') };
}

/** @throws MunimError BACKUP_ALTERED when it was sealed for another key or changed since */
export function openKey(sealed: SealedKey, pair: KeyPair): Uint8Array {
  try {
    const ephemeral = Buffer.from(sealed.ephemeral, 'base64');
    const wrapped = Buffer.from(sealed.wrapped, 'base64');
    const key = sharedKey(pair.privateKey, ephemeral, ephemeral, pair.publicKey);
    const decipher = createDecipheriv('aes-256-gcm', key, onlyNonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(wrapped.subarray(KEY_BYTES));
    return Buffer.concat([decipher.update(wrapped.subarray(0, KEY_BYTES)), decipher.final()]);
  } catch (thrown) {
    throw new MunimError('BACKUP_ALTERED', {}, { cause: thrown });
  }
}

export const TAG_BYTES = 16;
/** Each wrapping key encrypts once, since an ephemeral pair goes into it. */
const onlyNonce = new Uint8Array(12);

function sharedKey(privateKey: KeyObject, other: Uint8Array, ephemeral: Uint8Array, owner: Uint8Array): Uint8Array {
  const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, other]), format: 'der', type: 'spki' });
  const secret = diffieHellman({ privateKey, publicKey });
  return new Uint8Array(
    hkdfSync('sha256', secret, Buffer.concat([ephemeral, owner]), 'munim-backup 1 file key', KEY_BYTES),
  );
}
