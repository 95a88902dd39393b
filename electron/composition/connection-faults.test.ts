import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/ports/clock.ts';
import type { ConnectionBook, OpenConnection } from '../../shared/ports/connections.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { ChosenFile } from '../../shared/ports/secret-prompt.ts';
import { TestAuthority } from '../../shared/testing/certificates.ts';
import { CertificateStore } from '../adapters/certificates/certificate-store.ts';
import { certificateReader } from '../adapters/certificates/read-certificate.ts';
import { connectionFile } from '../adapters/connections/connection-file.ts';
import { vaultTokens } from '../adapters/connections/vault-tokens.ts';
import { devFileStore } from '../adapters/keychain/dev-file-store.ts';
import { Vault } from '../adapters/vault/vault.ts';
import { Connections } from '../services/connections.ts';

let folder: string;
let failsAt: 'put' | 'write' | 'remove' | null;
let files: ChosenFile[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'munim-connections-'));
  failsAt = null;
});
afterEach(() => rmSync(folder, { recursive: true }));

const collegeId = '018f0000-0000-7000-8000-0000000000c1';
const permit = async () => ({ collegeIds: [collegeId] });
const authority = TestAuthority.make();
const facts = {
  ...{ id: 'trial', family: 'gateway', name: 'Trial', mutualTls: true, evidence: 'emulator-tested' },
  baseUrls: { sandbox: null, production: 'https://bank.invalid' },
  ...{ settings: [], secrets: [] },
};
const fail = (): never => {
  throw new Error('the disk is full');
};
const vaultHere = (): Vault =>
  new Vault({
    file: path.join(folder, 'vault.json'),
    keychain: async () => devFileStore(path.join(folder, 'secrets')),
    clock: systemClock,
    random: systemRandom,
  });

function open(): Connections {
  const vault = vaultHere();
  const sealed = new CertificateStore(vault);
  const real = connectionFile(path.join(folder, 'connections.json'));
  const book: ConnectionBook = {
    read: real.read,
    write: (records) => (failsAt === 'write' ? fail() : real.write(records)),
  };
  return new Connections({
    ...{ connectors: [facts], book, vault, reader: certificateReader, clock: systemClock, random: systemRandom },
    certificates: {
      put: async (...all) => (failsAt === 'put' ? fail() : await sealed.put(...all)),
      get: (...all) => sealed.get(...all),
      keepOnly: async (...all) => (failsAt === 'remove' ? fail() : await sealed.keepOnly(...all)),
    },
    prompt: { chooseFiles: async () => files, ask: async () => null },
    tester: { canTest: () => false, figures: () => [], test: () => Promise.reject(new Error('not tried here')) },
  });
}

const issue = (name: string) => authority.issue({ name, use: 'client' });
function choose(name: string): { readonly cert: string } {
  const issued = issue(name);
  files = [{ name: 'a.pem', bytes: Buffer.from(issued.cert + issued.key) }];
  return issued;
}
const order = { collegeId, connectorId: 'trial', accountCode: '1101', accountNumber: '012305004411' } as const;

async function setUp(connections: Connections): Promise<string> {
  const id = await connections.save(permit, {
    id: null,
    ...order,
    environment: 'production',
    baseUrl: null,
    settings: {},
  });
  choose('first');
  await connections.importCertificate(permit, id, 'en');
  return id;
}
const shownBy = async (connection: OpenConnection): Promise<string> => {
  const credentials = await connection.credentials();
  const files = [Buffer.from(`${credentials?.cert}${credentials?.key}`)];
  const read = await certificateReader.readClient(files, null, Date.now());
  return read.ok ? (/CN=([^,]+)/.exec(read.value.facts.subject)?.[1] ?? '') : read.error.code;
};

describe('a certificate that is being replaced', () => {
  it.each([
    ['put', 'first'],
    ['write', 'first'],
    ['remove', 'second'],
  ] as const)('when the act "%s" fails, leaves one that can be used: the %s', async (act, usable) => {
    const connections = open();
    const id = await setUp(connections);
    const before = await connections.open(id);
    choose('second');
    failsAt = act;
    await expect(connections.importCertificate(permit, id, 'en')).rejects.toThrow('the disk is full');
    failsAt = null;
    for (const connection of [before, await connections.open(id), await open().open(id)]) {
      expect(await shownBy(connection)).toBe(usable);
    }
    choose('third');
    await connections.importCertificate(permit, id, 'en');
    expect(await shownBy(before)).toBe('third');
    expect(await vaultHere().list('certificate')).toHaveLength(1);
  });

  it('is told to who speaks over it only once it can be had', async () => {
    const connections = open();
    const id = await setUp(connections);
    const connection = await connections.open(id);
    const told: Promise<string>[] = [];
    connections.onChanged(() => told.push(shownBy(connection)));
    choose('second');
    await connections.importCertificate(permit, id, 'en');
    expect(await Promise.all(told)).toEqual(['second']);
  });
});

describe('connections.json', () => {
  it.each(['', '{', '{"format":1,"connections":[{}]}', '{"format":2,"connections":[]}', '[]'])(
    'that holds %j is refused and left as it is',
    async (text) => {
      const file = path.join(folder, 'connections.json');
      writeFileSync(file, text);
      const damaged = { code: 'CONNECTIONS_DAMAGED' };
      await expect(open().list(permit)).rejects.toMatchObject(damaged);
      await expect(setUp(open())).rejects.toMatchObject(damaged);
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  it('shows nobody the connections of a college that is not his, and lets nobody touch them', async () => {
    const connections = open();
    const id = await setUp(connections);
    const other = async () => ({ collegeIds: ['018f0000-0000-7000-8000-0000000000c2'] });
    expect((await connections.list(other)).connections).toEqual([]);
    const missing = { code: 'NOT_FOUND' };
    await expect(connections.remove(other, id)).rejects.toMatchObject(missing);
    await expect(connections.test(other, id)).rejects.toMatchObject(missing);
    await expect(connections.importCertificate(other, id, 'en')).rejects.toMatchObject(missing);
    const moved = { id, ...order, environment: 'production' as const, baseUrl: null, settings: {} };
    await expect(connections.save(other, moved)).rejects.toMatchObject(missing);
    expect((await connections.list(permit)).connections).toHaveLength(1);
  });
});

describe('tokens of connections', () => {
  it('outlive the program, are sealed, and are none once their key is lost', async () => {
    const token = { token: 'bearer-of-the-bank', expiresAt: 1_795_000_000_000 };
    await vaultTokens(vaultHere()).set('c1', token);
    expect(await vaultTokens(vaultHere()).get('c1')).toEqual(token);
    expect(await vaultTokens(vaultHere()).get('c2')).toBeNull();
    expect(readFileSync(path.join(folder, 'vault.json'), 'utf8')).not.toContain(token.token);
    rmSync(path.join(folder, 'secrets'), { recursive: true });
    expect(await vaultTokens(vaultHere()).get('c1')).toBeNull();
    await vaultTokens(vaultHere()).delete('c1');
    expect(await vaultHere().list()).toEqual([]);
  });
});
