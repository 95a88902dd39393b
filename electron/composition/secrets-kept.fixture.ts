import { createPrivateKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { systemClock } from '../../shared/ports/clock.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { Planted } from '../../shared/testing/secret-search.ts';
import { devFileStore } from '../adapters/keychain/dev-file-store.ts';
import { unseal, zSealed } from '../adapters/vault/seal.ts';
import { Vault } from '../adapters/vault/vault.ts';
import { readVault } from '../adapters/vault/vault-file.ts';
import type { Piece } from './leaks.fixture.ts';
import { keyParts } from './planted-banks.fixture.ts';

/** Everything secret that a desk keeps: the keys of its key store, the keys that these seal, and what those seal. */
export async function keysOf(dataDir: string, desk: string): Promise<Planted[]> {
  const folder = path.join(dataDir, 'dev-secrets');
  const store = devFileStore(folder);
  const keks: Planted[] = [];
  for (const file of readdirSync(folder)) {
    const name = Buffer.from(file.replace(/\.secret$/, ''), 'base64url').toString();
    const read = await store.get(name);
    if (read.kind === 'found' && read.secret.length === 32) keks.push({ name: `${desk} ${name}`, value: read.secret });
  }
  const file = path.join(dataDir, 'vault.json');
  const vault = new Vault({ file, keychain: async () => store, clock: systemClock, random: systemRandom });
  const planted = [...keks];
  for (const [name, { kind, kekVersion, wrapped }] of Object.entries(readVault(file)?.entries ?? {})) {
    const secret = Buffer.from(await vault.get(name));
    const kek = keks.find((one) => one.name.endsWith(`/${kekVersion}`))?.value;
    const dek = unseal(zSealed.parse(wrapped), Buffer.from(kek as Uint8Array), `${name}|${kind}|${kekVersion}|wrapped`);
    planted.push({ name: `${desk} key of ${name}`, value: dek });
    planted.push(...partsOf(`${desk} ${name}`, secret));
  }
  return planted;
}

/** Of what the vault keeps: keys by their parts, since what is public of them is no secret; the rest as it is. */
function partsOf(name: string, secret: Buffer): Planted[] {
  if (name.includes('device-key')) {
    const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    return keyParts(name, key.export({ format: 'pem', type: 'pkcs8' }).toString());
  }
  const text = secret.toString();
  const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text.replaceAll('\\n', '\n'))?.[0];
  if (pem !== undefined) return keyParts(name, pem);
  if (/PUBLIC KEY/.test(text)) return [];
  const token = /"token":"([^"]+)"/.exec(text)?.[1];
  return [{ name, value: token ?? text }];
}

/** Every row of every table of closed books as text, which is not packed as it may be in the files. */
export async function rowsOf(dir: string, owner: string): Promise<Piece[]> {
  const inside = readdirSync(dir).find((name) => existsSync(path.join(dir, name, 'PG_VERSION')));
  const pg = new PGlite(inside === undefined ? dir : path.join(dir, inside));
  try {
    const { rows: tables } = await pg.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const pieces: Piece[] = [];
    for (const { name } of tables) {
      const { rows } = await pg.query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`);
      pieces.push({ place: `rows of ${owner}: ${name}`, bytes: Buffer.from(rows.map(({ text }) => text).join('\n')) });
    }
    return pieces;
  } finally {
    await pg.close();
  }
}

/**
 * Where each may be: what is sealed, in the vault and the key store; the secrets of the server, in its own two files; what a person types to
 * sign in or to open a backup, on the way from his screen to what checks it.
 */
const places: readonly (readonly [secret: RegExp, place: RegExp])[] = [
  [/^\w+ kek\//, /^file (asha|ravi)\/dev-secrets\//],
  [/^server (token )?key/, /^file server\/server-keys\.json$/],
  [/webhookSecret$/, /^file server\/webhook-secrets\.json$/],
  [/password$/, /^ipc to (ledger: call invoke session\.signIn|main: call link\.signIn)$/],
  [/password$/, /^http POST \/auth\/\S+ question$/],
  [/^backup passphrase$/, /^ipc to ledger: call invoke backups\.setPassphrase$/],
];

export const allowed = (secret: string, place: string): boolean =>
  places.some(([one, where]) => one.test(secret) && where.test(place));

export const serverKeysOf = (dataDir: string): Planted[] => {
  const { deviceKey, tokenKey } = JSON.parse(readFileSync(path.join(dataDir, 'server-keys.json'), 'utf8')) as Record<
    string,
    string
  >;
  const key = createPrivateKey({ key: Buffer.from(deviceKey ?? '', 'base64'), format: 'der', type: 'pkcs8' });
  return [
    ...keyParts('server key', key.export({ format: 'pem', type: 'pkcs8' }).toString()),
    { name: 'server token key', value: Buffer.from(tokenKey ?? '', 'base64') },
  ];
};
