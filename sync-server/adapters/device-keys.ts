import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

const verifyAside = promisify(verify);

/** Reads an Ed25519 public key (SPKI DER, base64), or null when it is anything else. */
export function readPublicKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** Whether the signature (base64, Ed25519, RFC 8032) is the key's over exactly this text in UTF-8. */
export function signatureFits(key: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.length === 64 && verify(null, Buffer.from(text, 'utf8'), key, bytes);
}

/** As `signatureFits`, on another thread: the signatures of a push are checked beside each other and beside the work of the database. */
export async function signatureFitsAside(key: KeyObject, text: string, signature: string): Promise<boolean> {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.length === 64 && (await verifyAside(null, Buffer.from(text, 'utf8'), key, bytes));
}

/** @param pkcs8 private key, PKCS#8 DER, base64 */
export function signText(pkcs8: string, text: string): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64');
}

export function publicKeyOf(pkcs8: string): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
}
