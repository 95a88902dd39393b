import type { TextKeychain } from './text-store.ts';

interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** keytar, where its native part could be installed; null elsewhere. */
export async function keytarKeychain(service: string): Promise<TextKeychain | null> {
  const keytar = await loadKeytar();
  if (keytar === null) return null;
  return {
    backend: 'keytar',
    get: (name) => keytar.getPassword(service, name),
    set: (name, text) => keytar.setPassword(service, name, text),
    delete: async (name) => void (await keytar.deletePassword(service, name)),
  };
}

async function loadKeytar(): Promise<Keytar | null> {
  try {
    // Named by a variable: the package is optional, and the compiler must not insist on it.
    const name: string = 'keytar';
    const loaded = (await import(name)) as { readonly default?: Keytar };
    return loaded.default ?? null;
  } catch {
    return null;
  }
}
