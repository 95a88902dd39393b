import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { SecretReading, SecretStore } from '../../../shared/ports/secret-store.ts';

/** What a keychain library does: one text under a name. `get` answers null for what is not there; a locked store throws, or lies with null. */
export interface TextKeychain {
  readonly backend: string;
  get(name: string): Promise<string | null>;
  set(name: string, text: string): Promise<void>;
  delete(name: string): Promise<void>;
}

const PROBE = 'probe';
const PROBE_TEXT = 'munim';

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);

/**
 * Makes a keychain library a SecretStore. Secrets are kept as base64 text, since some of the libraries know only text.
 */
export function secretStoreOver(keychain: TextKeychain): SecretStore {
  const unavailable = (thrown: unknown): MunimError =>
    new MunimError('KEYCHAIN_UNAVAILABLE', { reason: reasonOf(thrown) }, { cause: thrown });
  const set = async (name: string, text: string): Promise<void> => {
    // What is longer belongs into the vault; Windows would refuse it with an error that says nothing.
    if (text.length > limits.vault.keychainCharactersMax) throw new RangeError('too long for a keychain');
    try {
      await keychain.set(name, text);
    } catch (thrown) {
      throw unavailable(thrown);
    }
  };
  const store: SecretStore = {
    backend: keychain.backend,
    get: async (name): Promise<SecretReading> => {
      try {
        const text = await keychain.get(name);
        return text === null ? { kind: 'absent' } : { kind: 'found', secret: Buffer.from(text, 'base64') };
      } catch (thrown) {
        const reason = reasonOf(thrown);
        return { kind: /lock|prompt|dismiss/i.test(reason) ? 'locked' : 'unavailable', reason };
      }
    },
    set: (name, secret) => set(name, Buffer.from(secret).toString('base64')),
    delete: async (name) => {
      try {
        await keychain.delete(name);
      } catch (thrown) {
        throw unavailable(thrown);
      }
    },
    probe: async () => {
      try {
        await keychain.set(PROBE, PROBE_TEXT);
        const read = await keychain.get(PROBE);
        await keychain.delete(PROBE);
        return read === PROBE_TEXT
          ? { usable: true, reason: '' }
          : { usable: false, reason: 'what was written could not be read back' };
      } catch (thrown) {
        return { usable: false, reason: reasonOf(thrown) };
      }
    },
  };
  return store;
}
