import type { TextKeychain } from './text-store.ts';

/**
 * @napi-rs/keyring. On Linux the store is pinned to the Secret Service: left alone the library falls back to the kernel's keyring, which
 * forgets everything at the next start of the PC.
 */
export async function napiKeychain(service: string): Promise<TextKeychain | null> {
  const library = await loadKeyring();
  if (library === null) return null;
  const entry = (name: string) =>
    process.platform === 'linux'
      ? new library.AsyncEntry(service, name, { linux: { store: 'secret-service' } })
      : new library.AsyncEntry(service, name);
  return {
    backend: 'napi-keyring',
    get: async (name) => (await entry(name).getPassword()) ?? null,
    set: (name, text) => entry(name).setPassword(text),
    delete: async (name) => void (await entry(name).deleteCredential()),
  };
}

async function loadKeyring(): Promise<typeof import('@napi-rs/keyring') | null> {
  try {
    return await import('@napi-rs/keyring');
  } catch {
    return null;
  }
}
