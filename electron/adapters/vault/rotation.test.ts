import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import type { SecretStore } from '../../../shared/ports/secret-store.ts';
import { devFileStore } from '../keychain/dev-file-store.ts';
import { secretStoreOver, type TextKeychain } from '../keychain/text-store.ts';
import { Vault } from './vault.ts';

let folder: string;
let now = Date.UTC(2026, 10, 21);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'munim-rotation-'));
  now = Date.UTC(2026, 10, 21);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clock: Clock = { now: () => now, after: () => () => {} };
const file = () => path.join(folder, 'vault.json');
const files = (): SecretStore => devFileStore(path.join(folder, 'secrets'));
const open = (keychain: SecretStore = files()) =>
  new Vault({ file: file(), keychain: async () => keychain, clock, random: systemRandom });
const text = (secret: Uint8Array): string => Buffer.from(secret).toString();
const kept = { a: 'one', b: 'k'.repeat(5_000), c: 'कुंजी' };

/** Versions of keys that the keychain holds now. */
function keysHeld(): string[] {
  const names = readdirSync(path.join(folder, 'secrets')).map((name) =>
    Buffer.from(name.replace('.secret', ''), 'base64url').toString(),
  );
  return names.flatMap((name) => (name.startsWith('kek/') ? [name.split('/')[2] ?? ''] : [])).sort();
}

async function fill(): Promise<void> {
  const vault = open();
  for (const [name, secret] of Object.entries(kept)) await vault.put(name, 'test', Buffer.from(secret));
}

async function expectAllReadable(): Promise<void> {
  for (const [name, secret] of Object.entries(kept)) expect(text(await open().get(name))).toBe(secret);
}

const present = (): { kekVersion: number; retired: number[]; upcoming: number | null } =>
  JSON.parse(readFileSync(file(), 'utf8'));

describe('a rotation', () => {
  it('is due after 90 days and not before, takes another key and deletes the old one', async () => {
    await fill();
    now += limits.vault.rotateEveryMs - 1;
    expect(await open().maintain()).toBe('nothing');
    now += 1;
    const before = readdirSync(path.join(folder, 'secrets')).length;
    expect(await open().maintain()).toBe('rotated');
    expect(keysHeld()).toEqual(['2']);
    expect(readdirSync(path.join(folder, 'secrets'))).toHaveLength(before);
    await expectAllReadable();
    expect(await open().maintain()).toBe('nothing');
    expect(await open().look()).toMatchObject({ state: 'ready', keySince: now, isRotating: false, keysToDelete: 0 });
  });

  it('is due when the clock once stood in the future', async () => {
    now += 20 * limits.vault.rotateEveryMs;
    await fill();
    now -= 20 * limits.vault.rotateEveryMs;
    expect(await open().maintain()).toBe('rotated');
  });

  it('makes an old copy of the file and the new key useless together', async () => {
    await fill();
    const old = readFileSync(file(), 'utf8');
    await open().rotate();
    writeFileSync(file(), old);
    await expect(open().get('a')).rejects.toMatchObject({ code: 'KEYCHAIN_KEY_LOST' });
    // The key of the newer file is not overwritten by one for the older.
    await open().put('d', 'test', Buffer.from('four'));
    expect(keysHeld()).toEqual(['2', '3']);
  });

  it('leaves what it cannot open where it is, and keeps the key that may open it one day', async () => {
    await fill();
    const spoilt = JSON.parse(readFileSync(file(), 'utf8'));
    spoilt.entries.x = { ...spoilt.entries.a };
    writeFileSync(file(), JSON.stringify(spoilt));
    await open().rotate();
    expect(JSON.parse(readFileSync(file(), 'utf8')).entries.x).toEqual(spoilt.entries.x);
    expect(keysHeld()).toEqual(['1', '2']);
    await expectAllReadable();
  });

  it('broken off hard before any of its acts loses nothing, and the next start ends it', async () => {
    const fixture = fileURLToPath(new URL('rotate.fixture.ts', import.meta.url));
    let acts = 0;
    for (let step = 1; ; step++) {
      rmSync(folder, { recursive: true });
      await fill();
      const ran = spawnSync(process.execPath, [fixture, folder, String(step)], { encoding: 'utf8' });
      if (ran.status === 0) break;
      expect(ran.signal).toBe('SIGKILL');
      acts++;
      await expectAllReadable();
      await open().put('d', 'test', Buffer.from('four'));
      await open().maintain();
      await expectAllReadable();
      expect(text(await open().get('d'))).toBe('four');
      const { kekVersion, retired, upcoming } = present();
      expect([keysHeld(), retired, upcoming]).toEqual([[String(kekVersion)], [], null]);
    }
    // Four writings of files in four acts each, and a deletion.
    expect(acts).toBeGreaterThanOrEqual(17);
  });
});

type Fault = 'throws' | 'does nothing';

/** The keychain, whose `at`th act goes wrong. */
function faulty(at: number, fault: Fault, done: { acts: number }): SecretStore {
  const real = files();
  const hex = (secret: Uint8Array): string => Buffer.from(secret).toString('base64');
  const act = async <T>(work: () => Promise<T>, nothing: T): Promise<T> => {
    if (++done.acts !== at) return await work();
    if (fault === 'throws') throw new Error('the key store went away');
    return nothing;
  };
  const keychain: TextKeychain = {
    backend: 'dev-file',
    get: (name) =>
      act(async () => {
        const read = await real.get(name);
        return read.kind === 'found' ? hex(read.secret) : null;
      }, null),
    set: (name, value) => act(() => real.set(name, Buffer.from(value, 'base64')), undefined),
    delete: (name) => act(() => real.delete(name), undefined),
  };
  return secretStoreOver(keychain);
}

describe('a keychain that fails during a rotation', () => {
  it.each(['throws', 'does nothing'] as const)('and %s loses nothing, whichever act it is', async (fault) => {
    for (let at = 1; ; at++) {
      rmSync(folder, { recursive: true });
      await fill();
      const done = { acts: 0 };
      await open(faulty(at, fault, done))
        .rotate()
        .catch(() => {});
      if (done.acts < at) break;
      await expectAllReadable();
      now += limits.vault.rotateEveryMs;
      await open().maintain();
      await expectAllReadable();
      expect(keysHeld()).toEqual([String(present().kekVersion)]);
      expect(await open().look()).toMatchObject({ state: 'ready', isRotating: false, keysToDelete: 0 });
    }
  });

  it('and gives back another key once the file is written: the old file comes back with its key', async () => {
    await fill();
    const real = files();
    let isWritten = false;
    const forgetful: SecretStore = {
      ...real,
      get: async (name) => {
        const read = await real.get(name);
        isWritten ||= present().kekVersion === 2;
        const isNew = name.startsWith('kek/') && name.endsWith('/2');
        return isNew && isWritten ? { kind: 'found', secret: systemRandom.bytes(32) } : read;
      },
    };
    await expect(open(forgetful).rotate()).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(isWritten).toBe(true);
    expect(present().kekVersion).toBe(1);
    expect(keysHeld()).toEqual(['1', '2']);
    await expectAllReadable();
    expect(await open().maintain()).toBe('rotated');
    expect(keysHeld()).toEqual(['2']);
  });

  it('and lost the new key meanwhile keeps the old one', async () => {
    await fill();
    await open({ ...files(), delete: async () => {} }).rotate();
    const { installation } = JSON.parse(readFileSync(file(), 'utf8'));
    await files().set(`kek/${installation}/2`, systemRandom.bytes(32));
    await open().maintain();
    expect(keysHeld()).toEqual(['1', '2']);
    expect(present().retired).toEqual([1]);
  });

  it('and does not delete is asked again at the next start', async () => {
    await fill();
    const stubborn: SecretStore = { ...files(), delete: async () => {} };
    await open(stubborn).rotate();
    expect(keysHeld()).toEqual(['1', '2']);
    expect(await open(stubborn).look()).toMatchObject({ keysToDelete: 1 });
    expect(await open().maintain()).toBe('cleaned');
    expect(keysHeld()).toEqual(['2']);
    expect(await open().look()).toMatchObject({ keysToDelete: 0 });
  });
});

it('what is put, taken out and rotated at once ends as if done one after the other', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('put' as const), name: fc.constantFrom('a', 'b', 'c', 'd'), secret: fc.string() }),
    fc.record({ do: fc.constant('remove' as const), name: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ do: fc.constant('rotate' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      rmSync(folder, { recursive: true, force: true });
      const vault = open();
      const expected = new Map<string, string>();
      for (const one of steps) {
        if (one.do === 'put') expected.set(one.name, one.secret);
        if (one.do === 'remove') expected.delete(one.name);
      }
      await Promise.all(
        steps.map((one) =>
          one.do === 'put'
            ? vault.put(one.name, 'test', Buffer.from(one.secret))
            : one.do === 'remove'
              ? vault.remove(one.name)
              : vault.rotate(),
        ),
      );
      const found = new Map<string, string>();
      for (const { name } of await open().list()) found.set(name, text(await open().get(name)));
      expect(found).toEqual(new Map([...expected].sort(([one], [other]) => (one < other ? -1 : 1))));
    }),
    { numRuns: 25 },
  );
});
