import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Random } from '../../shared/ports/random.ts';

/** The head of an Ed25519 private key in PKCS#8 DER (RFC 8410); the 32 bytes of the seed follow. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key that follows from the seed of the run. */
export class SimKey {
  /** PKCS#8 DER, base64. */
  readonly pkcs8: string;
  /** SPKI DER, base64. */
  readonly publicKey: string;
  readonly #key: KeyObject;

  constructor(random: Random) {
    const der = Buffer.concat([pkcs8Head, random.bytes(32)]);
    this.pkcs8 = der.toString('base64');
    this.#key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.#key).export({ format: 'der', type: 'spki' }).toString('base64');
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.#key);
  }
}
