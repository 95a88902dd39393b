import { spawnSync } from 'node:child_process';
import { run } from '../run.ts';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/**
 * Brings the Secret Service of Linux where this machine lets us, so that the tests of the keychain run over a real one. Where it cannot be
 * had they are skipped and say so.
 */
export async function bringKeyring(): Promise<void> {
  if (process.platform !== 'linux' || (has('gnome-keyring-daemon') && has('dbus-run-session'))) return;
  if (process.getuid?.() !== 0 || !has('apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { timeoutMs: 180_000, env, quiet: true });
  const args = ['install', '-y', '-q', '--no-install-recommends', 'gnome-keyring', 'dbus', 'libsecret-1-0'];
  const brought = await run('apt-get', args, { timeoutMs: 300_000, env, quiet: true });
  process.stderr.write(`munim: gnome-keyring for the tests ${brought ? 'was installed' : 'could not be installed'}\n`);
}
