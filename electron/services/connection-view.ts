import { MunimError } from '../../shared/kernel/errors.ts';
import type { ConnectionRecord } from '../../shared/ports/connections.ts';
import type { SecretVault, VaultState } from '../../shared/ports/vault.ts';

/** What the connectors of this version say of themselves: their manifests. */
export interface ConnectorFacts {
  readonly id: string;
  readonly family: string;
  readonly name: string;
  readonly mutualTls: boolean;
  readonly baseUrls: { readonly sandbox: string | null; readonly production: string };
  readonly settings: readonly ConnectorField[];
  readonly secrets: readonly ConnectorField[];
  readonly evidence: string;
}

export interface ConnectorField {
  readonly name: string;
  readonly pattern: string;
  readonly isOptional: boolean;
}

export type Missing = 'secrets' | 'certificate' | 'authority';

/** How a connection stands, from what is written down and what the vault has under its names. */
export interface ConnectionState {
  readonly state: 'ready' | 'incomplete' | 'locked' | 'lost' | 'unknown';
  readonly missing: readonly Missing[];
  readonly secretsSet: readonly string[];
  readonly lost: readonly string[];
}

export const SECRET_KIND = 'connection-secret';
export const secretName = (id: string, field: string): string => `connection/${id}/secret/${field}`;
const certificateName = (id: string, generation: number): string => `connection/${id}/certificate/${generation}`;

/** What the vault has, by name. */
export interface VaultNames {
  readonly vault: VaultState;
  readonly kept: ReadonlySet<string>;
}

export async function vaultNames(vault: SecretVault): Promise<VaultNames> {
  const state = await vault.look();
  try {
    return { vault: state, kept: new Set((await vault.list()).map(({ name }) => name)) };
  } catch (thrown) {
    if (thrown instanceof MunimError && thrown.code === 'VAULT_DAMAGED') return { vault: state, kept: new Set() };
    throw thrown;
  }
}

/** Banks are trusted by the authority that was chosen for them and by no other; so is an address that somebody typed. */
export const needsAuthority = (record: Pick<ConnectionRecord, 'environment'>, facts: ConnectorFacts): boolean =>
  facts.family === 'bank' || record.environment === 'custom';

export function stateOf(
  record: ConnectionRecord,
  facts: ConnectorFacts | undefined,
  { vault, kept }: VaultNames,
): ConnectionState {
  const nothing = { missing: [], secretsSet: [], lost: [] };
  if (facts === undefined) return { ...nothing, state: 'unknown' };
  const lostNames = new Set(vault.lost);
  const { certificate, id } = record;
  const secretsSet = facts.secrets.map(({ name }) => name).filter((name) => kept.has(secretName(id, name)));
  const sealed = certificate === null ? null : certificateName(id, certificate.generation);
  const lost = secretsSet.filter((name) => lostNames.has(secretName(id, name)));
  if (sealed !== null && (lostNames.has(sealed) || !kept.has(sealed))) lost.push('certificate');
  const missing: Missing[] = [];
  if (facts.secrets.some(({ name, isOptional }) => !isOptional && !secretsSet.includes(name))) missing.push('secrets');
  if (facts.mutualTls && certificate === null) missing.push('certificate');
  if (needsAuthority(record, facts) && record.authority === null) missing.push('authority');
  const isLocked = vault.state === 'locked' && (secretsSet.length > 0 || sealed !== null);
  const state = isLocked ? 'locked' : lost.length > 0 ? 'lost' : missing.length > 0 ? 'incomplete' : 'ready';
  return { state, missing, secretsSet, lost };
}
