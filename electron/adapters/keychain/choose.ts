import { MunimError } from '../../../shared/kernel/errors.ts';
import type { SecretReading, SecretStore } from '../../../shared/ports/secret-store.ts';
import { keytarKeychain } from './keytar.ts';
import { napiKeychain } from './napi-keyring.ts';
import { secretStoreOver } from './text-store.ts';

const SERVICE = 'Munim';

/**
 * The keychain of this PC: the first library that can be loaded and whose trial item comes back. The libraries do not see each other's
 * items, so books that name a backend get that one or none.
 * @param backend the one the vault was made with, or null before there is a vault
 */
export async function systemKeychain(backend: string | null): Promise<SecretStore> {
  const reasons: string[] = [];
  for (const make of [keytarKeychain, napiKeychain]) {
    const keychain = await make(SERVICE);
    if (keychain === null) continue;
    if (backend !== null) {
      if (keychain.backend === backend) return secretStoreOver(keychain);
      continue;
    }
    const store = secretStoreOver(keychain);
    const { usable, reason } = await store.probe();
    if (usable) return store;
    reasons.push(`${keychain.backend}: ${reason}`);
  }
  return refusingStore(reasons.join('; ') || `no key store of the kind "${backend ?? 'any'}" can be loaded`);
}

/** Where no key store can be used: nothing is written, so nothing can be lost, and the reason reaches the person. */
export function refusingStore(reason: string): SecretStore {
  const refuse = (): Promise<never> => Promise.reject(new MunimError('KEYCHAIN_UNAVAILABLE', { reason }));
  return {
    backend: 'none',
    get: async (): Promise<SecretReading> => ({ kind: 'unavailable', reason }),
    set: refuse,
    delete: refuse,
    probe: async () => ({ usable: false, reason }),
  };
}
