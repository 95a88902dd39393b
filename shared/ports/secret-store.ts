/**
 * Where the operating system keeps small secrets for this person. Absent is told apart from locked: a store that cannot be read now must
 * never be taken for one that was never written.
 */
export interface SecretStore {
  readonly backend: string;
  get(name: string): Promise<SecretReading>;
  /** @throws MunimError KEYCHAIN_UNAVAILABLE */
  set(name: string, secret: Uint8Array): Promise<void>;
  /** @throws MunimError KEYCHAIN_UNAVAILABLE */
  delete(name: string): Promise<void>;
  /** Writes, reads and removes a trial item. */
  probe(): Promise<{ readonly usable: boolean; readonly reason: string }>;
}

export type SecretReading =
  | { readonly kind: 'found'; readonly secret: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'locked'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };
