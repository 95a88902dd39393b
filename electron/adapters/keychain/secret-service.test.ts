import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('keychain.fixture.ts', import.meta.url));
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const isHere = process.platform === 'linux' && has('dbus-run-session') && has('gnome-keyring-daemon');
if (!isHere) process.stderr.write('skipped: the keychain of Linux (no gnome-keyring with a D-Bus session here)\n');

const home = mkdtempSync(path.join(tmpdir(), 'munim-keyring-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** One session of a person at this PC: a bus and a keyring of its own, unlocked as at sign-in or left locked. */
function session(password: string | null, ...args: readonly string[]): unknown {
  const unlock = password === null ? ':' : `printf ${password} | gnome-keyring-daemon --unlock --components=secrets`;
  const runtime = mkdtempSync(path.join(tmpdir(), 'munim-bus-'));
  try {
    const inside = `${unlock} >/dev/null 2>&1; exec "$@"`;
    const ran = spawnSync('dbus-run-session', ['--', 'sh', '-c', inside, 'sh', process.execPath, fixture, ...args], {
      env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime },
      encoding: 'utf8',
      timeout: 30_000,
    });
    const line = ran.stdout.trim().split('\n').at(-1) ?? '';
    if (!line.startsWith('{')) throw new Error(`the session said nothing: ${ran.stderr}`);
    return JSON.parse(line);
  } finally {
    rmSync(runtime, { recursive: true, force: true });
  }
}

describe.skipIf(!isHere)('the Secret Service of Linux', () => {
  it('keeps a secret over the end of the session, and gives it to who unlocks it', () => {
    const secret = 'कुंजी of 32 bytes';
    expect(session('first', 'set', 'kek/1', secret)).toMatchObject({ kind: 'found', secret });
    expect(session('first', 'get', 'kek/1')).toEqual({ backend: 'napi-keyring', kind: 'found', secret });
    expect(session('first', 'get', 'kek/2')).toMatchObject({ kind: 'absent' });
  });

  it('never says of a secret it cannot open that there is none', () => {
    const read = session(null, 'get', 'kek/1') as { readonly kind: string };
    expect(['locked', 'unavailable']).toContain(read.kind);
  });

  it('forgets what is taken out', () => {
    expect(session('first', 'delete', 'kek/1')).toMatchObject({ kind: 'absent' });
  });
});
