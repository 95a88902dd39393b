import { z } from 'zod';
import type { ClientCertificate } from '../../../shared/ports/certificates.ts';
import type { SecretVault } from '../../../shared/ports/vault.ts';

const KIND = 'certificate';
const zKept = z.strictObject({ cert: z.string(), key: z.string() });
const folderOf = (connectionId: string): string => `connection/${connectionId}/certificate/`;
const nameOf = (connectionId: string, generation: number): string => `${folderOf(connectionId)}${generation}`;

/**
 * The certificates of the connections with their keys, sealed in the vault, each replacement under a generation of its own: the one before
 * stays until whoever holds the number of the present generation has written down the new one.
 */
export class CertificateStore {
  readonly #vault: SecretVault;

  constructor(vault: SecretVault) {
    this.#vault = vault;
  }

  /** Durable when it resolves. @throws MunimError KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED */
  async put(connectionId: string, generation: number, { cert, key }: ClientCertificate): Promise<void> {
    await this.#vault.put(nameOf(connectionId, generation), KIND, Buffer.from(JSON.stringify({ cert, key })));
  }

  /** @throws MunimError KEYCHAIN_KEY_LOST, KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED */
  async get(connectionId: string, generation: number): Promise<z.infer<typeof zKept>> {
    const kept = await this.#vault.get(nameOf(connectionId, generation));
    return zKept.parse(JSON.parse(Buffer.from(kept).toString()));
  }

  /** Takes out all generations but one; all of them when it is null. */
  async keepOnly(connectionId: string, generation: number | null): Promise<void> {
    const kept = generation === null ? null : nameOf(connectionId, generation);
    for (const { name } of await this.#vault.list(KIND)) {
      if (name.startsWith(folderOf(connectionId)) && name !== kept) await this.#vault.remove(name);
    }
  }
}
