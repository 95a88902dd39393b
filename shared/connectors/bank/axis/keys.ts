import type { CryptoKey } from 'jose';
import { importJWK, importPKCS8, importSPKI, importX509 } from 'jose';
import { z } from 'zod';
import { MunimError } from '../../../kernel/errors.ts';
import type { ConnectorContext } from '../../_kit/operation.ts';
import { axisManifest } from './manifest.ts';

export type SignatureAlgorithm = 'PS256' | 'RS256';

/** The four keys of a connection, each fit for its one purpose only. */
export interface AxisKeys {
  readonly signature: SignatureAlgorithm;
  /** Ours, private: what we send is signed with it. */
  readonly signing: CryptoKey;
  /** Ours, private: what the bank sends is opened with it. */
  readonly decryption: CryptoKey;
  /** The bank's, public: what it sends is checked with it. */
  readonly bankSigning: CryptoKey;
  /** The bank's, public: what we send is closed with it. */
  readonly bankEncryption: CryptoKey;
}

const ENCRYPTION = 'RSA-OAEP-256';

/**
 * All four, before anything is sent: a key that cannot be used must not be found out when the answer to a payment comes. They are not kept,
 * so that secrets are in memory no longer than a request is being made or read.
 * @throws MunimError CONNECTOR_INPUT with the name of the secret
 */
export async function axisKeys({ settings, secrets }: ConnectorContext): Promise<AxisKeys> {
  const signature = settings.signature === 'RS256' ? 'RS256' : 'PS256';
  const load = (name: string, alg: string, kind: 'private' | 'public'): Promise<CryptoKey> =>
    loadKey(name, secrets[name] ?? '', alg, kind);
  return {
    signature,
    signing: await load('signingKey', signature, 'private'),
    decryption: await load('decryptionKey', ENCRYPTION, 'private'),
    bankSigning: await load('bankSigningKey', signature, 'public'),
    bankEncryption: await load('bankEncryptionKey', ENCRYPTION, 'public'),
  };
}

/** Only RSA is spoken, so that no secret shared by two can stand where a pair of keys must. */
const zRsaJwk = z.looseObject({ kty: z.literal('RSA') });

async function loadKey(name: string, given: string, alg: string, kind: 'private' | 'public'): Promise<CryptoKey> {
  const text = given.trim();
  let key: CryptoKey | null = null;
  try {
    key = await importKey(text, alg, kind);
  } catch {
    // Below; what the library says may quote the key.
  }
  const bits = key === null || !('modulusLength' in key.algorithm) ? 0 : Number(key.algorithm.modulusLength);
  if (key === null || key.type !== kind || bits < 2_048) {
    throw new MunimError('CONNECTOR_INPUT', { name: axisManifest.name, where: name });
  }
  return key;
}

async function importKey(text: string, alg: string, kind: 'private' | 'public'): Promise<CryptoKey | null> {
  if (text.startsWith('{')) {
    const key = await importJWK(zRsaJwk.parse(JSON.parse(text)), alg, { extractable: false });
    return key instanceof Uint8Array ? null : key;
  }
  if (kind === 'private') return importPKCS8(text, alg, { extractable: false });
  return text.startsWith('-----BEGIN CERTIFICATE-----') ? importX509(text, alg) : importSPKI(text, alg);
}
