import { MunimError } from '../../../shared/kernel/errors.ts';
import { toHex } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { SecretStore } from '../../../shared/ports/secret-store.ts';
import type { SecretVault, VaultEntry, VaultState } from '../../../shared/ports/vault.ts';
import { KekRing } from './kek-ring.ts';
import { seal, unseal } from './seal.ts';
import { readVault, type StoredEntry, setVaultAside, type VaultFile, writeVault } from './vault-file.ts';

export interface VaultOptions {
  readonly file: string;
  /** Finds the keychain; told the backend the vault was made with. */
  readonly keychain: (backend: string | null) => Promise<SecretStore>;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Secrets of any length under one key in the keychain: each entry has a key of its own (AES-256-GCM), which is wrapped by the key from
 * the keychain. The name and kind of an entry are bound into both seals, so that no entry can be passed off as another.
 * Keychains hold 2,560 bytes at most and a certificate with its key has more; hence one small key there and the rest here.
 * One thing is done at a time, in the order asked for.
 */
export class Vault implements SecretVault {
  readonly #options: VaultOptions;
  readonly #ring: KekRing;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#ring = new KekRing(options.keychain, options.random);
  }

  /** @throws MunimError KEYCHAIN_KEY_LOST when the entry or the key to it is gone, KEYCHAIN_UNAVAILABLE when it cannot be told now */
  get(name: string): Promise<Uint8Array> {
    return this.#alone(async () => {
      const file = this.#read();
      const entry = file === null ? undefined : entryOf(file, name);
      if (file === null || entry === undefined) throw new MunimError('KEYCHAIN_KEY_LOST');
      return openEntry(name, entry, await this.#ring.get(file, entry.kekVersion));
    });
  }

  put(name: string, kind: string, secret: Uint8Array): Promise<void> {
    return this.#alone(async () => {
      if (secret.byteLength > limits.vault.secretBytesMax) {
        throw new MunimError('VAULT_FULL', { sizeKiB: Math.ceil(secret.byteLength / 1024) });
      }
      const file = await this.#writable();
      const kek = await this.#ring.get(file, file.kekVersion);
      const { random } = this.#options;
      const dek = random.bytes(32);
      const at = { kind, kekVersion: file.kekVersion, sealedAt: file.kekVersion };
      const entry: StoredEntry = {
        ...at,
        wrapped: seal(dek, kek, wrapBound(name, at), random),
        sealed: seal(secret, dek, dataBound(name, at), random),
      };
      this.#write({ ...file, entries: { ...file.entries, [name]: entry } });
    });
  }

  remove(name: string): Promise<void> {
    return this.#alone(async () => {
      const file = this.#read();
      if (file === null || entryOf(file, name) === undefined) return;
      const { [name]: _, ...entries } = file.entries;
      this.#write({ ...file, entries });
    });
  }

  list(kind?: string): Promise<readonly VaultEntry[]> {
    return this.#alone(async () =>
      Object.entries(this.#read()?.entries ?? {})
        .map(([name, entry]) => ({ name, kind: entry.kind }))
        .filter((entry) => kind === undefined || entry.kind === kind)
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
    );
  }

  look(): Promise<VaultState> {
    return this.#alone(async () => {
      const nothing = { lost: [], keySince: null, isRotating: false, keysToDelete: 0 };
      let file: VaultFile | null;
      try {
        file = this.#read();
      } catch (thrown) {
        if (isCode(thrown, 'VAULT_DAMAGED')) return { ...nothing, state: 'damaged' };
        throw thrown;
      }
      if (file === null) return { ...nothing, state: 'none' };
      const facts = {
        ...nothing,
        keySince: file.kekSince,
        isRotating: file.upcoming !== null,
        keysToDelete: file.retired.length,
      };
      try {
        const lost = new Set<number>();
        const versions = new Set([file.kekVersion, ...Object.values(file.entries).map((entry) => entry.kekVersion)]);
        for (const version of versions) if ((await this.#kekUnlessLost(file, version)) === null) lost.add(version);
        const names = Object.entries(file.entries).flatMap(([name, { kekVersion }]) =>
          lost.has(kekVersion) ? [name] : [],
        );
        return { ...facts, state: lost.size > 0 ? 'lost' : 'ready', lost: names.sort() };
      } catch (thrown) {
        if (isCode(thrown, 'KEYCHAIN_UNAVAILABLE')) return { ...facts, state: 'locked' };
        throw thrown;
      }
    });
  }

  /**
   * Finishes what an earlier run began, takes a new key when the present one is old enough, and deletes keys that are no longer needed.
   * Broken off anywhere, it leaves every secret readable.
   * @returns what was done. @throws MunimError KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED
   */
  maintain(): Promise<'nothing' | 'rotated' | 'cleaned'> {
    return this.#alone(async () => {
      const file = this.#read();
      if (file === null) return 'nothing';
      const since = file.kekSince;
      // Also when the clock once stood in the future, or the age is unknown.
      const isDue = since === null || Math.abs(this.#options.clock.now() - since) >= limits.vault.rotateEveryMs;
      if (isDue || file.upcoming !== null) return (await this.#rotate(file)) ? 'rotated' : 'nothing';
      if (file.retired.length === 0) return 'nothing';
      await this.#deleteRetired(file);
      return 'cleaned';
    });
  }

  /** Takes a new key now. @returns false where there is no vault, or its present key is lost */
  rotate(): Promise<boolean> {
    return this.#alone(async () => {
      const file = this.#read();
      return file !== null && (await this.#rotate(file));
    });
  }

  /** Moves a vault that cannot be read out of the way, so that a new one can begin. @returns its new name; null where there is none */
  setDamagedAside(): Promise<string | null> {
    return this.#alone(async () => {
      try {
        this.#read();
        return null;
      } catch (thrown) {
        if (!isCode(thrown, 'VAULT_DAMAGED')) throw thrown;
        const stamp = new Date(this.#options.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
        return setVaultAside(this.#options.file, stamp);
      }
    });
  }

  async #rotate(before: VaultFile): Promise<boolean> {
    if ((await this.#kekUnlessLost(before, before.kekVersion)) === null) return false;
    const file = await this.#begin(before);
    const version = file.upcoming ?? file.kekVersion;
    const kek = await this.#ring.make(file, version);
    const moved = new Map<string, Uint8Array>();
    const entries: Record<string, StoredEntry> = {};
    for (const [name, entry] of Object.entries(file.entries)) {
      const old = await this.#kekUnlessLost(file, entry.kekVersion);
      const opened = old === null ? null : openedOrNull(name, entry, old);
      // What cannot be opened stays as it is, under the key it was sealed with.
      entries[name] = opened === null ? entry : this.#rewrap(name, entry, opened.dek, kek, version);
      if (opened !== null) moved.set(name, opened.secret);
    }
    const used = new Set(Object.values(entries).map((entry) => entry.kekVersion));
    const earlier = [file.kekVersion, ...Object.values(file.entries).map((entry) => entry.kekVersion)];
    const retired = [...new Set([...file.retired, ...earlier])].filter((one) => !used.has(one) && one !== version);
    this.#write({
      ...file,
      kekVersion: version,
      kekSince: this.#options.clock.now(),
      upcoming: null,
      retired,
      entries,
    });
    const written = this.#read();
    if (written === null || !(await this.#opensAll(written, moved))) {
      this.#write(file);
      throw new MunimError('KEYCHAIN_UNAVAILABLE', { reason: 'what was sealed anew could not be opened' });
    }
    await this.#deleteRetired(written);
    return true;
  }

  #rewrap(name: string, entry: StoredEntry, dek: Uint8Array, kek: Uint8Array, kekVersion: number): StoredEntry {
    const wrapped = seal(dek, kek, wrapBound(name, { kind: entry.kind, kekVersion }), this.#options.random);
    return { ...entry, kekVersion, wrapped };
  }

  /** Whether the file, with its key as the keychain gives it now, holds exactly these secrets under the present key. */
  async #opensAll(file: VaultFile, secrets: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
    const kek = await this.#ring.read(file, file.kekVersion);
    for (const [name, secret] of secrets) {
      const entry = entryOf(file, name);
      const opened = entry === undefined ? null : openedOrNull(name, entry, kek);
      if (opened === null || !Buffer.from(opened.secret).equals(secret)) return false;
    }
    return true;
  }

  /** Only once everything under the present key was seen to open with the key that the keychain gives. */
  async #deleteRetired(file: VaultFile): Promise<void> {
    const kek = await this.#ring.read(file, file.kekVersion);
    const present = Object.entries(file.entries).filter(([, entry]) => entry.kekVersion === file.kekVersion);
    if (present.some(([name, entry]) => openedOrNull(name, entry, kek) === null)) return;
    const used = new Set([file.kekVersion, file.upcoming, ...Object.values(file.entries).map((one) => one.kekVersion)]);
    const left: number[] = [];
    for (const version of file.retired) {
      if (!used.has(version) && !(await this.#ring.delete(file, version))) left.push(version);
    }
    if (left.length < file.retired.length) this.#write({ ...file, retired: left });
  }

  /** The vault with a key that can be had: the present one, or a new version when that is lost. What an old key sealed stays as it is. */
  async #writable(): Promise<VaultFile> {
    const file = this.#read() ?? (await this.#create());
    if ((await this.#kekUnlessLost(file, file.kekVersion)) !== null) return file;
    const begun = await this.#begin(file);
    const version = begun.upcoming ?? begun.kekVersion;
    await this.#ring.make(begun, version);
    const renewed = { ...begun, kekVersion: version, kekSince: this.#options.clock.now(), upcoming: null };
    this.#write(renewed);
    return renewed;
  }

  /** Nothing is written before the key store has shown that it can be used. */
  async #create(): Promise<VaultFile> {
    const { backend } = await this.#ring.open(null);
    const installation = toHex(this.#options.random.bytes(8));
    const now = this.#options.clock.now();
    const first = { format: 2, installation, backend, kekVersion: 1, kekSince: now, upcoming: null } as const;
    const file: VaultFile = { ...first, retired: [], entries: {} };
    await this.#ring.make(file, 1);
    this.#write(file);
    return file;
  }

  /** Writes down which version comes next, before its key is made, so that an interrupted try is known to be one. */
  async #begin(file: VaultFile): Promise<VaultFile> {
    if (file.upcoming !== null) return file;
    const taken = [file.kekVersion, ...file.retired, ...Object.values(file.entries).map((entry) => entry.kekVersion)];
    let version = Math.max(...taken) + 1;
    // A key that this file does not know of belongs to a newer copy of it, and is left alone.
    while (await this.#ring.has(file, version)) version++;
    const begun = { ...file, upcoming: version };
    this.#write(begun);
    return begun;
  }

  async #kekUnlessLost(file: VaultFile, version: number): Promise<Uint8Array | null> {
    try {
      return await this.#ring.get(file, version);
    } catch (thrown) {
      if (isCode(thrown, 'KEYCHAIN_KEY_LOST')) return null;
      throw thrown;
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => {});
    return result;
  }

  #read(): VaultFile | null {
    return readVault(this.#options.file);
  }

  #write(file: VaultFile): void {
    writeVault(this.#options.file, file);
  }
}

type Bound = Pick<StoredEntry, 'kind' | 'kekVersion'>;
const wrapBound = (name: string, { kind, kekVersion }: Bound): string => `${name}|${kind}|${kekVersion}|wrapped`;
const dataBound = (name: string, { kind, sealedAt }: Pick<StoredEntry, 'kind' | 'sealedAt'>): string =>
  `${name}|${kind}|${sealedAt}`;

const entryOf = (file: VaultFile, name: string): StoredEntry | undefined =>
  Object.hasOwn(file.entries, name) ? file.entries[name] : undefined;

const openEntry = (name: string, entry: StoredEntry, kek: Uint8Array): Uint8Array =>
  unseal(entry.sealed, unseal(entry.wrapped, kek, wrapBound(name, entry)), dataBound(name, entry));

function openedOrNull(name: string, entry: StoredEntry, kek: Uint8Array) {
  try {
    const dek = unseal(entry.wrapped, kek, wrapBound(name, entry));
    return { dek, secret: unseal(entry.sealed, dek, dataBound(name, entry)) };
  } catch {
    return null;
  }
}

const isCode = (thrown: unknown, code: MunimError['code']): boolean =>
  thrown instanceof MunimError && thrown.code === code;
