import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real process of the system under test, in a process group of its own so that nothing survives a kill. */
export interface RunningProcess {
  readonly address: string;
  /** SIGKILL to the whole group: no handler runs, as when the power button is held. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

const READY_MS = 90_000;

/** @param ready a line of stdout from which on the process serves; its first group is the address */
export async function startProcess(
  entry: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
  logFile: string,
): Promise<RunningProcess> {
  const child = spawn(process.execPath, entry, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const address = await readyLine(child, ready, exited, log);
  const signal = async (name: NodeJS.Signals): Promise<number | null> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
    }
    return await exited;
  };
  return {
    address,
    kill: async () => {
      await signal('SIGKILL');
    },
    stop: () => signal('SIGTERM'),
  };
}

async function readyLine(
  child: ChildProcess,
  ready: RegExp,
  exited: Promise<number | null>,
  log: NodeJS.WritableStream,
): Promise<string> {
  let text = '';
  const found = new Promise<string>((resolve) => {
    child.stdout?.on('data', (bytes: Buffer) => {
      log.write(bytes);
      text += bytes.toString('utf8');
      const match = ready.exec(text);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  const died = exited.then((code) => {
    throw new Error(`the process ended with ${code} before it was ready: ${text.slice(-2_000)}`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not ready in time: ${text.slice(-2_000)}`)), READY_MS).unref();
  });
  return await Promise.race([found, died, late]);
}

export async function scratchFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'munim e2e '));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
