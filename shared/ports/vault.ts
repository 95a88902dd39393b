/** Where the main side keeps secrets of any length under a name. The screens and the ledger process never have one of these. */
export interface SecretVault {
  /** @throws MunimError KEYCHAIN_KEY_LOST, KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED */
  get(name: string): Promise<Uint8Array>;
  /** Durable when it resolves. @throws MunimError KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED, VAULT_FULL */
  put(name: string, kind: string, secret: Uint8Array): Promise<void>;
  /** @throws MunimError VAULT_DAMAGED */
  remove(name: string): Promise<void>;
  /** What is kept, without opening any of it. */
  list(kind?: string): Promise<readonly VaultEntry[]>;
  look(): Promise<VaultState>;
}

export interface VaultEntry {
  readonly name: string;
  readonly kind: string;
}

export interface VaultState {
  /** `none` before anything was kept, `locked` while the key store cannot be read, `lost` when a key is gone for some entry. */
  readonly state: 'none' | 'ready' | 'locked' | 'lost' | 'damaged';
  /** Names of entries whose key is gone. They are kept: a key store that comes back opens them again. */
  readonly lost: readonly string[];
  /** When the present key was made, in ms; null where that is not known. */
  readonly keySince: number | null;
  /** Whether a rotation was begun and waits to be finished. */
  readonly isRotating: boolean;
  /** Earlier keys that the key store did not yet delete. */
  readonly keysToDelete: number;
}
