import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import type { SecretStore } from '../../../shared/ports/secret-store.ts';
import { refusingStore } from '../keychain/choose.ts';
import { devFileStore } from '../keychain/dev-file-store.ts';
import { secretStoreOver, type TextKeychain } from '../keychain/text-store.ts';
import { DeviceKeys } from './device-keys.ts';
import { Vault } from './vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'munim-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'vault.json');
const open = (keychain: SecretStore) =>
  new Vault({ file: file(), keychain: async () => keychain, clock: systemClock, random: systemRandom });
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (secret: Uint8Array) => new TextDecoder().decode(secret);
const files = () => devFileStore(path.join(folder, 'secrets'));

/** A keychain library as it behaves while the store is locked: some throw, some answer "absent". */
function locked(answer: 'throws' | 'absent'): SecretStore {
  const fail = async (): Promise<never> => {
    throw new Error('unlock prompt was dismissed');
  };
  const keychain: TextKeychain = {
    backend: 'dev-file',
    get: answer === 'throws' ? fail : async () => null,
    set: fail,
    delete: fail,
  };
  return secretStoreOver(keychain);
}

describe('the vault', () => {
  it('keeps secrets of any length, and gives them back after a restart', async () => {
    const long = 'k'.repeat(10_000);
    await open(files()).put('a', 'test', bytes(long));
    await open(files()).put('b', 'test', bytes('short'));
    expect(textOf(await open(files()).get('a'))).toBe(long);
    expect(textOf(await open(files()).get('b'))).toBe('short');
    expect(readFileSync(file(), 'utf8')).not.toContain('short');
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('does not let one entry pass for another', async () => {
    const vault = open(files());
    await vault.put('a', 'test', bytes('one'));
    await vault.put('b', 'test', bytes('two'));
    const kept = JSON.parse(readFileSync(file(), 'utf8'));
    writeFileSync(file(), JSON.stringify({ ...kept, entries: { a: kept.entries.b, b: kept.entries.a } }));
    await expect(open(files()).get('a')).rejects.toMatchObject({ code: 'KEYCHAIN_KEY_LOST' });
  });

  it.each(['throws', 'absent'] as const)('takes a locked store that %s for locked, not for lost', async (answer) => {
    await open(files()).put('a', 'test', bytes('one'));
    await expect(open(locked(answer)).get('a')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    await expect(open(locked(answer)).put('b', 'test', bytes('two'))).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
    });
    expect(textOf(await open(files()).get('a'))).toBe('one');
  });

  it('says so when the key is gone, goes on with a new one, and keeps what the old one sealed', async () => {
    await open(files()).put('a', 'test', bytes('one'));
    const saved = readFileSync(file(), 'utf8');
    rmSync(path.join(folder, 'secrets'), { recursive: true });
    await expect(open(files()).get('a')).rejects.toMatchObject({ code: 'KEYCHAIN_KEY_LOST' });
    await open(files()).put('b', 'test', bytes('two'));
    expect(textOf(await open(files()).get('b'))).toBe('two');
    expect(JSON.parse(readFileSync(file(), 'utf8')).entries.a).toEqual(JSON.parse(saved).entries.a);
  });

  it('reads what a Munim before the rotation of keys has written, and rotates it', async () => {
    await open(files()).put('a', 'test', bytes('one'));
    const { installation, backend, kekVersion, entries } = JSON.parse(readFileSync(file(), 'utf8'));
    const { sealedAt: _, ...a } = entries.a;
    writeFileSync(file(), JSON.stringify({ format: 1, installation, backend, kekVersion, entries: { a } }));
    expect(textOf(await open(files()).get('a'))).toBe('one');
    expect(await open(files()).maintain()).toBe('rotated');
    expect(textOf(await open(files()).get('a'))).toBe('one');
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['of another kind', () => '{"format":3}'],
    ['with a member too many', (text: string) => text.replace('"format": 2', '"format": 2, "more": 1')],
    ['with a key that is no text', (text: string) => text.replace(/"iv": "[^"]+"/, '"iv": 7')],
    ['nested without end', () => '['.repeat(100_000)],
  ])('that is %s is said to be damaged and left as it is, until it is moved aside', async (_, spoil) => {
    await open(files()).put('a', 'test', bytes('one'));
    const spoilt = spoil(readFileSync(file(), 'utf8'));
    writeFileSync(file(), spoilt);
    const damaged = { code: 'VAULT_DAMAGED' };
    const vault = open(files());
    await expect(vault.get('a')).rejects.toMatchObject(damaged);
    await expect(vault.put('b', 'test', bytes('two'))).rejects.toMatchObject(damaged);
    await expect(vault.remove('a')).rejects.toMatchObject(damaged);
    await expect(vault.maintain()).rejects.toMatchObject(damaged);
    expect(await vault.look()).toMatchObject({ state: 'damaged' });
    expect(readFileSync(file(), 'utf8')).toBe(spoilt);
    const prepared = await new DeviceKeys(vault).prepare();
    await prepared.adopt('018f0000-0000-7000-8000-0000000000d1');
    const [aside] = readdirSync(folder).filter((name) => name.startsWith('vault.json.damaged-'));
    expect(readFileSync(path.join(folder, aside ?? ''), 'utf8')).toBe(spoilt);
    expect(await vault.look()).toMatchObject({ state: 'ready' });
  });

  it('does not take a name of every object for one of its entries', async () => {
    await open(files()).put('a', 'test', bytes('one'));
    for (const name of ['constructor', 'toString', '__proto__']) {
      await expect(open(files()).get(name)).rejects.toMatchObject({ code: 'KEYCHAIN_KEY_LOST' });
    }
  });

  it('names what is lost without opening anything, and has it again when the keychain comes back', async () => {
    await open(files()).put('connection/1/secret/key', 'secret', bytes('one'));
    renameSync(path.join(folder, 'secrets'), path.join(folder, 'away'));
    expect(await open(files()).look()).toMatchObject({ state: 'lost', lost: ['connection/1/secret/key'] });
    await open(files()).put('b', 'test', bytes('two'));
    expect(await open(files()).list('secret')).toEqual([{ name: 'connection/1/secret/key', kind: 'secret' }]);
    expect(await open(files()).look()).toMatchObject({ state: 'lost', lost: ['connection/1/secret/key'] });
    for (const item of readdirSync(path.join(folder, 'away'))) {
      renameSync(path.join(folder, 'away', item), path.join(folder, 'secrets', item));
    }
    expect(await open(files()).look()).toMatchObject({ state: 'ready', lost: [] });
    expect(textOf(await open(files()).get('connection/1/secret/key'))).toBe('one');
  });

  it('gives the keychain nothing that Windows would not take, however long the secret', async () => {
    const lengths: number[] = [];
    const store = files();
    const watched: SecretStore = {
      ...store,
      set: (name, secret) => {
        lengths.push(Buffer.from(secret).toString('base64').length * 2);
        return store.set(name, secret);
      },
    };
    await open(watched).put('a', 'test', new Uint8Array(100_000));
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThan(2_560);
    await expect(store.set('b', new Uint8Array(961))).rejects.toThrow(RangeError);
    await expect(open(watched).put('b', 'test', new Uint8Array(129 * 1024))).rejects.toMatchObject({
      code: 'VAULT_FULL',
    });
  });

  it('refuses where no key store can be used, and writes nothing', async () => {
    const none = refusingStore('no Secret Service');
    await expect(open(none).put('a', 'test', bytes('one'))).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(() => statSync(file())).toThrow();
  });
});

describe('device keys', () => {
  const deviceId = '018f0000-0000-7000-8000-0000000000d1';

  it('sign what the public key verifies, also after a restart', async () => {
    const prepared = await new DeviceKeys(open(files())).prepare();
    await prepared.adopt(deviceId);
    const signature = await new DeviceKeys(open(files())).sign(deviceId, bytes('text'));
    const key = createPublicKey({ key: Buffer.from(prepared.publicKey, 'base64'), format: 'der', type: 'spki' });
    expect(verify(null, bytes('text'), key, signature)).toBe(true);
    expect(verify(null, bytes('texT'), key, signature)).toBe(false);
  });

  it('offer the same key again when the answer to an enrolment was lost, and a new one afterwards', async () => {
    const first = await new DeviceKeys(open(files())).prepare();
    const again = await new DeviceKeys(open(files())).prepare();
    expect(again.publicKey).toBe(first.publicKey);
    await again.adopt(deviceId);
    expect((await new DeviceKeys(open(files())).prepare()).publicKey).not.toBe(first.publicKey);
  });

  it('are lost, and said to be, when the vault is gone', async () => {
    await expect(new DeviceKeys(open(files())).sign(deviceId, bytes('x'))).rejects.toMatchObject({
      code: 'KEYCHAIN_KEY_LOST',
    });
  });
});
