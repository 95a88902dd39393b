import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '../run.ts';
import { freePort } from './free-port.ts';

/** A NATS server with JetStream on 127.0.0.1, which can be killed and started again at the same port. */
export interface TestNats {
  readonly url: string;
  /** SIGKILL. What its streams held is gone, as they are kept in memory. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The `nats-server` of the machine: on the PATH, where Debian puts it, or installed from Debian now (as root).
 * @returns null where there is none, after saying so
 */
export async function findNats(): Promise<string | null> {
  const found = installed() ?? (await fromDebian());
  if (found === null)
    process.stderr.write('munim: no nats-server on this machine (Debian: nats-server); its tests are skipped\n');
  return found;
}

function installed(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

async function fromDebian(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { timeoutMs: 180_000, env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'nats-server'], { timeoutMs: 180_000, env });
  return installed();
}

/** @param login the name and password it asks for, if it asks */
export async function startNats(
  program: string,
  login?: { readonly user: string; readonly pass: string },
): Promise<TestNats> {
  const dir = mkdtempSync(join(tmpdir(), 'munim-nats-'));
  const port = await freePort();
  const asks = login ? ['--user', login.user, '--pass', login.pass] : [];
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', dir, ...asks];
    child = spawn(program, args, { stdio: 'ignore' });
    await untilListening(child, port);
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  await start();
  const name = login ? `${login.user}:${login.pass}@` : '';
  return {
    url: `nats://${name}127.0.0.1:${port}`,
    kill,
    start,
    stop: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode} while it was starting`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nats-server did not answer within 15 seconds');
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    // The server speaks first.
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
  });
