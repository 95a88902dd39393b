import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('keychain.fixture.ts', import.meta.url));
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const isHere = process.platform === 'linux' && has('dbus-run-session') && has('gnome-keyring-daemon');
if (!isHere) process.stderr.write('skipped: the keychain of Linux (no gnome-keyring with a D-Bus session here)\n');

/** keytar is optional: where its native part could not be made there is only the other library. */
function hasKeytar(): boolean {
  try {
    createRequire(import.meta.url)('keytar');
    return true;
  } catch {
    return false;
  }
}
const backends = hasKeytar() ? (['napi-keyring', 'keytar'] as const) : (['napi-keyring'] as const);
if (isHere && !hasKeytar()) process.stderr.write('skipped: keytar on the keychain of Linux (it is not installed)\n');

const homes: string[] = [];
function newHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'munim-keyring-'));
  homes.push(home);
  return home;
}
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** How the keyring of a session stands: unlocked as at sign-in, there but locked, or no Secret Service at all. */
type Keyring = 'unlocked' | 'locked' | 'none';

/** One session of a person at this PC, with a bus and a keyring of its own. */
function session(home: string, keyring: Keyring, ...args: readonly string[]): unknown {
  const daemon = {
    unlocked: 'printf first | gnome-keyring-daemon --unlock --components=secrets',
    // Nobody unlocks it; nothing that could ask for the password is there.
    locked: 'gnome-keyring-daemon --start --components=secrets',
    none: ':',
  }[keyring];
  const runtime = mkdtempSync(path.join(tmpdir(), 'munim-bus-'));
  // A bus on which no service is started by being asked for.
  const bus = path.join(runtime, 'bus.conf');
  const open = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>';
  const listen = '<type>session</type><listen>unix:tmpdir=/tmp</listen>';
  writeFileSync(bus, `<busconfig>${listen}<policy context="default">${open}</policy></busconfig>`);
  try {
    const inside = `${daemon} >/dev/null 2>&1; exec "$@"`;
    const ran = spawnSync(
      'dbus-run-session',
      ['--config-file', bus, '--', 'sh', '-c', inside, 'sh', process.execPath, fixture, ...args],
      {
        env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime },
        encoding: 'utf8',
        timeout: 15_000,
      },
    );
    const line = ran.stdout.trim().split('\n').at(-1) ?? '';
    if (!line.startsWith('{')) throw new Error(`the session said nothing: ${ran.stderr}`);
    return JSON.parse(line);
  } finally {
    endAllOf(runtime);
    rmSync(runtime, { recursive: true, force: true });
  }
}

/** The daemon goes on without its bus; what was started with this folder ends with it. */
function endAllOf(runtime: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`XDG_RUNTIME_DIR=${runtime}`))
        process.kill(Number(pid));
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
}

describe.skipIf(!isHere).each(backends)('the Secret Service of Linux, through %s', (backend) => {
  const secret = 'कुंजी of 32 bytes';
  let home: string;
  beforeAll(() => {
    home = newHome();
  });
  const ask = (keyring: Keyring, ...args: readonly string[]): unknown => session(home, keyring, backend, ...args);

  it('keeps a secret over the end of the session, and gives it to who unlocks it', () => {
    expect(ask('unlocked', 'set', 'kek/1', secret)).toMatchObject({ kind: 'found', secret });
    expect(ask('unlocked', 'get', 'kek/1')).toEqual({ backend, kind: 'found', secret });
    expect(ask('unlocked', 'get', 'kek/2')).toMatchObject({ kind: 'absent' });
  });

  it('keeps it in the keyring of the person and not in memory that a new start forgets', () => {
    expect(existsSync(path.join(home, '.local/share/keyrings/login.keyring'))).toBe(true);
  });

  it('forgets what is taken out', () => {
    expect(ask('unlocked', 'delete', 'kek/1')).toMatchObject({ kind: 'absent' });
  });

  it('locked, is never taken for one that has lost the key, nor written to', () => {
    expect(ask('unlocked', 'vault-put', 'a', 'one')).toEqual({ secret: 'one' });
    expect(ask('locked', 'vault-get', 'a')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(ask('locked', 'vault-put', 'b', 'two')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(ask('locked', 'vault-rotate')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(ask('locked', 'vault-look')).toMatchObject({ state: 'locked', lost: [] });
    expect(ask('unlocked', 'vault-get', 'a')).toEqual({ secret: 'one' });
  });

  it('holds the vault through a rotation', () => {
    expect(ask('unlocked', 'vault-rotate')).toEqual({ rotated: true });
    expect(ask('unlocked', 'vault-get', 'a')).toEqual({ secret: 'one' });
    expect(ask('unlocked', 'vault-look')).toMatchObject({ state: 'ready', keysToDelete: 0 });
  });

  it('that is not there refuses, and nothing falls back to a store that forgets', () => {
    expect(ask('none', 'vault-get', 'a')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(session(newHome(), 'none', backend, 'vault-put', 'b', 'two')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
  });

  it('of a person who never had a keyring refuses, and nothing is written that could not be opened', () => {
    const fresh = newHome();
    expect(session(fresh, 'locked', backend, 'vault-put', 'a', 'one')).toEqual({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(existsSync(path.join(fresh, 'vault.json'))).toBe(false);
    expect(session(fresh, 'locked', backend, 'choose')).toEqual({ backend: 'none' });
  });

  it('whose keyring was thrown away lets a new key be made, and says which secrets are lost', () => {
    rmSync(path.join(home, '.local'), { recursive: true });
    expect(ask('unlocked', 'vault-get', 'a')).toEqual({ code: 'KEYCHAIN_KEY_LOST' });
    expect(ask('unlocked', 'vault-put', 'b', 'two')).toEqual({ secret: 'two' });
    expect(ask('unlocked', 'vault-look')).toMatchObject({ state: 'lost', lost: ['a'] });
  });
});
