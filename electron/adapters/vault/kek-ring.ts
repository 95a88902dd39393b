import { MunimError } from '../../../shared/kernel/errors.ts';
import { toHex } from '../../../shared/kernel/ids.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { SecretReading, SecretStore } from '../../../shared/ports/secret-store.ts';
import type { VaultFile } from './vault-file.ts';

const KEK_BYTES = 32;
const CANARY = new TextEncoder().encode('munim');

type Owner = Pick<VaultFile, 'installation' | 'backend'>;

/**
 * The keys of the vault in the keychain of the PC, one item a version, and a canary beside them: an item that is known to be there, by which
 * a store that is locked is told from one that lost the key.
 */
export class KekRing {
  readonly #find: (backend: string | null) => Promise<SecretStore>;
  readonly #random: Random;
  readonly #kept = new Map<number, Uint8Array>();
  #keychain: SecretStore | null = null;

  constructor(find: (backend: string | null) => Promise<SecretStore>, random: Random) {
    this.#find = find;
    this.#random = random;
  }

  /** @param backend the one the vault was made with, or null before there is a vault */
  async open(backend: string | null): Promise<SecretStore> {
    this.#keychain ??= await this.#find(backend);
    return this.#keychain;
  }

  /** @throws MunimError KEYCHAIN_KEY_LOST only when the store is proved to be open and has no such key; else KEYCHAIN_UNAVAILABLE */
  async get(owner: Owner, version: number): Promise<Uint8Array> {
    return this.#kept.get(version) ?? (await this.read(owner, version));
  }

  /** As `get`, but out of the keychain and not out of memory. */
  async read(owner: Owner, version: number): Promise<Uint8Array> {
    const keychain = await this.open(owner.backend);
    const read = await keychain.get(kekName(owner, version));
    if (read.kind === 'found' && read.secret.byteLength === KEK_BYTES) {
      this.#kept.set(version, read.secret);
      return read.secret;
    }
    this.#kept.delete(version);
    throw await this.#missing(owner, keychain, read);
  }

  /** Whether there is an item for the version. @throws MunimError KEYCHAIN_UNAVAILABLE */
  async has(owner: Owner, version: number): Promise<boolean> {
    const read = await (await this.open(owner.backend)).get(kekName(owner, version));
    if (read.kind === 'locked' || read.kind === 'unavailable') throw unavailable(read.reason);
    return read.kind === 'found';
  }

  /**
   * The key of a version that was written down as upcoming: one that an interrupted try left, or a new one. Read back before anything is
   * sealed with it. An item that is there is never overwritten.
   */
  async make(owner: Owner, version: number): Promise<Uint8Array> {
    const keychain = await this.open(owner.backend);
    const name = kekName(owner, version);
    if (!(await this.has(owner, version))) await keychain.set(name, this.#random.bytes(KEK_BYTES));
    await this.#putCanary(owner, keychain);
    const back = await keychain.get(name);
    if (back.kind !== 'found' || back.secret.byteLength !== KEK_BYTES) {
      throw unavailable('what was written could not be read back');
    }
    const again = await keychain.get(name);
    if (again.kind !== 'found' || toHex(again.secret) !== toHex(back.secret)) {
      throw unavailable('it answers differently each time');
    }
    this.#kept.set(version, back.secret);
    return back.secret;
  }

  /** @returns whether the key is gone from the keychain for certain */
  async delete(owner: Owner, version: number): Promise<boolean> {
    const keychain = await this.open(owner.backend);
    const name = kekName(owner, version);
    try {
      await keychain.delete(name);
    } catch {
      // Some libraries refuse to delete what is not there; what counts is looked at below.
    }
    const left = await keychain.get(name);
    const isGone = left.kind === 'absent' && (await keychain.get(canaryName(owner))).kind === 'found';
    if (isGone) this.#kept.delete(version);
    return isGone;
  }

  async #putCanary(owner: Owner, keychain: SecretStore): Promise<void> {
    const canary = await keychain.get(canaryName(owner));
    if (canary.kind === 'absent') await keychain.set(canaryName(owner), CANARY);
    else if (canary.kind !== 'found') throw unavailable(canary.reason);
  }

  /** Some libraries answer "absent" for a locked store. Only when the canary or a trial item proves the store open is the key gone. */
  async #missing(owner: Owner, keychain: SecretStore, read: SecretReading): Promise<MunimError> {
    if (read.kind === 'locked' || read.kind === 'unavailable') return unavailable(read.reason);
    const canary = await keychain.get(canaryName(owner));
    if (canary.kind === 'found') return new MunimError('KEYCHAIN_KEY_LOST');
    if (canary.kind !== 'absent') return unavailable(canary.reason);
    const { usable, reason } = await keychain.probe();
    return usable ? new MunimError('KEYCHAIN_KEY_LOST') : unavailable(reason);
  }
}

const unavailable = (reason: string): MunimError => new MunimError('KEYCHAIN_UNAVAILABLE', { reason });
const kekName = (owner: Owner, version: number): string => `kek/${owner.installation}/${version}`;
const canaryName = (owner: Owner): string => `canary/${owner.installation}`;
