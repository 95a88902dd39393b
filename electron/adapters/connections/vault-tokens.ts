import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { StoredToken, TokenStore } from '../../../shared/ports/token-store.ts';
import type { SecretVault } from '../../../shared/ports/vault.ts';

const KIND = 'connection-token';
const nameOf = (connection: string): string => `connection/${connection}/token`;
const zToken = z.strictObject({ token: z.string(), expiresAt: z.int() });

/** Tokens of connections, sealed in the vault. One that is lost is fetched again, so that nobody need hear of it. */
export function vaultTokens(vault: SecretVault): TokenStore {
  return {
    get: async (connection): Promise<StoredToken | null> => {
      const kept = (await vault.list(KIND)).some(({ name }) => name === nameOf(connection));
      if (!kept) return null;
      try {
        return zToken.parse(JSON.parse(Buffer.from(await vault.get(nameOf(connection))).toString()));
      } catch (thrown) {
        if (thrown instanceof MunimError && thrown.code === 'KEYCHAIN_KEY_LOST') return null;
        throw thrown;
      }
    },
    set: (connection, { token, expiresAt }) =>
      vault.put(nameOf(connection), KIND, Buffer.from(JSON.stringify({ token, expiresAt }))),
    delete: (connection) => vault.remove(nameOf(connection)),
  };
}
