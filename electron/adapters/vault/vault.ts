import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { toHex } from '../../../shared/kernel/ids.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { SecretReading, SecretStore } from '../../../shared/ports/secret-store.ts';
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts';

/**
 * Secrets of any length under one key in the keychain: each entry has a key of its own (AES-256-GCM), which is wrapped by the key from
 * the keychain. The name and kind of an entry are bound into both seals, so that no entry can be passed off as another.
 * Keychains hold 2,560 bytes at most and a certificate with its key has more; hence one small key there and the rest here.
 */
const zSealed = z.strictObject({ iv: z.base64(), data: z.base64(), tag: z.base64() });
type Sealed = z.infer<typeof zSealed>;
const zVaultFile = z.strictObject({
  format: z.literal(1),
  installation: z.string(),
  backend: z.string(),
  kekVersion: z.int().positive(),
  entries: z.record(
    z.string(),
    z.strictObject({ kind: z.string(), kekVersion: z.int().positive(), wrapped: zSealed, sealed: zSealed }),
  ),
});
type VaultFile = z.infer<typeof zVaultFile>;

export interface VaultOptions {
  readonly file: string;
  /** Finds the keychain; told the backend the vault was made with. */
  readonly keychain: (backend: string | null) => Promise<SecretStore>;
  readonly random: Random;
}

export class Vault {
  readonly #options: VaultOptions;
  #keychain: SecretStore | null = null;
  readonly #keks = new Map<number, Uint8Array>();

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** @throws MunimError KEYCHAIN_KEY_LOST when the entry or the key to it is gone, KEYCHAIN_UNAVAILABLE when it cannot be told now */
  async get(name: string): Promise<Uint8Array> {
    const file = this.#read();
    const entry = file?.entries[name];
    if (file === null || entry === undefined) throw new MunimError('KEYCHAIN_KEY_LOST');
    const kek = await this.#kek(file, entry.kekVersion);
    const bound = aad(name, entry.kind, entry.kekVersion);
    const dek = unseal(entry.wrapped, kek, `${bound}|wrapped`);
    return unseal(entry.sealed, dek, bound);
  }

  /** Durable when it resolves. @throws MunimError KEYCHAIN_UNAVAILABLE */
  async put(name: string, kind: string, secret: Uint8Array): Promise<void> {
    const file = await this.#writable();
    const kek = await this.#kek(file, file.kekVersion);
    const bound = aad(name, kind, file.kekVersion);
    const dek = this.#options.random.bytes(32);
    const entry = {
      kind,
      kekVersion: file.kekVersion,
      wrapped: this.#seal(dek, kek, `${bound}|wrapped`),
      sealed: this.#seal(secret, dek, bound),
    };
    this.#write({ ...file, entries: { ...file.entries, [name]: entry } });
  }

  remove(name: string): void {
    const file = this.#read();
    if (file === null) return;
    const { [name]: _, ...entries } = file.entries;
    this.#write({ ...file, entries });
  }

  /** The vault with a key that can be had: the present one, or a new version when that is lost. What an old key sealed stays as it is. */
  async #writable(): Promise<VaultFile> {
    const file = this.#read();
    if (file === null) return await this.#create();
    try {
      await this.#kek(file, file.kekVersion);
      return file;
    } catch (thrown) {
      if (!(thrown instanceof MunimError) || thrown.code !== 'KEYCHAIN_KEY_LOST') throw thrown;
      const renewed = { ...file, kekVersion: file.kekVersion + 1 };
      await this.#newKek(renewed);
      this.#write(renewed);
      return renewed;
    }
  }

  async #create(): Promise<VaultFile> {
    const keychain = await this.#openKeychain(null);
    const installation = toHex(this.#options.random.bytes(8));
    const file: VaultFile = { format: 1, installation, backend: keychain.backend, kekVersion: 1, entries: {} };
    await this.#newKek(file);
    this.#write(file);
    return file;
  }

  /** A new key, read back before anything is sealed with it, and the canary beside it. */
  async #newKek(file: VaultFile): Promise<void> {
    const keychain = await this.#openKeychain(file.backend);
    const kek = this.#options.random.bytes(32);
    const name = kekName(file, file.kekVersion);
    await keychain.set(name, kek);
    await keychain.set(canaryName(file), new TextEncoder().encode('munim'));
    const back = await keychain.get(name);
    if (back.kind !== 'found' || toHex(back.secret) !== toHex(kek)) {
      throw new MunimError('KEYCHAIN_UNAVAILABLE', { reason: 'what was written could not be read back' });
    }
    this.#keks.set(file.kekVersion, kek);
  }

  async #kek(file: VaultFile, version: number): Promise<Uint8Array> {
    const kept = this.#keks.get(version);
    if (kept !== undefined) return kept;
    const keychain = await this.#openKeychain(file.backend);
    const read = await keychain.get(kekName(file, version));
    if (read.kind === 'found' && read.secret.byteLength === 32) {
      this.#keks.set(version, read.secret);
      return read.secret;
    }
    throw await this.#missing(file, keychain, read);
  }

  /** Some libraries answer "absent" for a locked store. Only when the canary or a trial item proves the store open is the key gone. */
  async #missing(file: VaultFile, keychain: SecretStore, read: SecretReading): Promise<MunimError> {
    if (read.kind === 'locked' || read.kind === 'unavailable') {
      return new MunimError('KEYCHAIN_UNAVAILABLE', { reason: read.reason });
    }
    const canary = await keychain.get(canaryName(file));
    if (canary.kind === 'found') return new MunimError('KEYCHAIN_KEY_LOST');
    const { usable, reason } = await keychain.probe();
    return usable ? new MunimError('KEYCHAIN_KEY_LOST') : new MunimError('KEYCHAIN_UNAVAILABLE', { reason });
  }

  async #openKeychain(backend: string | null): Promise<SecretStore> {
    this.#keychain ??= await this.#options.keychain(backend);
    return this.#keychain;
  }

  #read(): VaultFile | null {
    const text = readFileIfThere(this.#options.file);
    return text === null ? null : zVaultFile.parse(JSON.parse(text));
  }

  #write(file: VaultFile): void {
    writeFileAtomically(this.#options.file, JSON.stringify(file, null, 1));
  }

  #seal(plain: Uint8Array, key: Uint8Array, bound: string): Sealed {
    const iv = this.#options.random.bytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { iv: base64(iv), data: base64(data), tag: base64(cipher.getAuthTag()) };
  }
}

/** @throws MunimError KEYCHAIN_KEY_LOST when the seal does not open: wrong key, or a file that was tampered with */
function unseal(sealed: Sealed, key: Uint8Array, bound: string): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
      .setAAD(Buffer.from(bound))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch (thrown) {
    throw new MunimError('KEYCHAIN_KEY_LOST', {}, { cause: thrown });
  }
}

const aad = (name: string, kind: string, kekVersion: number): string => `${name}|${kind}|${kekVersion}`;
const kekName = (file: VaultFile, version: number): string => `kek/${file.installation}/${version}`;
const canaryName = (file: VaultFile): string => `canary/${file.installation}`;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
