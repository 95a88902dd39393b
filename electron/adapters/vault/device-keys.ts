import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Vault } from './vault.ts';

const KIND = 'device-key';
const UPCOMING = 'device-key/upcoming';
const nameOf = (deviceId: Id): string => `device-key/${deviceId}`;

/** The Ed25519 keys of this desk, sealed in the vault; only the one in use is in memory. */
export class DeviceKeys {
  readonly #vault: Vault;
  readonly #inUse = new Map<Id, KeyObject>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /**
   * A key for an enrolment, kept before the server hears of it: a code serves once, but an enrolment whose answer was lost on the way may
   * be repeated with the same key.
   * @returns the public key (SPKI DER, base64), and what gives the key its name once the server has
   */
  async prepare(): Promise<{ readonly publicKey: string; adopt(deviceId: Id): Promise<void> }> {
    // Whoever enrols begins anew; a vault that cannot be read is kept beside the new one.
    await this.#vault.setDamagedAside();
    const privateKey = (await this.#upcoming()) ?? generateKeyPairSync('ed25519').privateKey;
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    await this.#vault.put(UPCOMING, KIND, secret);
    return {
      publicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64'),
      adopt: async (deviceId) => {
        await this.#vault.put(nameOf(deviceId), KIND, secret);
        await this.#vault.remove(UPCOMING);
        this.#inUse.set(deviceId, privateKey);
      },
    };
  }

  /** @returns the 64 bytes of an Ed25519 signature. @throws MunimError KEYCHAIN_KEY_LOST, KEYCHAIN_UNAVAILABLE */
  async sign(deviceId: Id, bytes: Uint8Array): Promise<Uint8Array> {
    return sign(null, bytes, await this.#key(deviceId));
  }

  async #key(deviceId: Id): Promise<KeyObject> {
    const kept = this.#inUse.get(deviceId);
    if (kept !== undefined) return kept;
    const key = readKey(await this.#vault.get(nameOf(deviceId)));
    this.#inUse.set(deviceId, key);
    return key;
  }

  async #upcoming(): Promise<KeyObject | null> {
    try {
      return readKey(await this.#vault.get(UPCOMING));
    } catch (thrown) {
      if (thrown instanceof MunimError && thrown.code === 'KEYCHAIN_KEY_LOST') return null;
      throw thrown;
    }
  }
}

const readKey = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
